package io.aiconexus.webrtc.turn;

/** A stream that does not carry STUN and channel data, or no longer; its connection is of no use any more. */
public final class FrameException extends Exception {
  private static final long serialVersionUID = 1;

  FrameException(String rule) {
    super(rule);
  }
}
