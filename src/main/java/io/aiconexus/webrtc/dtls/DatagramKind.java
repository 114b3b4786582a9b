package io.aiconexus.webrtc.dtls;

import java.nio.ByteBuffer;

import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.HandshakeType;

/** What a datagram that arrives before the end of the handshake is, as far as its headers tell. */
enum DatagramKind {
  /** Starts with a ClientHello, or its first fragment. */
  CLIENT_HELLO,
  /** Belongs to the handshake. */
  HANDSHAKE,
  /** Application data that overtook the end of the handshake. */
  APPLICATION,
  /** Not DTLS, cut off, or beyond {@link HandshakeLimits}. */
  MALFORMED;

  private static final int HEADER = 13;
  private static final int LENGTH_AT = 11;
  private static final int DTLS_1_0 = 0xfeff;
  private static final int DTLS_1_2 = 0xfefd;

  static DatagramKind of(byte[] datagram) {
    int at = 0;
    while (at < datagram.length) {
      if (datagram.length - at < HEADER || !isHeader(datagram, at)) {
        return MALFORMED;
      }
      int end = at + HEADER + HandshakeLimits.uint16(datagram, at + LENGTH_AT);
      if (end > datagram.length || inTheClear(datagram, at) && !HandshakeLimits.allow(datagram, at + HEADER, end)) {
        return MALFORMED;
      }
      at = end;
    }
    return at == 0 ? MALFORMED : ofFirstRecord(datagram);
  }

  private static boolean isHeader(byte[] datagram, int at) {
    int type = datagram[at];
    return type >= ContentType.change_cipher_spec && type <= ContentType.application_data
      && isVersion(HandshakeLimits.uint16(datagram, at + 1));
  }

  private static boolean isVersion(int version) {
    return version == DTLS_1_0 || version == DTLS_1_2;
  }

  /**
   * Tells whether all records are of versions that exist: at 254.254, which anybody can send, BouncyCastle would end
   * the connection.
   */
  static boolean hasKnownVersions(ByteBuffer datagram) {
    int at = datagram.position();
    while (datagram.limit() - at >= HEADER) {
      if (!isVersion(datagram.getShort(at + 1) & 0xffff)) {
        return false;
      }
      at += HEADER + (datagram.getShort(at + LENGTH_AT) & 0xffff);
    }
    return true;
  }

  private static boolean inTheClear(byte[] datagram, int at) {
    return datagram[at] == ContentType.handshake && HandshakeLimits.uint16(datagram, at + 3) == 0;
  }

  private static DatagramKind ofFirstRecord(byte[] datagram) {
    if (datagram[0] == ContentType.application_data) {
      return APPLICATION;
    }
    boolean isHello = inTheClear(datagram, 0)
      && datagram.length > HEADER && datagram[HEADER] == HandshakeType.client_hello;
    return isHello ? CLIENT_HELLO : HANDSHAKE;
  }
}
