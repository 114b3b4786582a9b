package io.aiconexus.webrtc.stun;

/**
 * What an ERROR-CODE attribute says (RFC 8489 section 14.8).
 *
 * @param code 300 to 699
 * @param reason for people; at most 763 bytes of UTF-8, and not to be trusted
 */
public record StunError(int code, String reason) {
  /** The request was malformed. */
  public static final int BAD_REQUEST = 400;
  /** The request needs (other) credentials. */
  public static final int UNAUTHENTICATED = 401;
  /** The request has attributes that must be understood and are not. */
  public static final int UNKNOWN_ATTRIBUTE = 420;
  /** The nonce has expired; the same request with the new one will do. */
  public static final int STALE_NONCE = 438;
  /** Both agents have the same role (RFC 8445 section 7.3.1.1). */
  public static final int ROLE_CONFLICT = 487;
}
