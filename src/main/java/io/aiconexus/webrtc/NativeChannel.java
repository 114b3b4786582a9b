package io.aiconexus.webrtc;

import io.aiconexus.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** The context's half of a native channel. */
final class NativeChannel implements DataChannel {

  /** What one queued message costs beside its bytes, so that empty ones are bounded too. */
  static final long OVERHEAD = 128;

  private final NativeConnection connection;
  private final String label;
  private final DataChannelOptions options;
  private final LaneChannel half;
  private final Set<Outgoing> unsent = new HashSet<>();
  private final Inbox inbox;
  /** Bytes between libwebrtc's thread and the reader; the one figure both sides write. */
  private final AtomicLong unread = new AtomicLong();
  private DataChannelListener listener = NoListener.INSTANCE;
  private DataChannelState state = DataChannelState.CONNECTING;
  private int id;
  private long queued;
  private long outstanding;
  private long threshold;
  private boolean above;
  private boolean asked;

  NativeChannel(NativeConnection connection, String label, DataChannelOptions options, int id) {
    this.connection = connection;
    this.label = label;
    this.options = options;
    this.id = id;
    this.half = new LaneChannel(connection, this);
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
    return id;
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
    int length = data.length();
    if (length > connection.maxMessageSize()) {
      return Future.failedFuture(Failure.MESSAGE_TOO_LARGE.because(length + " bytes; the other end takes "
        + connection.maxMessageSize()));
    }
    if (bufferedAmount() + length + OVERHEAD * unsent.size() > connection.options().hardCapBytes()) {
      return Future.failedFuture(Failure.OVERLOADED.because(bufferedAmount() + " bytes are queued already"));
    }
    Outgoing message = new Outgoing(data, binary);
    unsent.add(message);
    queued += length;
    above |= bufferedAmount() > threshold;
    half.send(message);
    return message.taken().future();
  }

  @Override
  public long bufferedAmount() {
    return queued + outstanding;
  }

  @Override
  public void bufferedAmountLowThreshold(long bytes) {
    threshold = bytes;
    above = bufferedAmount() > threshold;
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
      asked = true;
      state = DataChannelState.CLOSING;
      half.closeWhenDrained();
    }
  }

  LaneChannel half() {
    return half;
  }

  void listener(DataChannelListener given) {
    listener = given;
  }

  /** The connection is closed: no event any more. */
  void abandon() {
    state = DataChannelState.CLOSED;
    failUnsent();
    inbox.clear();
  }

  /** Counts a message in, on libwebrtc's thread; false when there is no room and it must not be delivered. */
  boolean accept(int length) {
    return unread.addAndGet(length + OVERHEAD) <= connection.options().receiveCapBytes();
  }

  void onOpen(int stream) {
    id = stream >= 0 ? stream : id;
    if (state == DataChannelState.CONNECTING) {
      state = DataChannelState.OPEN;
      connection.hop(listener::onOpen);
    }
  }

  void onMessage(Buffer data, boolean binary) {
    if (state == DataChannelState.CLOSED) {
      return;
    }
    // The state change takes the way over the lane; a message is as good a sign.
    onOpen(id);
    inbox.add(new Inbox.Message(data, binary));
  }

  /** Takes the lane's account of what it gave to libwebrtc. */
  void onSent(List<Outgoing> taken, long buffered) {
    if (state == DataChannelState.CLOSED) {
      return;
    }
    outstanding = buffered;
    for (Outgoing message : taken) {
      queued -= unsent.remove(message) ? message.data().length() : 0;
      connection.hop(() -> message.taken().tryComplete());
    }
    if (above && bufferedAmount() <= threshold) {
      above = false;
      connection.hop(listener::onBufferedAmountLow);
    }
  }

  /** It is over; whatever is held for a paused reader can still be read first. */
  void onClosed(String reason) {
    if (state != DataChannelState.CLOSED) {
      state = DataChannelState.CLOSING;
      failUnsent();
      inbox.end(() -> {
        state = DataChannelState.CLOSED;
        connection.forget(this);
        listener.onClose(asked ? null : reason);
      });
    }
  }

  void onClosing() {
    if (state == DataChannelState.OPEN) {
      state = DataChannelState.CLOSING;
    }
  }

  private void read(Inbox.Message message) {
    unread.addAndGet(-(message.data().length() + OVERHEAD));
    listener.onMessage(message.data(), message.binary());
  }

  private void failUnsent() {
    RuntimeException cause = Failure.CANCELLED.because("the channel closed before the message was sent");
    List<Outgoing> left = List.copyOf(unsent);
    unsent.clear();
    queued = 0;
    outstanding = 0;
    left.forEach(message -> connection.context().runOnContext(now -> message.taken().tryFail(cause)));
  }
}
