package io.aiconexus.webrtc.jvm;

import io.aiconexus.bus.Failure;
import io.aiconexus.webrtc.DataChannel;
import io.aiconexus.webrtc.DataChannelListener;
import io.aiconexus.webrtc.DataChannelOptions;
import io.aiconexus.webrtc.DataChannelState;
import io.aiconexus.webrtc.dcep.DcepException;
import io.aiconexus.webrtc.dcep.MessageJoiner;
import io.aiconexus.webrtc.dcep.Ppid;
import io.aiconexus.webrtc.sctp.Delivery;
import io.aiconexus.webrtc.sctp.SendOutcome;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/** One data channel: a stream of the association in each direction. */
final class JvmChannel implements DataChannel {

  static final String CLOSED_THERE = "closed by the other end";

  private static final Future<Void> TAKEN = Future.succeededFuture();
  /** Stands for no bytes, which SCTP cannot carry (RFC 8831, section 6.6). */
  private static final byte[] EMPTY = {0};

  private record Held(Buffer data, boolean binary, int size) { }

  private final Channels channels;
  private final String label;
  private final DataChannelOptions options;
  private final Delivery wanted;
  private final MessageJoiner joiner = new MessageJoiner(Channels.MAX_MESSAGE);
  private final Queue<Held> held = new ArrayDeque<>(0);
  private DataChannelListener listener;
  private DataChannelState state = DataChannelState.CONNECTING;
  private Delivery delivery;
  private int stream = -1;
  private long threshold;
  /** Whether anything of the application was queued: the announcement of the channel is no business of its. */
  private boolean used;
  private boolean paused;
  private boolean draining;
  private boolean asked;
  private boolean resetHere;
  private boolean resetThere;
  private String lost = CLOSED_THERE;

  JvmChannel(Channels channels, String label, DataChannelOptions options, Delivery delivery,
             DataChannelListener listener) {
    this.channels = channels;
    this.label = label;
    this.options = options;
    this.wanted = delivery;
    this.delivery = delivery;
    this.listener = listener;
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public DataChannelOptions options() {
    return options;
  }

  @Override
  public int id() {
    return stream;
  }

  @Override
  public DataChannelState state() {
    return state;
  }

  @Override
  public Future<Void> send(Buffer data, boolean binary) {
    if (state != DataChannelState.OPEN) {
      return Future.failedFuture(Failure.NOT_CONNECTED.because("the channel is " + state));
    }
    used = true;
    int length = data.length();
    if (length > channels.maxMessageSize()) {
      return Future.failedFuture(Failure.MESSAGE_TOO_LARGE.because(length + " bytes; the other end takes "
        + channels.maxMessageSize()));
    }
    SendOutcome outcome = channels.send(stream, Ppid.forMessage(!binary, length),
      length == 0 ? EMPTY : data.getBytes(), delivery);
    return switch (outcome) {
      case QUEUED -> TAKEN;
      case FULL -> Future.failedFuture(Failure.OVERLOADED.because(bufferedAmount() + " bytes are queued already"));
      case CLOSED -> Future.failedFuture(Failure.NOT_CONNECTED.because("the connection is going"));
    };
  }

  @Override
  public long bufferedAmount() {
    return channels.buffered(stream);
  }

  @Override
  public void bufferedAmountLowThreshold(long bytes) {
    threshold = bytes;
    channels.lowThreshold(stream, bytes);
  }

  @Override
  public void pause() {
    paused = true;
  }

  @Override
  public void resume() {
    paused = false;
    drainLater();
  }

  @Override
  public void close() {
    if (state == DataChannelState.CONNECTING || state == DataChannelState.OPEN) {
      asked = true;
      state = DataChannelState.CLOSING;
      if (stream >= 0) {
        channels.reset(stream);
      } else {
        channels.hop(() -> closed(null));
      }
    }
  }

  DataChannelListener listener() {
    return listener;
  }

  void listener(DataChannelListener given) {
    listener = given;
  }

  Delivery wanted() {
    return wanted;
  }

  /** Has its stream now. Until the other end knows of the channel, everything keeps its order (RFC 8832, section 6). */
  void on(int given, boolean announced) {
    stream = given;
    delivery = announced ? wanted : new Delivery(true, wanted.maxRetransmits(), wanted.lifetimeNanos());
    channels.lowThreshold(stream, threshold);
  }

  /** The other end knows of it. */
  void onAcknowledged() {
    delivery = wanted;
  }

  void open() {
    if (state == DataChannelState.CONNECTING) {
      state = DataChannelState.OPEN;
      channels.tell(() -> listener.onOpen());
    }
  }

  /** Takes what came on the stream; whoever is paused keeps it, and with it the window closed. */
  void onData(Ppid ppid, byte[] data) throws DcepException {
    if (state == DataChannelState.CLOSED) {
      channels.consumed(data.length);
      return;
    }
    Optional<byte[]> whole = joiner.add(ppid, data);
    if (whole.isEmpty()) {
      channels.consumed(data.length);
    } else if (paused || !held.isEmpty()) {
      held.add(new Held(Bytes.buffer(whole.get()), !ppid.isText(), data.length));
      drainLater();
    } else {
      channels.consumed(data.length);
      deliver(Bytes.buffer(whole.get()), !ppid.isText());
    }
  }

  private void deliver(Buffer data, boolean binary) {
    channels.tell(() -> listener.onMessage(data, binary));
  }

  private void drainLater() {
    if (!draining && !paused && (!held.isEmpty() || isOver())) {
      draining = true;
      channels.hop(this::drain);
    }
  }

  private void drain() {
    draining = false;
    while (!paused && !held.isEmpty()) {
      Held next = held.remove();
      channels.consumed(next.size());
      deliver(next.data(), next.binary());
    }
    finishIfOver();
  }

  void onBufferedAmountLow() {
    if (used && state == DataChannelState.OPEN) {
      channels.tell(() -> listener.onBufferedAmountLow());
    }
  }

  /** The other end sends nothing more: it closed the channel, or follows our closing it (RFC 8831, section 6.7). */
  void onResetThere() {
    resetThere = true;
    if (state == DataChannelState.OPEN || state == DataChannelState.CONNECTING) {
      state = DataChannelState.CLOSING;
      channels.reset(stream);
    }
    finishIfOver();
  }

  /** Nothing more of ours comes on the stream. */
  void onResetHere() {
    resetHere = true;
    finishIfOver();
  }

  private boolean isOver() {
    return resetHere && resetThere;
  }

  private void finishIfOver() {
    if (isOver() && held.isEmpty()) {
      closed(asked ? null : lost);
    }
  }

  /** The connection can carry nothing more; what is held for a paused reader can still be read. */
  void onLost(String reason) {
    if (state != DataChannelState.CLOSED) {
      lost = reason;
      state = DataChannelState.CLOSING;
      resetHere = true;
      resetThere = true;
      finishIfOver();
    }
  }

  private void closed(String reason) {
    if (state != DataChannelState.CLOSED) {
      state = DataChannelState.CLOSED;
      channels.forget(this);
      channels.tell(() -> listener.onClose(reason));
    }
  }

  /** The connection is closed: no event any more. */
  void abandon() {
    state = DataChannelState.CLOSED;
    held.clear();
  }
}
