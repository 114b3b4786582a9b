package io.aiconexus.peer;

import io.aiconexus.bus.Failure;
import io.aiconexus.webrtc.DataChannelOptions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;

/**
 * A data channel of a link, as streams: messages out with honest backpressure, messages in at the reader's pace.
 * <p>
 * Belongs to the agent's event-loop context: its handlers are called there. Calls from elsewhere are carried over to
 * it, in order. What arrives waits until a handler is set; a paused channel slows the other end down where the engine
 * can. It belongs to one connection: when that is gone, it is closed, and the link makes another.
 */
public final class Channel implements WriteStream<Buffer>, ReadStream<Buffer> {

  /** Bytes that may be queued before {@link #writeQueueFull} says so: 1 MiB. */
  public static final int WRITE_QUEUE_BYTES = 1024 * 1024;

  private final Link link;
  private final Context context;
  private final Traffic traffic;
  private final String label;
  private final String connectionId;
  private final boolean madeHere;
  private final Promise<Channel> opened = Promise.promise();
  private final Promise<Void> ended = Promise.promise();
  private final Carriers carriers = new Carriers(this);
  private final Outflow outflow = new Outflow(WRITE_QUEUE_BYTES);
  private final Inflow inflow;
  private Handler<Throwable> exceptionHandler;
  private boolean closed;

  Channel(Link link, Context context, Traffic traffic, String label, boolean madeHere) {
    this.link = link;
    this.context = context;
    this.traffic = traffic;
    this.label = label;
    this.connectionId = link.connectionId();
    this.madeHere = madeHere;
    this.inflow = new Inflow(carriers::regulate, (handler, message) -> UserCode.now(context, handler, message));
    this.carriers.lowThreshold(WRITE_QUEUE_BYTES / 2);
  }

  /** The link that it belongs to. */
  public Link link() {
    return link;
  }

  /** Its label. */
  public String label() {
    return label;
  }

  /** How it delivers, or null while it is being made. */
  public DataChannelOptions options() {
    return carriers.sending() == null ? null : carriers.sending().options();
  }

  /** Whether data can be sent at this moment. */
  public boolean isOpen() {
    return !closed && carriers.isOpen();
  }

  /**
   * Sends bytes as one binary message.
   * <p>
   * Succeeds once the engine has taken it. Fails with {@link Failure#NOT_CONNECTED}, {@link Failure#MESSAGE_TOO_LARGE}
   * or {@link Failure#OVERLOADED}; then it was not sent.
   */
  @Override
  public Future<Void> write(Buffer bytes) {
    return send(bytes, true);
  }

  /** Sends a text message; as {@link #write}. */
  public Future<Void> writeText(String text) {
    return send(Buffer.buffer(text), false);
  }

  /** Closes the channel after what was written has been sent; as {@link #close}. */
  @Override
  public Future<Void> end() {
    return close();
  }

  /**
   * Closes the channel after what was written has been sent; succeeds when it is closed. The other end sees it closed.
   */
  public Future<Void> close() {
    onContext(carriers::close);
    return ended.future();
  }

  /**
   * Sets how many bytes may be queued before {@link #writeQueueFull} says so.
   *
   * @param bytes 1 or more, {@value #WRITE_QUEUE_BYTES} by default
   */
  @Override
  public Channel setWriteQueueMaxSize(int bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("the write queue's maximum must be 1 byte or more, was " + bytes);
    }
    outflow.max(bytes);
    onContext(() -> {
      carriers.lowThreshold(bytes / 2);
      drain();
    });
    return this;
  }

  /** Whether more is queued than {@link #setWriteQueueMaxSize} allows; any thread. */
  @Override
  public boolean writeQueueFull() {
    return outflow.isFull();
  }

  /** Called each time the queue, having been full, has fallen to half its maximum. */
  @Override
  public Channel drainHandler(Handler<Void> handler) {
    onContext(() -> {
      outflow.drainHandler(handler);
      drain();
    });
    return this;
  }

  /** Called when the channel ends for a reason that neither end asked for. */
  @Override
  public Channel exceptionHandler(Handler<Throwable> handler) {
    onContext(() -> exceptionHandler = handler);
    return this;
  }

  /** Takes the bytes of each message, be it text or binary; null lets messages wait. */
  @Override
  public Channel handler(Handler<Buffer> handler) {
    return messageHandler(handler == null ? null : message -> handler.handle(message.data()));
  }

  /** Takes each message and knows whether it is text; null lets messages wait. */
  public Channel messageHandler(Handler<ChannelMessage> handler) {
    onContext(() -> inflow.handler(handler));
    return this;
  }

  @Override
  public Channel pause() {
    onContext(inflow::pause);
    return this;
  }

  @Override
  public Channel resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public Channel fetch(long amount) {
    if (amount < 0) {
      throw new IllegalArgumentException("cannot fetch " + amount + " messages");
    }
    onContext(() -> inflow.fetch(amount));
    return this;
  }

  /** Called once the channel is closed and everything that had arrived was delivered. */
  @Override
  public Channel endHandler(Handler<Void> handler) {
    onContext(() -> inflow.endHandler(handler == null ? null : () -> UserCode.later(context, handler, null)));
    return this;
  }

  Future<Void> send(Buffer bytes, boolean binary) {
    if (Vertx.currentContext() == context) {
      return sendHere(bytes, binary);
    }
    int length = bytes.length();
    if (!outflow.enter(length)) {
      return Future.failedFuture(Failure.OVERLOADED.because(
        "more than " + Outflow.ENTERING_MAX + " bytes are on their way to channel " + label));
    }
    Promise<Void> sent = Promise.promise();
    context.runOnContext(here -> {
      outflow.arrived(length);
      sendHere(bytes, binary).onComplete(sent);
      drain();
    });
    return sent.future();
  }

  private Future<Void> sendHere(Buffer bytes, boolean binary) {
    if (!isOpen()) {
      return Future.failedFuture(Failure.NOT_CONNECTED.because("channel " + label + " is not open"));
    }
    Future<Void> sent = carriers.sending().send(bytes, binary);
    outflow.queued(carriers.sending().bufferedAmount());
    if (!sent.failed()) {
      traffic.sent(bytes.length());
    }
    return sent;
  }

  private void drain() {
    UserCode.later(context, outflow.drained(), null);
  }

  private void onContext(Runnable change) {
    if (Vertx.currentContext() == context) {
      change.run();
    } else {
      context.runOnContext(here -> change.run());
    }
  }

  // What the link and the engine tell; on the context.

  /** What carries it. */
  Carriers carriers() {
    return carriers;
  }

  /** Whether this end asked for it first. */
  boolean madeHere() {
    return madeHere;
  }

  /** The connection that it belongs to. */
  String connectionId() {
    return connectionId;
  }

  /** Succeeds once it can carry data. */
  Future<Channel> opened() {
    return opened.future();
  }

  void onOpen() {
    if (isOpen() && opened.tryComplete(this)) {
      link.channelOpened(this);
    }
  }

  void onMessage(Buffer bytes, boolean binary) {
    traffic.received(bytes.length());
    inflow.add(new ChannelMessage(bytes, binary));
  }

  void onRoom() {
    outflow.queued(carriers.sending().bufferedAmount());
    drain();
  }

  /** It is over; {@code reason} says why, unless one of the two ends closed it in order. */
  void closed(String reason) {
    if (closed) {
      return;
    }
    closed = true;
    outflow.queued(0);
    RuntimeException cause = Failure.NOT_CONNECTED.because("channel " + label + " is closed"
      + (reason == null ? "" : ": " + reason));
    opened.tryFail(cause);
    link.channelClosed(this);
    if (reason != null) {
      UserCode.later(context, exceptionHandler, cause);
    }
    inflow.end();
    ended.complete();
    drain();
  }
}
