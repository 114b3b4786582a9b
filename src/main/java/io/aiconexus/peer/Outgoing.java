package io.aiconexus.peer;

import io.aiconexus.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.ReplyException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Messages on their way to the gateway: in order, no faster than it allows, and held while there is no session.
 * <p>
 * They are written when they leave, so that their timestamps are not those of a session long lost. One context.
 */
final class Outgoing {

  /** Messages that wait at most; a connect sends about six. */
  static final int WAITING_MAX = 10_000;

  private static final long TICK_MS = 10;
  private static final int UTF8_MAX = 3;

  private final BiConsumer<Long, Runnable> moment;
  private final LongSupplier nanos;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private SignalingDoor.Socket socket;
  private Throwable over;
  private int perSecond = 1;
  private int maxBytes = Integer.MAX_VALUE;
  private double tokens;
  private long refilledNanos;
  private boolean ticking;
  private Promise<Void> idle;

  /**
   * @param moment runs something after so many milliseconds
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  Outgoing(BiConsumer<Long, Runnable> moment, LongSupplier nanos) {
    this.moment = moment;
    this.nanos = nanos;
  }

  /** Sends what {@code text} gives when its turn comes; a failure that it throws becomes the future's. */
  Future<Void> add(Supplier<String> text) {
    if (over != null) {
      return Future.failedFuture(over);
    }
    if (waiting.size() >= WAITING_MAX) {
      return Future.failedFuture(Failure.OVERLOADED.because(WAITING_MAX + " messages wait for the gateway already"));
    }
    Waiting message = new Waiting(text, Promise.promise());
    waiting.add(message);
    drain();
    return message.sent.future();
  }

  /** How many wait. */
  int size() {
    return waiting.size();
  }

  /** A session is there: what waits flows at up to that rate, with bursts of half a second's worth. */
  void flowThrough(SignalingDoor.Socket open, int messagesPerSecond, int maxMessageBytes) {
    socket = open;
    perSecond = messagesPerSecond;
    maxBytes = maxMessageBytes;
    tokens = burst();
    refilledNanos = nanos.getAsLong();
    drain();
  }

  /** The session is lost: what waits is kept. */
  void hold() {
    socket = null;
    becomeIdle();
  }

  /** Succeeds when nothing waits, or nothing can leave. */
  Future<Void> idle() {
    if (socket == null || waiting.isEmpty()) {
      return Future.succeededFuture();
    }
    idle = Promise.promise();
    return idle.future();
  }

  /** The session is gone for good: what waits fails, and whatever comes. */
  void fail(Throwable cause) {
    socket = null;
    over = cause;
    while (!waiting.isEmpty()) {
      waiting.poll().sent.fail(cause);
    }
    becomeIdle();
  }

  private void drain() {
    refill();
    while (socket != null && !waiting.isEmpty() && tokens >= 1) {
      send(waiting.poll());
    }
    if (waiting.isEmpty()) {
      becomeIdle();
    } else if (socket != null && !ticking) {
      ticking = true;
      moment.accept(TICK_MS, () -> {
        ticking = false;
        drain();
      });
    }
  }

  private void send(Waiting message) {
    String text;
    try {
      text = message.text.get();
    } catch (ReplyException unsendable) {
      message.sent.fail(unsendable);
      return;
    }
    if (text.length() > maxBytes / UTF8_MAX && text.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
      message.sent.fail(Failure.MESSAGE_TOO_LARGE.because("the gateway takes messages of " + maxBytes + " bytes"));
      return;
    }
    tokens--;
    socket.write(text).onComplete(
      written -> message.sent.complete(),
      cause -> message.sent.fail(Failure.SIGNALING_UNAVAILABLE.because("the message did not leave: "
        + cause.getMessage())));
  }

  private void becomeIdle() {
    if (idle != null) {
      idle.tryComplete();
    }
  }

  private void refill() {
    long now = nanos.getAsLong();
    tokens = Math.min(burst(), tokens + (now - refilledNanos) / 1e9 * perSecond);
    refilledNanos = now;
  }

  private double burst() {
    return Math.max(1, perSecond / 2.0);
  }

  private record Waiting(Supplier<String> text, Promise<Void> sent) { }
}
