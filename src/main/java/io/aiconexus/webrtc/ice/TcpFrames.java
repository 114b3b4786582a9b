package io.aiconexus.webrtc.ice;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Cuts the bytes of a TCP connection into the packets that were sent on it, before each of which stand two bytes with
 * its length (RFC 4571 section 2).
 * <p>
 * Holds at most one incomplete packet.
 */
public final class TcpFrames {
  /** Bytes before each packet. */
  public static final int HEADER = 2;
  /** Longest packet that is taken, in bytes: nobody sends longer ones over UDP, and these are the same. */
  public static final int LONGEST = 4_096;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** The beginning of a packet whose end has not come yet, with its length, from 0 to its position. */
  private ByteBuffer partial = NOTHING;

  /**
   * Takes what has come, and gives out each packet that is complete by now; empty ones mean nothing and are left out.
   *
   * @param bytes from position to limit, in network byte order; read to the end
   * @param packets takes views that are good for as long as the call lasts
   * @throws ProtocolException when a packet is too long; those before it have been given out, and the rest of the
   *   stream is of no use
   */
  public void receive(ByteBuffer bytes, Consumer<ByteBuffer> packets) throws ProtocolException {
    while (partial.position() > 0 && bytes.hasRemaining()) {
      complete(bytes, packets);
    }
    while (bytes.remaining() >= HEADER && bytes.remaining() >= sizeAt(bytes, bytes.position())) {
      int size = sizeAt(bytes, bytes.position());
      give(bytes, bytes.position(), size, packets);
      bytes.position(bytes.position() + size);
    }
    if (bytes.hasRemaining()) {
      keep(bytes, bytes.remaining());
    }
  }

  /** Adds to the incomplete packet as much as its length, or finding out its length, takes. */
  private void complete(ByteBuffer bytes, Consumer<ByteBuffer> packets) throws ProtocolException {
    int wanted = partial.position() < HEADER ? HEADER : sizeAt(partial, 0);
    keep(bytes, Math.min(wanted - partial.position(), bytes.remaining()));
    int size = partial.position();
    if (size >= HEADER && size == sizeAt(partial, 0)) {
      partial.clear();
      give(partial, 0, size, packets);
    }
  }

  private void keep(ByteBuffer bytes, int count) {
    if (partial == NOTHING) {
      partial = ByteBuffer.allocate(HEADER + LONGEST);
    }
    partial.put(partial.position(), bytes, bytes.position(), count).position(partial.position() + count);
    bytes.position(bytes.position() + count);
  }

  private static void give(ByteBuffer bytes, int at, int size, Consumer<ByteBuffer> packets) {
    if (size > HEADER) {
      packets.accept(bytes.slice(at + HEADER, size - HEADER));
    }
  }

  /** The size of the packet that begins there, with its length before it. */
  private static int sizeAt(ByteBuffer bytes, int at) throws ProtocolException {
    int length = bytes.getShort(at) & 0xffff;
    if (length > LONGEST) {
      throw new ProtocolException("a packet has " + length + " bytes, more than " + LONGEST);
    }
    return HEADER + length;
  }
}
