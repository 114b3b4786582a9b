package io.aiconexus.webrtc.sctp;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** A packet put together by hand, to say to an association what no association of ours would say. */
final class HandPacket {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  HandPacket(int tag) {
    words(5000 << 16 | 5000, tag, 0);
  }

  static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  HandPacket words(int... words) {
    for (int word : words) {
      bytes.write(word >>> 24);
      bytes.write(word >>> 16);
      bytes.write(word >>> 8);
      bytes.write(word);
    }
    return this;
  }

  HandPacket raw(byte[] more) {
    bytes.writeBytes(more);
    return this;
  }

  HandPacket raw(String hex) {
    return raw(hex(hex));
  }

  /** A DATA chunk with a payload of that many bytes. */
  HandPacket data(int flags, int tsn, int stream, int ssn, int length) {
    return words(flags << 16 | 16 + length, tsn, stream << 16 | ssn, 53).raw(new byte[length + 3 & ~3]);
  }

  byte[] build() {
    return seal(bytes.toByteArray());
  }

  /** Puts the checksum in that a packet has to have. */
  static byte[] seal(byte[] packet) {
    if (packet.length >= 12) {
      Wire.int32(packet, 8, 0);
      CRC32C checksum = new CRC32C();
      checksum.update(packet, 0, packet.length);
      Wire.int32(packet, 8, Integer.reverseBytes((int) checksum.getValue()));
    }
    return packet;
  }
}
