package io.aiconexus.webrtc.stun;

/**
 * Bytes that are not a STUN message; the text names the rule they break.
 * <p>
 * Anyone can send such bytes as fast as the network carries them, so there is no stack trace to fill in.
 */
public final class StunException extends Exception {
  private static final long serialVersionUID = 1;

  StunException(String rule) {
    super(rule, null, false, false);
  }
}
