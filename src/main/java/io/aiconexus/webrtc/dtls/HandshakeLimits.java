package io.aiconexus.webrtc.dtls;

import org.bouncycastle.tls.HandshakeType;

/** How large a peer's handshake may be (RFC 6347, section 4.2.2). */
final class HandshakeLimits {

  /** More than any certificate chain of WebRTC; RFC 6347 would allow 16 MiB. */
  static final int MESSAGE_BYTES = 8 * 1024;
  /** A handshake has 6 messages of one side at most; the cookie exchange adds one. */
  private static final int MESSAGES = 16;
  private static final int HEADER = 12;
  /** The length of a Certificate's list and that of its first certificate. */
  private static final int CERTIFICATE_LENGTHS = 6;

  private HandshakeLimits() {
  }

  /** Tells whether every fragment in {@code from} to {@code to}, the content of one record, keeps the limits. */
  static boolean allow(byte[] content, int from, int to) {
    int at = from;
    while (to - at >= HEADER) {
      int message = uint24(content, at + 1);
      int fragment = uint24(content, at + 9);
      if (message > MESSAGE_BYTES || uint16(content, at + 4) >= MESSAGES
          || uint24(content, at + 6) + fragment > message || at + HEADER + fragment > to
          || !reservesLittle(content, at, message, fragment)) {
        return false;
      }
      at += HEADER + fragment;
    }
    return at == to;
  }

  /**
   * Tells whether the 24-bit lengths inside a message keep the limits: BouncyCastle reserves what they say, up to 16
   * MiB, before it looks at what is there. Two kinds of message that have them are of no use here. A Certificate must
   * have its lengths in one fragment, which no other may overlap, and only one certificate: those of WebRTC are
   * self-signed.
   */
  private static boolean reservesLittle(byte[] content, int at, int message, int fragment) {
    int type = content[at];
    if (type != HandshakeType.certificate) {
      return type != HandshakeType.certificate_status && type != HandshakeType.supplemental_data;
    }
    int offset = uint24(content, at + 6);
    if (offset > 0) {
      return offset >= CERTIFICATE_LENGTHS;
    }
    if (fragment < CERTIFICATE_LENGTHS) {
      return message == 3 && fragment == 3 && uint24(content, at + HEADER) == 0;
    }
    int list = uint24(content, at + HEADER);
    return list == message - 3 && uint24(content, at + HEADER + 3) == list - 3;
  }

  static int uint16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
  }

  private static int uint24(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 16 | uint16(bytes, at + 1);
  }
}
