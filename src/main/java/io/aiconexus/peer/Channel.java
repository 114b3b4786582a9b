package io.aiconexus.peer;

import io.aiconexus.bus.Failure;
import io.aiconexus.webrtc.DataChannel;
import io.aiconexus.webrtc.DataChannelListener;
import io.aiconexus.webrtc.DataChannelOptions;
import io.aiconexus.webrtc.DataChannelState;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;

/**
 * A data channel of a link, as streams: messages out with honest backpressure, messages in at the reader's pace.
 * <p>
 * Belongs to the agent's event-loop context: its handlers are called there. Calls from elsewhere are carried over to it,
 * in order. What arrives waits until a handler is set; a paused channel slows the other end down where the engine can.
 * It belongs to one connection: when that is gone, it is closed, and the link makes another.
 */
public final class Channel implements WriteStream<Buffer>, ReadStream<Buffer> {

  /** Bytes that may be queued before {@link #writeQueueFull} says so: 1 MiB. */
  public static final int WRITE_QUEUE_BYTES = 1024 * 1024;

  private final Link link;
  private final Context context;
  private final Traffic traffic;
  private final String label;
  private final Promise<Channel> opened = Promise.promise();
  private final Inflow inflow = new Inflow(this::regulate);
  private DataChannel data;
  private Handler<Throwable> exceptionHandler;
  private Handler<Void> drainHandler;
  private boolean closed;
  private volatile int writeQueueMax = WRITE_QUEUE_BYTES;
  private volatile long queuedBytes;

  Channel(Link link, Context context, Traffic traffic, String label) {
    this.link = link;
    this.context = context;
    this.traffic = traffic;
    this.label = label;
  }

  /** Who gets the events of a carrier that is being made; {@link #carriedBy} follows. */
  Events newEvents() {
    return new Events();
  }

  /** Sends through {@code carrier} from now on; messages of an earlier carrier still arrive. */
  void carriedBy(DataChannel carrier, Events events) {
    events.carrier = carrier;
    data = carrier;
    data.bufferedAmountLowThreshold(writeQueueMax / 2);
    regulate(inflow.wanted());
    if (data.state() == DataChannelState.OPEN) {
      opened.tryComplete(this);
    }
  }

  /** Takes messages of one more carrier without sending through it. */
  Events hears(DataChannel carrier) {
    Events events = new Events();
    events.carrier = carrier;
    return events;
  }

  DataChannel carrier() {
    return data;
  }

  /** Succeeds once it can carry data. */
  Future<Channel> opened() {
    return opened.future();
  }

  void closed(String reason) {
    if (closed) {
      return;
    }
    closed = true;
    RuntimeException cause = Failure.NOT_CONNECTED.because("channel " + label + " is closed" + because(reason));
    opened.tryFail(cause);
    link.channelClosed(this);
    if (reason != null && exceptionHandler != null) {
      exceptionHandler.handle(cause);
    }
    inflow.end();
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
    return data == null ? null : data.options();
  }

  /** Whether data can be sent at this moment. */
  public boolean isOpen() {
    return !closed && data != null && data.state() == DataChannelState.OPEN;
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

  Future<Void> send(Buffer bytes, boolean binary) {
    if (link.isOnContext()) {
      return sendHere(bytes, binary);
    }
    Promise<Void> sent = Promise.promise();
    context.runOnContext(here -> sendHere(bytes, binary).onComplete(sent));
    return sent.future();
  }

  private Future<Void> sendHere(Buffer bytes, boolean binary) {
    if (!isOpen()) {
      return Future.failedFuture(Failure.NOT_CONNECTED.because("channel " + label + " is not open"));
    }
    Future<Void> sent = data.send(bytes, binary);
    queuedBytes = data.bufferedAmount();
    if (!sent.failed()) {
      traffic.sent(bytes.length());
    }
    return sent;
  }

  /** Closes the channel after what was written has been sent. */
  @Override
  public Future<Void> end() {
    return close();
  }

  /** Closes the channel after what was written has been sent; the other end sees it closed. */
  public Future<Void> close() {
    context.runOnContext(here -> {
      if (data != null && !closed) {
        data.close();
      }
    });
    return Future.succeededFuture();
  }

  @Override
  public Channel setWriteQueueMaxSize(int bytes) {
    writeQueueMax = bytes;
    context.runOnContext(here -> {
      if (data != null) {
        data.bufferedAmountLowThreshold(bytes / 2);
      }
    });
    return this;
  }

  /** Whether more is queued than {@link #setWriteQueueMaxSize} allows; any thread. */
  @Override
  public boolean writeQueueFull() {
    return queuedBytes >= writeQueueMax;
  }

  /** Called each time the queue has fallen to half its maximum. */
  @Override
  public Channel drainHandler(Handler<Void> handler) {
    drainHandler = handler;
    return this;
  }

  /** Called when the channel ends for a reason that nobody here asked for. */
  @Override
  public Channel exceptionHandler(Handler<Throwable> handler) {
    exceptionHandler = handler;
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
    onContext(() -> inflow.fetch(amount));
    return this;
  }

  /** Called once the channel is closed and everything that had arrived was delivered. */
  @Override
  public Channel endHandler(Handler<Void> handler) {
    onContext(() -> inflow.endHandler(handler));
    return this;
  }

  private void onContext(Runnable change) {
    if (link.isOnContext()) {
      change.run();
    } else {
      context.runOnContext(here -> change.run());
    }
  }

  private void regulate(boolean flowing) {
    if (data == null) {
      return;
    }
    if (flowing) {
      data.resume();
    } else {
      data.pause();
    }
  }

  private static String because(String reason) {
    return reason == null ? "" : ": " + reason;
  }

  /** The events of one carrier. */
  final class Events implements DataChannelListener {

    private DataChannel carrier;

    @Override
    public void onOpen() {
      if (carrier != data) {
        return;
      }
      link.channelOpened(Channel.this);
      opened.tryComplete(Channel.this);
    }

    @Override
    public void onMessage(Buffer bytes, boolean binary) {
      traffic.received(bytes.length());
      inflow.add(new ChannelMessage(bytes, binary));
    }

    @Override
    public void onBufferedAmountLow() {
      if (carrier != data) {
        return;
      }
      queuedBytes = data.bufferedAmount();
      if (drainHandler != null && !writeQueueFull()) {
        drainHandler.handle(null);
      }
    }

    @Override
    public void onClose(String reason) {
      if (carrier == data) {
        closed(reason);
      }
    }
  }
}
