package io.aiconexus.webrtc.dtls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One DTLS connection over datagrams that somebody else moves.
 * <p>
 * Belongs to one loop: every method is called there, and the listener and the sink are called there. No method waits.
 * {@link #receive} may be called with anything the network brings; what is no DTLS, is not authentic or comes twice is
 * dropped and counted. Retransmissions happen by themselves; {@link #onTimer} at {@link #nextDeadline} only bounds the
 * handshake.
 */
public final class DtlsTransport {

  /** What {@link #nextDeadline} says when there is nothing to wait for. */
  public static final long NO_DEADLINE = Long.MAX_VALUE;
  /** How long a worker may take to notice that its handshake is to end. */
  private static final long CANCEL_NANOS = TimeUnit.SECONDS.toNanos(2);

  private enum State { NEW, LISTENING, HANDSHAKING, CONNECTED, CLOSING, CLOSED }

  private final DtlsRole role;
  private final DtlsSettings settings;
  private final Executor workers;
  private final Executor loop;
  private final Consumer<ByteBuffer> sink;
  private final DtlsListener listener;
  private final Wire wire;
  private final Handshake handshake;
  private final Queue<byte[]> early = new ArrayDeque<>();
  private State state = State.NEW;
  private Records records;
  private long deadline = NO_DEADLINE;
  private long dropped;
  private DtlsCloseReason reason;
  private String detail;

  DtlsTransport(DtlsRole role, PeerPolicy policy, DtlsSettings settings, Executor workers, Executor loop,
      Consumer<ByteBuffer> sink, DtlsListener listener) {
    this.role = role;
    this.settings = settings;
    this.workers = workers;
    this.loop = loop;
    this.sink = sink;
    this.listener = listener;
    this.wire = new Wire(settings, datagram -> loop.execute(() -> emit(datagram)));
    this.handshake = new Handshake(role, policy, wire, new HopToLoop());
  }

  /**
   * Begins the handshake: a client sends its first message, a server begins to listen for it.
   *
   * @param nowNanos the time on a clock that never goes back, as everywhere in this class
   * @throws IllegalStateException if it was started before
   */
  public void start(long nowNanos) {
    if (state != State.NEW) {
      throw new IllegalStateException("a DTLS transport starts once, this one is " + state);
    }
    deadline = nowNanos + settings.handshakeTimeout().toNanos();
    state = State.LISTENING;
    if (role == DtlsRole.CLIENT) {
      shakeHands();
    }
  }

  /** Takes what arrived from the peer; reads the buffer to its end. Dropped before {@link #start} and after the end. */
  public void receive(ByteBuffer datagram, long nowNanos) {
    if (datagram.remaining() > Wire.LARGEST_DATAGRAM) {
      dropped++;
      return;
    }
    switch (state) {
      case LISTENING, HANDSHAKING -> receiveEarly(datagram);
      case CONNECTED -> read(datagram);
      default -> dropped++;
    }
  }

  /**
   * Sends one record with all of {@code data}.
   *
   * @return false if the transport is closing or closed, which may happen at any time
   * @throws IllegalStateException if it is not connected yet
   * @throws IllegalArgumentException if {@code data} is empty or larger than {@link #maxDataSize()}
   */
  public boolean send(ByteBuffer data) {
    if (state == State.CLOSING || state == State.CLOSED) {
      return false;
    }
    int most = maxDataSize();
    if (!data.hasRemaining() || data.remaining() > most) {
      throw new IllegalArgumentException("a DTLS record takes 1 to " + most + " bytes, not " + data.remaining());
    }
    try {
      records.write(data);
      return true;
    } catch (IOException e) {
      finish(DtlsCloseReason.CONNECTION_FAILED, Handshake.detailOf(e));
      return false;
    }
  }

  /**
   * The most bytes {@link #send} takes, so that a record with all its overhead fits {@link
   * DtlsSettings#datagramSize()}.
   *
   * @throws IllegalStateException if the transport is not connected
   */
  public int maxDataSize() {
    if (records == null) {
      throw new IllegalStateException("not connected, but " + state);
    }
    return records.largest();
  }

  /** When {@link #onTimer} wants to be called, or {@link #NO_DEADLINE}. Changes only within calls to this object. */
  public long nextDeadline() {
    return deadline;
  }

  /** Ends a handshake that takes too long. Harmless when called early. */
  public void onTimer(long nowNanos) {
    if (deadline == NO_DEADLINE || nowNanos - deadline < 0) {
      return;
    }
    if (state == State.CLOSING) {
      finish(reason, detail);
    } else {
      abandon(DtlsCloseReason.HANDSHAKE_TIMEOUT, "no handshake within " + settings.handshakeTimeout(), nowNanos);
    }
  }

  /**
   * Says goodbye and ends the connection; the listener hears of it in this call, or, if a handshake is under way, as
   * soon as its worker has let go. Harmless when repeated.
   */
  public void close(long nowNanos) {
    if (state == State.CONNECTED) {
      finish(DtlsCloseReason.CLOSED_HERE, goodbye(records, "closed here"));
    } else {
      abandon(DtlsCloseReason.CLOSED_HERE, "closed here", nowNanos);
    }
  }

  /** How many datagrams brought nothing: malformed, not authentic, repeated, or too many at once. */
  public long droppedDatagrams() {
    return dropped;
  }

  private void receiveEarly(ByteBuffer datagram) {
    byte[] bytes = new byte[datagram.remaining()];
    datagram.get(bytes);
    DatagramKind kind = DatagramKind.of(bytes);
    if (state == State.LISTENING && kind == DatagramKind.CLIENT_HELLO && role == DtlsRole.SERVER) {
      shakeHands();
    }
    boolean taken = switch (kind) {
      case CLIENT_HELLO, HANDSHAKE -> state == State.HANDSHAKING && wire.offer(bytes);
      case APPLICATION -> early.size() < settings.earlyDatagrams() && early.add(bytes);
      case MALFORMED -> false;
    };
    if (!taken) {
      dropped++;
    }
  }

  private void shakeHands() {
    state = State.HANDSHAKING;
    try {
      workers.execute(handshake);
    } catch (RejectedExecutionException e) {
      finish(DtlsCloseReason.OVERLOADED, "no worker takes one more handshake");
    }
  }

  private void abandon(DtlsCloseReason why, String how, long nowNanos) {
    if (state == State.CLOSING || state == State.CLOSED) {
      return;
    }
    if (handshake.withdraw()) {
      finish(why, how);
      return;
    }
    reason = why;
    detail = how;
    state = State.CLOSING;
    deadline = nowNanos + CANCEL_NANOS;
    wire.cancel();
  }

  private void emit(ByteBuffer datagram) {
    if (state != State.CLOSED) {
      sink.accept(datagram);
    }
  }

  /** What a worker says, said again on the loop. */
  private final class HopToLoop implements Handshake.Outcome {
    @Override
    public void succeeded(Records connection, DtlsCipherSuite cipherSuite) {
      loop.execute(() -> established(connection, cipherSuite));
    }

    @Override
    public void failed(DtlsCloseReason why, String how, ByteBuffer alert) {
      loop.execute(() -> handshakeFailed(why, how, alert));
    }
  }

  private void handshakeFailed(DtlsCloseReason why, String how, ByteBuffer alert) {
    if (alert != null) {
      emit(alert);
    }
    if (state == State.CLOSING) {
      finish(reason, detail);
    } else if (state == State.HANDSHAKING) {
      finish(why, how);
    }
  }

  private void established(Records connection, DtlsCipherSuite cipherSuite) {
    Queue<byte[]> unread = wire.handOver(this::emit);
    if (state != State.HANDSHAKING) {
      finish(reason, goodbye(connection, detail));
      return;
    }
    records = connection;
    state = State.CONNECTED;
    deadline = NO_DEADLINE;
    unread.addAll(early);
    early.clear();
    listener.connected(cipherSuite);
    readRest();
    unread.forEach(datagram -> read(ByteBuffer.wrap(datagram)));
  }

  private void readRest() {
    if (state == State.CONNECTED) {
      guarded(() -> {
        records.readRest(this::deliver);
        return true;
      });
    }
  }

  private void read(ByteBuffer datagram) {
    boolean readable = DatagramKind.hasKnownVersions(datagram);
    if (state == State.CONNECTED && !(readable && guarded(() -> records.read(datagram, this::deliver)))) {
      dropped++;
    }
  }

  private boolean deliver(ByteBuffer data) {
    listener.data(data);
    return state == State.CONNECTED;
  }

  private interface Reading { boolean read() throws IOException; }

  private boolean guarded(Reading reading) {
    try {
      boolean authentic = reading.read();
      if (records.isClosed() && state == State.CONNECTED) {
        finish(DtlsCloseReason.CLOSED_BY_PEER, "the peer said goodbye");
      }
      return authentic;
    } catch (IOException e) {
      finish(DtlsCloseReason.CONNECTION_FAILED, Handshake.detailOf(e));
      return true;
    }
  }

  private static String goodbye(Records connection, String detail) {
    try {
      connection.close();
      return detail;
    } catch (IOException e) {
      return detail + ", without a goodbye: " + e.getMessage();
    }
  }

  private void finish(DtlsCloseReason why, String how) {
    if (state == State.CLOSED) {
      return;
    }
    state = State.CLOSED;
    deadline = NO_DEADLINE;
    early.clear();
    listener.closed(why, how);
  }
}
