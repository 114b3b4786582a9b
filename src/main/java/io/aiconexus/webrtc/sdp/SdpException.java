package io.aiconexus.webrtc.sdp;

/** A session description that cannot be used: which line, and which rule it breaks. */
public final class SdpException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final int line;

  SdpException(int line, String rule) {
    super(line == 0 ? "sdp: " + rule : "sdp line " + line + ": " + rule);
    this.line = line;
  }

  /** The line, from 1; 0 when it is about the description as a whole. */
  public int line() {
    return line;
  }
}
