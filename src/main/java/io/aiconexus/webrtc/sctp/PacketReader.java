package io.aiconexus.webrtc.sctp;

import java.util.zip.CRC32C;

/** A cursor over the chunks of one received packet; one per association, used again for each packet. */
final class PacketReader {

  private static final byte[] ZERO_CHECKSUM = new byte[4];

  private final int port;
  private final CRC32C checksum = new CRC32C();
  private byte[] packet;
  private int end;
  private int next;
  private int tag;
  private int type;
  private int flags;
  private int body;
  private int length;

  PacketReader(int port) {
    this.port = port;
  }

  /** Whether the packet is long enough, for these ports, and its checksum (RFC 9260 section 6.8) is right. */
  boolean open(byte[] bytes, int offset, int size) {
    packet = bytes;
    end = offset + size;
    next = offset + PacketWriter.HEADER;
    if (size < PacketWriter.HEADER + ChunkType.HEADER || Wire.int32(bytes, offset) != (port << 16 | port)) {
      return false;
    }
    tag = Wire.int32(bytes, offset + 4);
    checksum.reset();
    checksum.update(bytes, offset, 8);
    checksum.update(ZERO_CHECKSUM, 0, 4);
    checksum.update(bytes, offset + 12, size - 12);
    return Wire.int32(bytes, offset + 8) == Integer.reverseBytes((int) checksum.getValue());
  }

  /** Lets the packet go, so that a read buffer is not kept alive. */
  void close() {
    packet = null;
  }

  int tag() {
    return tag;
  }

  /** The type of the first chunk, before {@link #next()}. */
  int firstType() {
    return Wire.uint8(packet, next);
  }

  int firstFlags() {
    return Wire.uint8(packet, next + 1);
  }

  /** Moves to the next chunk; false at the end. Fails with a {@link Violation} when its length is wrong. */
  boolean next() {
    if (end - next < ChunkType.HEADER) {
      return false;
    }
    type = Wire.uint8(packet, next);
    flags = Wire.uint8(packet, next + 1);
    int size = Wire.uint16(packet, next + 2);
    if (size < ChunkType.HEADER || size > end - next) {
      throw new Violation(
        "chunk of type " + type + " says it is " + size + " bytes long, " + (end - next) + " are left");
    }
    body = next + ChunkType.HEADER;
    length = size - ChunkType.HEADER;
    next += Wire.padded(size);
    return true;
  }

  boolean isLast() {
    return end - next < ChunkType.HEADER;
  }

  int type() {
    return type;
  }

  int flags() {
    return flags;
  }

  byte[] packet() {
    return packet;
  }

  /** Where the chunk's value begins, after its 4-byte header. */
  int body() {
    return body;
  }

  /** The value's length without header and padding. */
  int length() {
    return length;
  }

  /** Fails unless the chunk's value has at least {@code bytes} bytes. */
  void require(int bytes) {
    if (length < bytes) {
      throw new Violation("chunk of type " + type + " has " + length + " bytes, needs " + bytes);
    }
  }
}
