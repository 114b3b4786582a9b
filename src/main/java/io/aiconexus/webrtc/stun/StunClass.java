package io.aiconexus.webrtc.stun;

/** What part a message plays in its exchange (RFC 8489 section 5); the order is that of the two class bits. */
public enum StunClass {
  /** Asks for a response. */
  REQUEST,
  /** Tells something and expects no response. */
  INDICATION,
  /** Answers a request that was carried out. */
  SUCCESS,
  /** Answers a request that was not carried out; says why in ERROR-CODE. */
  ERROR;

  private static final StunClass[] BY_BITS = values();

  static StunClass of(int type) {
    return BY_BITS[(type >> 7 & 2) | (type >> 4 & 1)];
  }

  int bits() {
    return (ordinal() & 2) << 7 | (ordinal() & 1) << 4;
  }
}
