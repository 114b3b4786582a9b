package io.aiconexus.webrtc.dcep;

/** A peer's control message or stream id breaks RFC 8832; the channel is to be closed, and the message says why. */
public final class DcepException extends Exception {

  private static final long serialVersionUID = 1;

  /** Creates one that says which rule was broken. */
  public DcepException(String message) {
    super(message);
  }
}
