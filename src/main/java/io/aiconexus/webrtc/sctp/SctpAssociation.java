package io.aiconexus.webrtc.sctp;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * One SCTP association over DTLS: packets and the time in, packets and events out.
 * <p>
 * It has no thread, no clock and no timer. Every call comes from one thread at a time, in practice one event loop, with
 * the time in nanoseconds on any monotonic scale. The owner
 * <ul>
 *   <li>calls {@link #receive} for each packet, and {@link #flush} after the last of a burst;</li>
 *   <li>calls {@link #flush} after {@link #send}, {@link #consumed}, {@link #resetStream} or {@link #shutdown}, at the
 *       latest at the end of its turn on the event loop: until then small messages gather into full packets;</li>
 *   <li>calls {@link #onTimer} once {@link #nextDeadline()} has come; the deadline may change with every call
 * above.</li>
 * </ul>
 * Nothing that a peer sends makes a method throw. Memory stays below {@code sendBuffer} plus what is in flight (at most
 * the peer's window), twice {@code receiveWindow + maxMessageSize}, 512 gaps, and about 40 bytes for each stream used.
 */
public final class SctpAssociation {

  /** How often in one flush a listener may refill a queue that ran low. */
  private static final int MOST_REFILLS = 16;

  private final SctpOptions options;
  private final SctpListener listener;
  private final PacketWriter writer;
  private final PacketReader reader;
  private final Deadlines deadlines = new Deadlines();
  private final RtoEstimator rto;
  private final Lifecycle lifecycle;
  private final Handshake handshake;
  private final SendQueue queue;
  private final InboundData inbound;
  private final Transmitter transmitter;
  private final StreamResets resets;
  private final Heartbeat heartbeat;
  private final Shutdown shutdown;
  private final ChunkDispatcher dispatcher;
  private final TimerDispatcher timers;
  private int outboundStreams;
  private boolean working;
  private long packetsReceived;
  private long packetsDiscarded;

  /**
   * Creates an association that waits.
   *
   * @param options  its limits
   * @param random   for tags, first TSNs and keys; a {@link java.security.SecureRandom} outside of tests
   * @param sink     takes its packets
   * @param listener hears its events
   */
  public SctpAssociation(SctpOptions options, RandomGenerator random, PacketSink sink, SctpListener listener) {
    this.options = options;
    this.listener = listener;
    writer = new PacketWriter(options.mtu(), options.port(), sink);
    reader = new PacketReader(options.port());
    rto = new RtoEstimator(options.rtoInitial().toNanos(), options.rtoMin().toNanos(), options.rtoMax().toNanos());
    lifecycle = new Lifecycle(listener, deadlines, writer);
    handshake = new Handshake(options, random, writer, deadlines, rto, lifecycle, listener, this::adopt);
    queue = new SendQueue(options.sendBuffer());
    inbound = new InboundData(options, deadlines, listener);
    long initialTsn = Integer.toUnsignedLong(handshake.initialTsn()) + (1L << 32);
    transmitter = new Transmitter(writer, deadlines, rto, queue, inbound.acknowledger(), options.maxInFlight(),
      initialTsn);
    resets = new StreamResets(writer, deadlines, rto, queue, transmitter, inbound, listener, handshake.initialTsn());
    heartbeat = new Heartbeat(writer, deadlines, rto, random, options.heartbeat().toNanos());
    shutdown = new Shutdown(options, writer, deadlines, rto, lifecycle, transmitter, inbound);
    dispatcher = new ChunkDispatcher(reader, writer, lifecycle, handshake, transmitter, inbound, resets,
      heartbeat, shutdown);
    timers = new TimerDispatcher(options.maxRetransmits(), deadlines, handshake, transmitter, inbound, resets,
      heartbeat, shutdown);
  }

  private void adopt(InitChunk peer) {
    transmitter.start(peer.window(), peer.forwardTsn());
    inbound.start(peer.initialTsn(), Math.min(options.maxStreams(), peer.outbound()));
    resets.start(peer.initialTsn(), peer.reconfiguration());
    outboundStreams = Math.min(options.maxStreams(), peer.inbound());
  }

  /** Sends INIT. Both sides may do so; one is enough. */
  public void connect(long now) {
    if (lifecycle.state() == SctpState.CLOSED) {
      handshake.begin(now);
    }
  }

  /** Takes in the packet between position and limit, which do not move; without a copy if the buffer has an array. */
  public void receive(ByteBuffer packet, long now) {
    ByteBuffer heap = packet.hasArray() ? packet
      : ByteBuffer.allocate(packet.remaining()).put(packet.duplicate()).flip();
    receive(heap.array(), heap.arrayOffset() + heap.position(), heap.remaining(), now);
  }

  /**
   * Takes a packet in.
   * <p>
   * A packet that is damaged or not ours is dropped; one that breaks the protocol aborts the association. Still worth
   * calling after a shutdown: the peer may not have heard the last word.
   *
   * @param packet holds the packet; neither changed nor kept
   * @param offset where the packet begins
   * @param length how many bytes it has
   * @param now    the time in nanoseconds
   */
  public void receive(byte[] packet, int offset, int length, long now) {
    if (!reader.open(packet, offset, length) || !dispatcher.isForUs()) {
      packetsDiscarded++;
      return;
    }
    if (lifecycle.isOver()) {
      dispatcher.afterwards();
      return;
    }
    packetsReceived++;
    boolean connecting = lifecycle.state().connecting();
    working = true;
    try {
      dispatcher.chunks(now);
      endOfPacket(connecting, now);
    } catch (Violation violation) {
      lifecycle.abort(CloseReason.Kind.PROTOCOL_VIOLATION, violation.cause(), violation.getMessage());
    } finally {
      working = false;
      reader.close();
    }
  }

  private void endOfPacket(boolean wasConnecting, long now) {
    if (lifecycle.isOver()) {
      return;
    }
    if (wasConnecting && !lifecycle.state().connecting()) {
      heartbeat.start(now);
    }
    heartbeat.heard(now);
    resets.performDeferred();
    if (!lifecycle.isOver()) {
      inbound.acknowledger().endOfPacket(writer, now);
      writer.send();
    }
  }

  /** Sends what is due and may be sent: queued messages, a SACK that waits, a reset, the next step of a shutdown. */
  public void flush(long now) {
    if (working || lifecycle.state().connecting() || lifecycle.isOver()) {
      return;
    }
    working = true;
    try {
      boolean again = true;
      for (int round = 0; again && round < MOST_REFILLS && !lifecycle.isOver(); round++) {
        transmit(now);
        again = queue.announceLow(listener);
      }
    } finally {
      working = false;
    }
  }

  private void transmit(long now) {
    if (lifecycle.state().sendsData()) {
      transmitter.flush(now);
      resets.flush(now);
    }
    shutdown.flush(now);
    inbound.acknowledger().flush(writer);
    writer.send();
  }

  /** When {@link #onTimer} wants to be called, or {@link Long#MAX_VALUE} for not at all. */
  public long nextDeadline() {
    return deadlines.next();
  }

  /** Does what the deadline was for, and flushes. Harmless when called early. */
  public void onTimer(long now) {
    if (working || lifecycle.isOver()) {
      return;
    }
    timers.fire(now).ifPresent(why -> lifecycle.abort(CloseReason.Kind.UNREACHABLE, ErrorCause.NONE, why));
    flush(now);
  }

  /**
   * Queues a message.
   *
   * @param stream   0 to the number of streams that the handshake agreed on, exclusive
   * @param ppid     the payload protocol identifier
   * @param data     1 byte to {@code maxMessageSize}; belongs to the association from here on
   * @param delivery how hard to try
   * @param now      the time in nanoseconds; a lifetime begins here
   * @throws IllegalArgumentException when the stream or the length is out of range
   */
  public SendOutcome send(int stream, int ppid, byte[] data, Delivery delivery, long now) {
    if (data.length == 0 || data.length > options.maxMessageSize()) {
      throw new IllegalArgumentException(
        "a message has 1 to " + options.maxMessageSize() + " bytes, not " + data.length);
    }
    if (lifecycle.state() != SctpState.ESTABLISHED) {
      return SendOutcome.CLOSED;
    }
    if (stream < 0 || stream >= outboundStreams) {
      throw new IllegalArgumentException("stream must be 0 to " + (outboundStreams - 1) + ", was " + stream);
    }
    return queue.offer(stream, ppid, data, delivery, now);
  }

  /**
   * Says that a message from {@link SctpListener#message} of this length is done with, which opens the receive window
   * again. Whoever does not call it slows the peer down, and then stops it.
   *
   * @throws IllegalArgumentException when more is consumed than was delivered
   */
  public void consumed(int length) {
    inbound.window().consume(length);
  }

  /**
   * Resets the stream's outgoing side once what is queued on it is sent; {@link SctpListener#streamsResetByUs}
   * follows.
   */
  public void resetStream(int stream) {
    requireStream(stream);
    if (!lifecycle.isOver()) {
      resets.request(stream);
    }
  }

  private void requireStream(int stream) {
    if (stream < 0 || stream >= options.maxStreams()) {
      throw new IllegalArgumentException("stream must be 0 to " + (options.maxStreams() - 1) + ", was " + stream);
    }
  }

  /** Ends the association once all queued messages have arrived; nothing more can be sent. */
  public void shutdown(long now) {
    if (lifecycle.state() == SctpState.ESTABLISHED) {
      shutdown.begin(now);
    } else if (lifecycle.state().connecting()) {
      lifecycle.abort(CloseReason.Kind.ABORTED, ErrorCause.USER_INITIATED_ABORT, "shut down before it was connected");
    }
  }

  /** Ends the association at once and tells the peer why. */
  public void abort(String detail) {
    lifecycle.abort(CloseReason.Kind.ABORTED, ErrorCause.USER_INITIATED_ABORT, detail);
  }

  /** Bytes queued on the stream and not yet sent for the first time (W3C {@code bufferedAmount}). */
  public long bufferedAmount(int stream) {
    OutboundStream out = queue.existing(stream);
    return out == null ? 0 : out.buffered();
  }

  /** Bytes queued on all streams. */
  public long bufferedAmount() {
    return queue.bytes();
  }

  /**
   * Sets the amount at which {@link SctpListener#bufferedAmountLow} is called when it is reached from above; 0 at
   * first.
   */
  public void bufferedAmountLowThreshold(int stream, long bytes) {
    requireStream(stream);
    queue.stream(stream).lowThreshold(bytes);
  }

  /** The state now. */
  public SctpState state() {
    return lifecycle.state();
  }

  /** How many streams we may send on; 0 before the handshake. */
  public int outboundStreams() {
    return outboundStreams;
  }

  /** What was done so far. */
  public SctpStatistics statistics() {
    return new SctpStatistics(writer.packets(), writer.bytes(), packetsReceived, packetsDiscarded,
      transmitter.losses(), transmitter.retransmissions(), timers.timeouts(), inbound.duplicates(), inbound.refused(),
      transmitter.abandoned(), transmitter.congestionWindow(), transmitter.inFlight(), rto.smoothed(),
      inbound.window().held());
  }
}
