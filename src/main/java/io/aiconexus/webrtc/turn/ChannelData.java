package io.aiconexus.webrtc.turn;

import java.nio.ByteBuffer;

/** Data on a channel: four bytes of header instead of a STUN message (RFC 8656 section 12.4). */
final class ChannelData {
  static final int HEADER = 4;
  /** The numbers a client may bind (RFC 8656 section 12). */
  static final int FIRST_NUMBER = 0x4000;
  static final int LAST_NUMBER = 0x4fff;

  private ChannelData() {
  }

  /** Tells whether a packet is one, by its first byte (RFC 8656 section 12) and its length. */
  static boolean is(ByteBuffer packet) {
    int at = packet.position();
    return packet.remaining() >= HEADER && (packet.get(at) & 0xf0) == 0x40
      && (packet.getShort(at + 2) & 0xffff) <= packet.remaining() - HEADER;
  }

  static int number(ByteBuffer packet) {
    return packet.getShort(packet.position()) & 0xffff;
  }

  /** The data without header and padding; the packet must be one. */
  static ByteBuffer data(ByteBuffer packet) {
    return packet.slice(packet.position() + HEADER, packet.getShort(packet.position() + 2) & 0xffff);
  }

  /** Writes one, padded on a stream (RFC 8656 section 12.5). */
  static byte[] packet(int number, byte[] data, boolean stream) {
    int length = stream ? data.length + 3 & ~3 : data.length;
    ByteBuffer packet = ByteBuffer.allocate(HEADER + length);
    return packet.putShort((short) number).putShort((short) data.length).put(data).array();
  }
}
