package io.aiconexus.webrtc.stun;

/** The attribute types that this package can check the form of, and which of them a receiver must understand. */
public final class StunAttribute {
  /** RFC 8489 section 14.1. */
  public static final int MAPPED_ADDRESS = 0x0001;
  /** RFC 8489 section 14.3. */
  public static final int USERNAME = 0x0006;
  /** RFC 8489 section 14.5. */
  public static final int MESSAGE_INTEGRITY = 0x0008;
  /** RFC 8489 section 14.8. */
  public static final int ERROR_CODE = 0x0009;
  /** RFC 8489 section 14.13. */
  public static final int UNKNOWN_ATTRIBUTES = 0x000a;
  /** RFC 8656 section 18.1. */
  public static final int CHANNEL_NUMBER = 0x000c;
  /** RFC 8656 section 18.2. */
  public static final int LIFETIME = 0x000d;
  /** RFC 8656 section 18.3. */
  public static final int XOR_PEER_ADDRESS = 0x0012;
  /** RFC 8656 section 18.4. */
  public static final int DATA = 0x0013;
  /** RFC 8489 section 14.9. */
  public static final int REALM = 0x0014;
  /** RFC 8489 section 14.10. */
  public static final int NONCE = 0x0015;
  /** RFC 8656 section 18.5. */
  public static final int XOR_RELAYED_ADDRESS = 0x0016;
  /** RFC 8656 section 18.6. */
  public static final int REQUESTED_ADDRESS_FAMILY = 0x0017;
  /** RFC 8656 section 18.7. */
  public static final int EVEN_PORT = 0x0018;
  /** RFC 8656 section 18.8. */
  public static final int REQUESTED_TRANSPORT = 0x0019;
  /** RFC 8656 section 18.9. */
  public static final int DONT_FRAGMENT = 0x001a;
  /** RFC 8489 section 14.6; its place is checked, its value is not. */
  public static final int MESSAGE_INTEGRITY_SHA256 = 0x001c;
  /** RFC 8489 section 14.12. */
  public static final int PASSWORD_ALGORITHM = 0x001d;
  /** RFC 8489 section 14.4. */
  public static final int USERHASH = 0x001e;
  /** RFC 8489 section 14.2. */
  public static final int XOR_MAPPED_ADDRESS = 0x0020;
  /** RFC 8656 section 18.10. */
  public static final int RESERVATION_TOKEN = 0x0022;
  /** RFC 8445 section 16.1. */
  public static final int PRIORITY = 0x0024;
  /** RFC 8445 section 16.1. */
  public static final int USE_CANDIDATE = 0x0025;
  /** RFC 8489 section 14.14. */
  public static final int SOFTWARE = 0x8022;
  /** RFC 8489 section 14.15. */
  public static final int ALTERNATE_SERVER = 0x8023;
  /** RFC 8489 section 14.7. */
  public static final int FINGERPRINT = 0x8028;
  /** RFC 8445 section 16.1. */
  public static final int ICE_CONTROLLED = 0x8029;
  /** RFC 8445 section 16.1. */
  public static final int ICE_CONTROLLING = 0x802a;

  /** SOURCE-ADDRESS of RFC 3489, which old servers still add to their responses; harmless, so not refused. */
  private static final int OLD_SOURCE_ADDRESS = 0x0004;
  /** CHANGED-ADDRESS of RFC 3489, for the same reason. */
  private static final int OLD_CHANGED_ADDRESS = 0x0005;

  private StunAttribute() {
  }

  /** Tells whether a receiver that does not know this type has to refuse the message (RFC 8489 section 14). */
  public static boolean mustBeUnderstood(int type) {
    return type < 0x8000;
  }

  static boolean isKnown(int type) {
    return switch (type) {
      case MAPPED_ADDRESS, OLD_SOURCE_ADDRESS, OLD_CHANGED_ADDRESS, USERNAME, MESSAGE_INTEGRITY, ERROR_CODE,
           UNKNOWN_ATTRIBUTES, CHANNEL_NUMBER, LIFETIME, XOR_PEER_ADDRESS, DATA, REALM, NONCE, XOR_RELAYED_ADDRESS,
           REQUESTED_ADDRESS_FAMILY, EVEN_PORT, REQUESTED_TRANSPORT, DONT_FRAGMENT, MESSAGE_INTEGRITY_SHA256,
           PASSWORD_ALGORITHM, USERHASH, XOR_MAPPED_ADDRESS, RESERVATION_TOKEN, PRIORITY, USE_CANDIDATE -> true;
      default -> !mustBeUnderstood(type);
    };
  }
}
