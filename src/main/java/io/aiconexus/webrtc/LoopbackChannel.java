package io.aiconexus.webrtc;

import io.aiconexus.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A channel in memory: a window of bytes may be on its way to the reader, the rest waits here.
 * <p>
 * What the reader has consumed comes back as credit, so that a reader that pauses fills the window, and then the
 * sender's buffered amount grows.
 */
final class LoopbackChannel implements DataChannel {

  static final String CLOSED_THERE = "closed by the other end";

  private static final long WINDOW = 256 << 10;
  private static final long HARD_CAP = 8 << 20;
  /** What one message costs beside its bytes, so that empty ones are bounded too. */
  private static final long OVERHEAD = 128;

  private final LoopbackConnection connection;
  private final LoopbackStreams streams;
  private final String label;
  private final DataChannelOptions options;
  private final Deque<Outgoing> queue = new ArrayDeque<>();
  private final Inbox inbox;
  private DataChannelListener listener;
  private DataChannelState state = DataChannelState.CONNECTING;
  private int stream = -1;
  private long queued;
  private long inFlight;
  private long threshold;
  private boolean above;
  private boolean pumping;

  LoopbackChannel(LoopbackConnection connection, LoopbackStreams streams, String label, DataChannelOptions options,
                  DataChannelListener listener) {
    this.connection = connection;
    this.streams = streams;
    this.label = label;
    this.options = options;
    this.listener = listener;
    this.inbox = new Inbox(connection::hop, this::read);
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
    if (data.length() > connection.maxMessageSize()) {
      return Future.failedFuture(Failure.MESSAGE_TOO_LARGE.because(data.length() + " bytes; the other end takes "
        + connection.maxMessageSize()));
    }
    if (queued + data.length() + OVERHEAD * queue.size() > HARD_CAP) {
      return Future.failedFuture(Failure.OVERLOADED.because(queued + " bytes are queued already"));
    }
    Outgoing message = new Outgoing(data.copy(), binary);
    queue.add(message);
    queued += data.length();
    above |= queued > threshold;
    pumpLater();
    return message.taken().future();
  }

  @Override
  public long bufferedAmount() {
    return queued;
  }

  @Override
  public void bufferedAmountLowThreshold(long bytes) {
    threshold = bytes;
    above = queued > threshold;
  }

  @Override
  public void pause() {
    inbox.pause();
  }

  @Override
  public void resume() {
    inbox.resume();
  }

  @Override
  public void close() {
    if (state == DataChannelState.CONNECTING || state == DataChannelState.OPEN) {
      state = DataChannelState.CLOSING;
      pumpLater();
    }
  }

  void stream(int given) {
    stream = given;
  }

  void listener(DataChannelListener given) {
    listener = given;
  }

  void onOpen() {
    if (state == DataChannelState.CONNECTING) {
      state = DataChannelState.OPEN;
      connection.hop(listener::onOpen);
    }
  }

  /** A message of the other end. */
  void onData(Buffer data, boolean binary) {
    streams.countReceived(data.length());
    inbox.add(new Inbox.Message(data, binary));
  }

  /** The other end's reader consumed so much. */
  void onCredit(long bytes) {
    inFlight -= bytes;
    pumpLater();
  }

  /** The other end closed it, or is gone; what is still held can be read first. */
  void onClosedThere(String reason) {
    if (state != DataChannelState.CLOSED) {
      boolean asked = state == DataChannelState.CLOSING;
      state = DataChannelState.CLOSING;
      failQueued();
      inbox.end(() -> closed(asked ? null : reason));
    }
  }

  /** The connection is closed: no event any more. */
  void abandon() {
    state = DataChannelState.CLOSED;
    inbox.clear();
    failQueued();
  }

  private void read(Inbox.Message message) {
    if (state != DataChannelState.CLOSED) {
      connection.toPeer(there -> there.to(stream, channel -> channel.onCredit(cost(message.data()))));
      listener.onMessage(message.data(), message.binary());
    }
  }

  private void pumpLater() {
    if (!pumping) {
      pumping = true;
      connection.hop(() -> {
        pumping = false;
        pump();
      });
    }
  }

  private void pump() {
    while (!queue.isEmpty() && (inFlight == 0 || inFlight + cost(queue.peek().data()) <= WINDOW)) {
      Outgoing next = queue.remove();
      queued -= next.data().length();
      inFlight += cost(next.data());
      streams.countSent(next.data().length());
      connection.toPeer(there -> there.to(stream, channel -> channel.onData(next.data(), next.binary())));
      connection.hop(() -> next.taken().tryComplete());
    }
    if (above && queued <= threshold) {
      above = false;
      connection.hop(listener::onBufferedAmountLow);
    }
    if (state == DataChannelState.CLOSING && queue.isEmpty()) {
      connection.toPeer(there -> there.to(stream, channel -> channel.onClosedThere(CLOSED_THERE)));
      closed(null);
    }
  }

  private void closed(String reason) {
    if (state != DataChannelState.CLOSED) {
      state = DataChannelState.CLOSED;
      streams.forget(this);
      connection.hop(() -> listener.onClose(reason));
    }
  }

  private void failQueued() {
    List<Outgoing> left = List.copyOf(queue);
    queue.clear();
    queued = 0;
    RuntimeException cause = Failure.CANCELLED.because("the channel closed before the message was sent");
    left.forEach(message -> connection.context().runOnContext(now -> message.taken().tryFail(cause)));
  }

  private static long cost(Buffer data) {
    return data.length() + OVERHEAD;
  }
}
