package io.aiconexus.webrtc.ice;

/** Who decides which pair is used (RFC 8445 section 6.1.1). */
public enum IceRole {
  /** Decides: the offerer, or whoever has a lite peer. */
  CONTROLLING,
  /** Follows. */
  CONTROLLED;

  IceRole opposite() {
    return this == CONTROLLING ? CONTROLLED : CONTROLLING;
  }
}
