package io.aiconexus.webrtc.sctp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** The packet under construction: chunks are appended until it is sent. */
final class PacketWriter {

  static final int HEADER = 12;

  /**
   * Where a packet lies while it is written: one for each thread, taken out while in use. Between packets, which is
   * nearly always, an association has none.
   */
  private static final ThreadLocal<byte[]> SCRATCH = new ThreadLocal<>();

  private final int size;
  private final int port;
  private final PacketSink sink;
  private final CRC32C checksum = new CRC32C();
  private byte[] packet;
  private int position = HEADER;
  /** Where padding was last added, and how much: the length of what ends there leaves it out. */
  private int paddedUpTo;
  private int padding;
  private int tag;
  private long packets;
  private long bytes;

  PacketWriter(int mtu, int port, PacketSink sink) {
    this.size = mtu & ~3;
    this.port = port;
    this.sink = sink;
  }

  /** Sets the peer's verification tag, which every packet from now on carries. */
  void tag(int peerTag) {
    tag = peerTag;
  }

  int tag() {
    return tag;
  }

  boolean isEmpty() {
    return position == HEADER;
  }

  /** Bytes left for chunks, headers included. */
  int room() {
    return size - position;
  }

  /** The most that one chunk, header included, can be long. */
  int capacity() {
    return size - HEADER;
  }

  /** Sends what is there unless {@code length} more bytes fit. */
  void makeRoom(int length) {
    if (room() < length) {
      send();
    }
  }

  /** Begins a chunk and returns where it begins, for {@link #end}. */
  int begin(int type, int flags) {
    borrow();
    int at = position;
    packet[at] = (byte) type;
    packet[at + 1] = (byte) flags;
    position = at + ChunkType.HEADER;
    return at;
  }

  void uint16(int value) {
    Wire.uint16(packet, position, value);
    position += 2;
  }

  void int32(int value) {
    Wire.int32(packet, position, value);
    position += 4;
  }

  void bytes(byte[] source, int from, int length) {
    System.arraycopy(source, from, packet, position, length);
    position += length;
  }

  int position() {
    return position;
  }

  /** Fills in the length of the chunk or parameter that begins at {@code at}, padding left out, and pads it. */
  void end(int at) {
    int unpadded = position == paddedUpTo ? position - padding : position;
    Wire.uint16(packet, at + 2, unpadded - at);
    if ((position & 3) != 0) {
      padding = Wire.padded(position) - position;
      Arrays.fill(packet, position, position + padding, (byte) 0);
      position += padding;
      paddedUpTo = position;
    }
  }

  /** Appends a chunk that is only a header. */
  void plain(int type) {
    makeRoom(ChunkType.HEADER);
    end(begin(type, 0));
  }

  /** Appends an ERROR or ABORT with one cause, its detail cut to what fits. */
  void failure(int type, int flags, int cause, byte[] detail) {
    int length = Math.min(detail.length, capacity() - 8);
    makeRoom(8 + length);
    int chunk = begin(type, flags);
    if (cause != ErrorCause.NONE) {
      int at = position;
      uint16(cause);
      uint16(0);
      bytes(detail, 0, length);
      Wire.uint16(packet, at + 2, position - at);
    }
    end(chunk);
  }

  void failure(int type, int flags, int cause, String detail) {
    failure(type, flags, cause, detail.getBytes(StandardCharsets.UTF_8));
  }

  /** Appends a DATA chunk with the TSN and the {@code length} bytes of the message from {@code from} on. */
  void data(int flags, int tsn, OutboundMessage message, int from, int length) {
    borrow();
    byte[] out = packet;
    int at = position;
    Wire.int32(out, at, flags << 16 | ChunkType.DATA_HEADER + length);
    Wire.int32(out, at + 4, tsn);
    Wire.int32(out, at + 8, message.stream.id << 16 | message.ssn & 0xFFFF);
    Wire.int32(out, at + 12, message.ppid);
    System.arraycopy(message.data, from, out, at + ChunkType.DATA_HEADER, length);
    int end = at + ChunkType.DATA_HEADER + length;
    while ((end & 3) != 0) {
      out[end++] = 0;
    }
    position = end;
  }

  /** Sets the flag bits of the chunk at {@code at}. */
  void flag(int at, int flags) {
    packet[at + 1] |= (byte) flags;
  }

  /** Appends an encoded chunk, padding included. */
  void chunk(byte[] encoded) {
    makeRoom(encoded.length);
    borrow();
    bytes(encoded, 0, encoded.length);
  }

  /** Copies out the chunk that begins at {@code at} and ends here, so that it can be sent again. */
  byte[] copyFrom(int at) {
    return Arrays.copyOfRange(packet, at, position);
  }

  /** Sends the packet if there is anything in it. */
  void send() {
    send(tag);
  }

  /** Sends the packet with another verification tag: 0 for INIT, the sender's own for answers to strangers. */
  void send(int verificationTag) {
    if (isEmpty()) {
      return;
    }
    Wire.int32(packet, 0, port << 16 | port);
    Wire.int32(packet, 4, verificationTag);
    Wire.int32(packet, 8, 0);
    checksum.reset();
    checksum.update(packet, 0, position);
    Wire.int32(packet, 8, Integer.reverseBytes((int) checksum.getValue()));
    byte[] written = packet;
    int length = position;
    packet = null;
    discard();
    packets++;
    bytes += length;
    sink.send(written, length);
    SCRATCH.set(written);
  }

  /** Throws away what was not sent. */
  void discard() {
    position = HEADER;
    paddedUpTo = 0;
  }

  private void borrow() {
    if (packet == null) {
      byte[] scratch = SCRATCH.get();
      SCRATCH.set(null);
      packet = scratch == null || scratch.length < size ? new byte[size] : scratch;
    }
  }

  long packets() {
    return packets;
  }

  long bytes() {
    return bytes;
  }
}
