package io.aiconexus.webrtc.stun;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** Addresses as attributes carry them, plain or XORed with cookie and transaction (RFC 8489 sections 14.1, 14.2). */
final class StunAddress {
  private static final int PORT_MASK = StunDemux.COOKIE >>> 16;
  /** Where cookie and transaction id stand in a message: together they are the mask of an address. */
  private static final int ADDRESS_MASK_AT = 4;

  private StunAddress() {
  }

  static InetSocketAddress read(ByteBuffer message, int at, int length, boolean xored) {
    byte[] address = new byte[length - 4];
    message.get(at + 4, address);
    int port = message.getShort(at + 2) & 0xffff;
    if (xored) {
      mask(address, message);
      port ^= PORT_MASK;
    }
    try {
      return new InetSocketAddress(InetAddress.getByAddress(address), port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 and 16 bytes are always an address", e);
    }
  }

  static byte[] value(ByteBuffer message, InetSocketAddress address) {
    byte[] ip = address.getAddress().getAddress();
    mask(ip, message);
    return ByteBuffer.allocate(4 + ip.length)
      .putShort((short) (ip.length == 4 ? 1 : 2))
      .putShort((short) (address.getPort() ^ PORT_MASK))
      .put(ip)
      .array();
  }

  private static void mask(byte[] address, ByteBuffer message) {
    for (int i = 0; i < address.length; i++) {
      address[i] ^= message.get(ADDRESS_MASK_AT + i);
    }
  }
}
