package io.aiconexus.bus;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.function.IntConsumer;

/**
 * What a WebSocket is, over the event bus: text frames in order both ways, and a close with a code.
 * <p>
 * One side {@link #listen listens} at an address, the other {@link #connect connects}. Each frame is a request whose
 * reply says that the other side's handler has taken it, so {@link #bufferedBytes} is an honest measure of a slow
 * reader. Belongs to the context it was made on. The other side's disappearance is noticed at the next {@link #write}
 * or {@link #ping}.
 */
public final class BusSocket {

  /** The close code of a socket whose other side just vanished, as in RFC 6455, section 7.1.5. */
  public static final int ABNORMAL = 1006;

  private static final String CLOSE = "close";
  private static final String PING = "ping";
  private static final String PEER = "address";
  private static final long CLOSE_CODE_WAIT_MS = 50;
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final EventBus bus;
  private final DeliveryOptions frame = new DeliveryOptions().setSendTimeout(ANSWER_TIMEOUT.toMillis());
  private final String address = Addresses.socket(UUID.randomUUID().toString());
  private final MessageConsumer<String> consumer;
  private final Future<Void> registered;
  private final Deque<Message<String>> early = new ArrayDeque<>();
  private String peer;
  private Handler<String> textHandler = text -> { };
  private IntConsumer closeHandler = code -> { };
  private long bufferedBytes;
  private boolean closed;
  private int closeCode;

  private BusSocket(Vertx vertx) {
    this.vertx = vertx;
    this.bus = vertx.eventBus();
    this.consumer = bus.consumer(address, this::onMessage);
    // Asked for now: once the consumer is unregistered, its completion may never come.
    this.registered = consumer.completion();
  }

  /**
   * Opens a socket to whoever listens at {@code address}.
   * <p>
   * Fails with {@link Failure#UNAVAILABLE} when nobody does, and with {@link Failure#NOT_CONNECTED} when this side
   * closes it before it is open; then the other side is closed too. {@code onOpen} sets the handlers; it runs before
   * the first frame.
   */
  public static Future<BusSocket> connect(Vertx vertx, String address, Handler<BusSocket> onOpen) {
    BusSocket socket = new BusSocket(vertx);
    onOpen.handle(socket);
    return socket.registered
      .compose(reachable -> vertx.eventBus().<JsonObject>request(address, new JsonObject().put(PEER, socket.address),
        socket.frame))
      .compose(reply -> socket.opened(reply.body().getString(PEER)))
      .onFailure(cause -> socket.consumer.unregister());
  }

  /**
   * Accepts sockets at {@code address}; {@code onOpen} sets the handlers of each, and may write at once.
   *
   * @return the consumer; unregister it to stop accepting
   */
  public static MessageConsumer<JsonObject> listen(Vertx vertx, String address, Handler<BusSocket> onOpen) {
    return vertx.eventBus().consumer(address, Replies.to(message -> {
      BusSocket socket = new BusSocket(vertx).connectedTo(message.body().getString(PEER));
      return socket.registered
        .onSuccess(reachable -> vertx.runOnContext(afterTheReply -> onOpen.handle(socket)))
        .map(reachable -> new JsonObject().put(PEER, socket.address));
    }));
  }

  private Future<BusSocket> opened(String peerAddress) {
    connectedTo(peerAddress);
    if (closed) {
      sendClose(closeCode);
      return Future.failedFuture(Failure.NOT_CONNECTED.because("the socket was closed while it opened"));
    }
    vertx.runOnContext(opened -> {
      while (!early.isEmpty()) {
        onOpenMessage(early.poll());
      }
    });
    return Future.succeededFuture(this);
  }

  private BusSocket connectedTo(String peerAddress) {
    peer = peerAddress;
    return this;
  }

  /** Sets who takes the text frames. */
  public void textHandler(Handler<String> handler) {
    textHandler = handler;
  }

  /** Sets who learns, once, that the socket is closed and with which code. */
  public void closeHandler(IntConsumer handler) {
    closeHandler = handler;
  }

  /**
   * Sends a frame; the future succeeds when the other side's handler has taken it.
   * <p>
   * Fails with {@link Failure#NOT_CONNECTED} when the socket is not open, or the other side is gone or silent for 5 s;
   * that closes it.
   */
  public Future<Void> write(String text) {
    if (closed || peer == null) {
      return notOpen();
    }
    bufferedBytes += text.length();
    return bus.request(peer, text, frame)
      .onComplete(done -> bufferedBytes -= text.length())
      .recover(this::gone)
      .mapEmpty();
  }

  /** Asks whether the other side is still there; closes the socket with {@link #ABNORMAL} when it is not. */
  public Future<Void> ping() {
    if (closed || peer == null) {
      return notOpen();
    }
    return bus.request(peer, "", new DeliveryOptions(frame).addHeader(PING, ""))
      .recover(this::gone)
      .mapEmpty();
  }

  /** Bytes, counted as characters, that were written and not taken yet. */
  public long bufferedBytes() {
    return bufferedBytes;
  }

  /** Whether either side has closed it. */
  public boolean isClosed() {
    return closed;
  }

  /** Closes both sides; the other side's close handler gets {@code code}. */
  public void close(int code) {
    if (!closed) {
      if (peer != null) {
        sendClose(code);
      }
      closed(code);
    }
  }

  private void sendClose(int code) {
    bus.send(peer, "", new DeliveryOptions().addHeader(CLOSE, String.valueOf(code)));
  }

  /** The other side does not take frames; when it closed the socket, its code is on its way and says more than that. */
  private <T> Future<T> gone(Throwable cause) {
    vertx.setTimer(CLOSE_CODE_WAIT_MS, noCode -> closed(ABNORMAL));
    return Future.failedFuture(Failure.NOT_CONNECTED.because("the other side is gone: " + cause.getMessage()));
  }

  private static Future<Void> notOpen() {
    return Future.failedFuture(Failure.NOT_CONNECTED.because("the socket is not open"));
  }

  /** The other side may speak before this side has learnt that the socket is open. */
  private void onMessage(Message<String> message) {
    if (peer == null && !closed || !early.isEmpty()) {
      early.add(message);
    } else {
      onOpenMessage(message);
    }
  }

  private void onOpenMessage(Message<String> message) {
    String code = message.headers().get(CLOSE);
    if (code != null) {
      closed(Integer.parseInt(code));
    } else if (closed) {
      message.fail(Failure.NOT_CONNECTED.number(), "the socket is closed");
    } else if (message.headers().contains(PING)) {
      message.reply(null);
    } else {
      take(message);
    }
  }

  /** A reader that throws has taken the frame all the same: the writer must not wait for its bug until the timeout. */
  private void take(Message<String> message) {
    try {
      textHandler.handle(message.body());
    } finally {
      message.reply(null);
    }
  }

  private void closed(int code) {
    if (!closed) {
      closed = true;
      closeCode = code;
      registered.onComplete(done -> consumer.unregister());
      closeHandler.accept(code);
    }
  }
}
