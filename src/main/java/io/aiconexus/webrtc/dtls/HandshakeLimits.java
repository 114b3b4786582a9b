package io.aiconexus.webrtc.dtls;

/** How large a peer's handshake may be (RFC 6347, section 4.2.2). */
final class HandshakeLimits {

  /** More than any certificate chain of WebRTC; RFC 6347 would allow 16 MiB. */
  static final int MESSAGE_BYTES = 8 * 1024;
  /** A handshake has 6 messages of one side at most; the cookie exchange adds one. */
  private static final int MESSAGES = 16;
  private static final int HEADER = 12;

  private HandshakeLimits() {
  }

  /** Tells whether every fragment in {@code from} to {@code to}, the content of one record, keeps the limits. */
  static boolean allow(byte[] content, int from, int to) {
    int at = from;
    while (to - at >= HEADER) {
      int message = uint24(content, at + 1);
      int fragment = uint24(content, at + 9);
      if (message > MESSAGE_BYTES || uint16(content, at + 4) >= MESSAGES
          || uint24(content, at + 6) + fragment > message) {
        return false;
      }
      at += HEADER + fragment;
    }
    return at == to;
  }

  static int uint16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
  }

  private static int uint24(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 16 | uint16(bytes, at + 1);
  }
}
