package io.aiconexus.webrtc.turn;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Cuts the bytes of a TCP or TLS connection into STUN messages and channel data (RFC 8489 section 6.2.2, RFC 8656
 * section 12.5). What goes out needs no such thing: {@link TurnAllocation} pads it.
 * <p>
 * Holds at most one incomplete packet, of 65,552 bytes.
 */
public final class StreamFrames {
  private static final int STUN_HEADER = 20;
  private static final int COOKIE = 0x2112a442;
  /** Enough of the beginning to know the length, and whether it is to be believed. */
  private static final int PEEK = 8;
  private static final int FIRST_SIZE = 2_048;

  /** The beginning of a packet whose end has not come yet, from 0 to its position; kept when it is a small one. */
  private ByteBuffer partial = ByteBuffer.allocate(0);

  /**
   * Takes what has come, and gives out each packet that is complete by now, channel data without its padding.
   *
   * @param bytes from position to limit, in network byte order; read to the end
   * @param packets takes views that are good for as long as the call lasts
   * @throws FrameException when this is not a TURN server's stream; packets before the fault have been given out
   */
  public void receive(ByteBuffer bytes, Consumer<ByteBuffer> packets) throws FrameException {
    while (partial.position() > 0 && bytes.hasRemaining()) {
      complete(bytes, packets);
    }
    int length = lengthAt(bytes);
    while (length > 0 && length <= bytes.remaining()) {
      packets.accept(packet(bytes.slice(bytes.position(), length)));
      bytes.position(bytes.position() + length);
      length = lengthAt(bytes);
    }
    if (bytes.hasRemaining()) {
      keep(bytes, bytes.remaining());
    }
  }

  /** Adds to the incomplete packet as much as its length, or finding out its length, takes. */
  private void complete(ByteBuffer bytes, Consumer<ByteBuffer> packets) throws FrameException {
    int known = lengthAt(partial.duplicate().flip());
    int wanted = known > 0 ? known : partial.position() + 1;
    keep(bytes, Math.min(wanted - partial.position(), bytes.remaining()));
    int length = lengthAt(partial.duplicate().flip());
    if (length > 0 && length == partial.position()) {
      ByteBuffer whole = packet(partial.slice(0, length));
      partial = partial.capacity() > FIRST_SIZE ? ByteBuffer.allocate(0) : partial.clear();
      packets.accept(whole);
    }
  }

  private void keep(ByteBuffer bytes, int count) {
    int size = partial.position() + count;
    if (size > partial.capacity()) {
      partial = ByteBuffer.allocate(Math.max(Math.max(size, FIRST_SIZE), 2 * partial.capacity())).put(partial.flip());
    }
    partial.put(bytes.slice(bytes.position(), count));
    bytes.position(bytes.position() + count);
  }

  /** The length of the packet that begins here, padding included; 0 while too little of it is there. */
  private static int lengthAt(ByteBuffer bytes) throws FrameException {
    int at = bytes.position();
    if (!bytes.hasRemaining()) {
      return 0;
    }
    int kind = bytes.get(at) & 0xc0;
    require(kind <= 0x40, "a packet on a TURN server's stream begins with bits 00 or 01");
    if (bytes.remaining() < ChannelData.HEADER) {
      return 0;
    }
    int length = bytes.getShort(at + 2) & 0xffff;
    if (kind == 0x40) {
      return ChannelData.HEADER + (length + 3 & ~3);
    }
    require((length & 3) == 0, "the length of a STUN message is a multiple of 4");
    if (bytes.remaining() < PEEK) {
      return 0;
    }
    require(bytes.getInt(at + 4) == COOKIE, "a STUN message has the magic cookie 2112A442");
    return STUN_HEADER + length;
  }

  private static ByteBuffer packet(ByteBuffer whole) {
    boolean channelData = (whole.get(0) & 0xc0) == 0x40;
    return channelData ? whole.slice(0, ChannelData.HEADER + (whole.getShort(2) & 0xffff)) : whole;
  }

  private static void require(boolean holds, String rule) throws FrameException {
    if (!holds) {
      throw new FrameException(rule);
    }
  }
}
