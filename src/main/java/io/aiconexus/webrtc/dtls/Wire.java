package io.aiconexus.webrtc.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.TlsFatalAlert;

/**
 * What BouncyCastle's DTLS takes for a socket.
 * <p>
 * First a worker runs the handshake on it and waits in {@link #receive}; datagrams come to it through a queue. After
 * {@link #handOver} everything happens on the loop, where {@link #receive} gives the one datagram that was {@link #load
 * loaded} and then throws {@link Drained} instead of waiting. Records written while reading or shaking hands share
 * datagrams.
 */
final class Wire implements DatagramTransport {

  /** What is accepted of a peer, far beyond the path MTU of any network WebRTC crosses. */
  static final int LARGEST_DATAGRAM = 4096;
  private static final byte[] CANCELLED = new byte[0];

  /** There is nothing to read. BouncyCastle lets this kind of exception through without ending the connection. */
  static final class Drained extends InterruptedIOException {
    private static final long serialVersionUID = 1;
    private static final Drained INSTANCE = new Drained();

    @Override
    public Throwable fillInStackTrace() {
      return this;   // thrown for its effect, once for a datagram without data
    }
  }

  private final int datagramSize;
  private final BlockingQueue<byte[]> inbox;
  private Consumer<ByteBuffer> out;
  private ByteBuffer packed;
  private boolean packing = true;
  private boolean onLoop;
  private ByteBuffer current;
  private boolean closed;

  /** @param out takes datagrams on the worker's thread, until {@link #handOver} */
  Wire(DtlsSettings settings, Consumer<ByteBuffer> out) {
    this.datagramSize = settings.datagramSize();
    this.inbox = new ArrayBlockingQueue<>(settings.earlyDatagrams() + 1);
    this.out = out;
  }

  /**
   * Queues a datagram for the handshake; from the loop. False if there is no room: one place stays free for {@link
   * #cancel}.
   */
  boolean offer(byte[] datagram) {
    return inbox.remainingCapacity() > 1 && inbox.offer(datagram);
  }

  /** Ends the handshake as soon as it reads. From the loop, which alone fills the queue; once. */
  void cancel() {
    inbox.clear();
    inbox.add(CANCELLED);
  }

  /** The worker is done: from here on the loop reads and writes. Returns what the handshake left unread. */
  Queue<byte[]> handOver(Consumer<ByteBuffer> sink) {
    Queue<byte[]> unread = new ArrayDeque<>();
    inbox.drainTo(unread);
    out = sink;
    onLoop = true;
    packing = false;
    return unread;
  }

  /** The datagram to read next. */
  void load(ByteBuffer datagram) {
    current = datagram;
  }

  /** Collects the records written until {@link #flush}. */
  void pack() {
    packing = true;
  }

  /** Sends what was collected. */
  void flush() {
    packing = !onLoop;
    ByteBuffer datagram = takePacked();
    if (datagram != null) {
      out.accept(datagram);
    }
  }

  /** What was collected and not sent yet, or null. */
  ByteBuffer takePacked() {
    ByteBuffer datagram = packed == null ? null : packed.flip();
    packed = null;
    return datagram;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
    return onLoop ? takeLoaded(buffer, offset) : await(buffer, offset, waitMillis);
  }

  private int takeLoaded(byte[] buffer, int offset) throws Drained {
    if (current == null) {
      throw Drained.INSTANCE;
    }
    int size = current.remaining();
    current.get(buffer, offset, size);
    current = null;
    return size;
  }

  private int await(byte[] buffer, int offset, int waitMillis) throws IOException {
    flush();
    try {
      byte[] datagram = inbox.poll(waitMillis, TimeUnit.MILLISECONDS);
      if (datagram == CANCELLED) {
        throw new TlsFatalAlert(AlertDescription.user_canceled);
      }
      if (datagram == null) {
        return -1;
      }
      System.arraycopy(datagram, 0, buffer, offset, datagram.length);
      return datagram.length;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TlsFatalAlert(AlertDescription.user_canceled, e);
    }
  }

  @Override
  public void send(byte[] buffer, int offset, int length) {
    if (!packing) {
      out.accept(ByteBuffer.wrap(buffer, offset, length));   // BouncyCastle makes a new array for each record
      return;
    }
    if (packed != null && packed.remaining() < length) {
      flush();
      packing = true;
    }
    if (packed == null) {
      packed = ByteBuffer.allocate(Math.max(datagramSize, length));
    }
    packed.put(buffer, offset, length);
  }

  /** During the handshake the same for every call; then no more than the datagram at hand needs. */
  @Override
  public int getReceiveLimit() {
    return onLoop && current != null ? current.remaining() : LARGEST_DATAGRAM;
  }

  @Override
  public int getSendLimit() {
    return datagramSize;
  }

  /** BouncyCastle is done with the connection: alerts are written before. Those of a handshake leave with its end. */
  @Override
  public void close() {
    closed = true;
    if (onLoop) {
      flush();
    }
  }
}
