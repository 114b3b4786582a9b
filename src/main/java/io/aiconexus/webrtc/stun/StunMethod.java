package io.aiconexus.webrtc.stun;

/** The methods of RFC 8489 section 18.2 and RFC 8656 section 17; a method is a number of 12 bits. */
public final class StunMethod {
  /** Binding: what is my address, seen from you, and are you there. */
  public static final int BINDING = 0x001;
  /** Allocate a relayed address (TURN). */
  public static final int ALLOCATE = 0x003;
  /** Refresh an allocation (TURN). */
  public static final int REFRESH = 0x004;
  /** Send data through the relay (TURN, an indication). */
  public static final int SEND = 0x006;
  /** Data that came to the relay (TURN, an indication). */
  public static final int DATA = 0x007;
  /** Let a peer's address through (TURN). */
  public static final int CREATE_PERMISSION = 0x008;
  /** Give a peer a channel number (TURN). */
  public static final int CHANNEL_BIND = 0x009;

  static final int MAX = 0xfff;

  private StunMethod() {
  }

  static int of(int type) {
    return (type & 0x3e00) >> 2 | (type & 0x00e0) >> 1 | (type & 0x000f);
  }

  static int bits(int method) {
    return (method & 0xf80) << 2 | (method & 0x070) << 1 | (method & 0x00f);
  }
}
