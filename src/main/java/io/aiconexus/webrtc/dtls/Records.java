package io.aiconexus.webrtc.dtls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Predicate;

import org.bouncycastle.tls.DTLSTransport;

/** The protected records of one connection after its handshake, read and written on the loop. */
final class Records {

  /**
   * Where plaintext lies while a listener looks at it: one for each loop, taken out while in use, so that a listener
   * which feeds another connection on the same thread does not overwrite its own data.
   */
  private static final ThreadLocal<byte[]> PLAINTEXT = new ThreadLocal<>();
  /**
   * Until {@link Wire} is drained, which it is at once. With an end, records would be left over when the clock ticks.
   */
  private static final int FOR_EVER = 0;

  /** Gives the length of the next record's data, below 0 if there is none. */
  private interface Source {
    int into(byte[] plaintext) throws IOException;
  }

  private final DTLSTransport records;
  private final Wire wire;
  private final int largest;
  private long accepted;

  Records(DTLSTransport records, Wire wire) throws IOException {
    this.records = records;
    this.wire = wire;
    this.largest = records.getSendLimit();
  }

  /**
   * Reads one datagram.
   *
   * @param taker gets the data of one record; false stops the reading
   * @return whether any record of it was authentic
   * @throws IOException if the connection ended with an error, or the peer's alert ended it
   */
  boolean read(ByteBuffer datagram, Predicate<ByteBuffer> taker) throws IOException {
    wire.load(datagram);
    return read(buffer -> records.receive(buffer, 0, buffer.length, FOR_EVER, flags -> accepted++), taker);
  }

  /** Reads what the handshake left of its last datagram. */
  void readRest(Predicate<ByteBuffer> taker) throws IOException {
    read(this::pending, taker);
  }

  private boolean read(Source first, Predicate<ByteBuffer> taker) throws IOException {
    byte[] plaintext = borrow();
    long before = accepted;
    try {
      int length = packed(first, plaintext);
      while (length >= 0 && taker.test(ByteBuffer.wrap(plaintext, 0, length))) {
        length = packed(this::pending, plaintext);
      }
    } catch (Wire.Drained nothingMore) {
      // The end of a datagram whose first record carried no data.
    } finally {
      PLAINTEXT.set(plaintext);
    }
    return accepted > before;
  }

  /** Reads a record; what BouncyCastle answers by itself, alerts and a repeated flight, shares datagrams. */
  private int packed(Source source, byte[] plaintext) throws IOException {
    wire.pack();
    try {
      return source.into(plaintext);
    } finally {
      wire.flush();
    }
  }

  private int pending(byte[] plaintext) throws IOException {
    return records.receivePending(plaintext, 0, plaintext.length, flags -> accepted++);
  }

  private static byte[] borrow() {
    byte[] plaintext = PLAINTEXT.get();
    PLAINTEXT.set(null);
    return plaintext == null ? new byte[Wire.LARGEST_DATAGRAM] : plaintext;
  }

  /** Sends one record. */
  void write(ByteBuffer data) throws IOException {
    if (data.hasArray()) {
      records.send(data.array(), data.arrayOffset() + data.position(), data.remaining());
      data.position(data.limit());
    } else {
      byte[] copy = new byte[data.remaining()];
      data.get(copy);
      records.send(copy, 0, copy.length);
    }
  }

  /** The most data in one record. */
  int largest() {
    return largest;
  }

  /** Whether the peer has said {@code close_notify}. */
  boolean isClosed() {
    return wire.isClosed();
  }

  /** Says {@code close_notify}. */
  void close() throws IOException {
    records.close();
  }
}
