package io.aiconexus.peer;

import io.aiconexus.bus.Failure;
import io.aiconexus.protocol.Registered;
import io.aiconexus.retry.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.ReplyException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages on their way to the gateway: in order, no faster than it allows, held while there is no session, and sent
 * again in the next one unless the gateway had them.
 * <p>
 * They are written when they leave, so that their timestamps are not those of a session long lost. A PING after them
 * asks the gateway how far it has come, and tells that it is still there. One context.
 */
final class Outgoing {

  /** Messages that wait at most; a connect sends about six. */
  static final int WAITING_MAX = 10_000;

  private static final Logger log = LoggerFactory.getLogger(Outgoing.class);
  private static final long TICK_MS = 10;
  /** How long what left waits until the gateway is asked, so that one PING does for a whole negotiation. */
  private static final long ASK_AFTER_MS = 250;
  /** Unconfirmed messages after which it is asked at once. */
  private static final int ASK_AT = 256;
  /** How long the gateway may take to answer before its socket counts as dead. */
  private static final long ANSWER_MS = 5_000;
  private static final long IDLE_MIN_MS = 1_000;
  private static final long NO_TIMER = -1;
  private static final int UTF8_MAX = 3;

  private final Timers timers;
  private final LongFunction<String> ping;
  private final Runnable onSilence;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final Receipts receipts = new Receipts();
  private SignalingDoor.Socket socket;
  private Throwable over;
  private int perSecond = 1;
  private int maxBytes = Integer.MAX_VALUE;
  private double tokens;
  private long refilledMs;
  private boolean ticking;
  private boolean asking;
  private boolean askingSoon;
  private long idleMs;
  private long timer = NO_TIMER;
  private Promise<Void> idle;

  /**
   * @param timers a clock and timers on the one context
   * @param ping writes a PING of that sequence number to the gateway
   * @param onSilence told when the gateway did not answer one in time
   */
  Outgoing(Timers timers, LongFunction<String> ping, Runnable onSilence) {
    this.timers = timers;
    this.ping = ping;
    this.onSilence = onSilence;
  }

  /** Sends what {@code text} gives when its turn comes; a failure that it throws becomes the future's. */
  Future<Void> add(Supplier<String> text) {
    if (over != null) {
      return Future.failedFuture(over);
    }
    if (waiting.size() + receipts.size() >= WAITING_MAX) {
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

  /**
   * A session is there: what waits flows at up to its rate, with bursts of half a second's worth. First of all goes
   * what left in the session before and did not arrive, or may not have when this one does not know that one: under the
   * same ids, by which their recipient knows them.
   */
  void flowThrough(SignalingDoor.Socket open, Registered session) {
    socket = open;
    perSecond = session.messagesPerSecond();
    maxBytes = session.maxMessageBytes();
    idleMs = Math.max(IDLE_MIN_MS, session.heartbeatMs());
    tokens = burst();
    refilledMs = timers.nowMs();
    if (session.received() != null) {
      receipts.confirm(session.received());
    }
    List<Receipts.Sent> again = receipts.startAnew();
    for (int i = again.size() - 1; i >= 0; i--) {
      Receipts.Sent message = again.get(i);
      waiting.addFirst(new Waiting(message::text, message.sent()));
    }
    drain();
    askLater();
  }

  /** The session is lost: what waits, or may be lost with it, is kept. */
  void hold() {
    socket = null;
    timers.cancel(timer);
    asking = false;
    askingSoon = false;
    becomeIdle();
  }

  /** The gateway has the first {@code received} messages of this session. */
  void confirm(long received) {
    receipts.confirm(received);
    if (asking && socket != null) {
      timers.cancel(timer);
      asking = false;
      askLater();
    }
  }

  /** Asks the gateway for an answer now. */
  void probe() {
    if (socket == null || asking) {
      return;
    }
    timers.cancel(timer);
    asking = true;
    askingSoon = false;
    timer = timers.after(ANSWER_MS, onSilence);
    tokens--;
    write(new Receipts.Sent(null, Promise.promise()), ping.apply(receipts.left() + 1));
  }

  private void askLater() {
    boolean soon = receipts.size() > 0;
    if (socket == null || asking || askingSoon) {
      return;
    }
    timers.cancel(timer);
    askingSoon = soon;
    timer = timers.after(soon ? ASK_AFTER_MS : idleMs, this::probe);
  }

  /** Succeeds when nothing waits, or nothing can leave. */
  Future<Void> idle() {
    if (socket == null || waiting.isEmpty()) {
      return Future.succeededFuture();
    }
    idle = Promise.promise();
    return idle.future();
  }

  /** No message follows but the goodbye, after which the gateway closes: what left has arrived then. */
  void leave() {
    if (socket != null) {
      receipts.confirm(receipts.left());
    }
  }

  /** The session is gone for good: what waits or may be lost fails, and whatever comes. */
  void fail(Throwable cause) {
    hold();
    over = cause;
    receipts.fail(cause);
    while (!waiting.isEmpty()) {
      waiting.poll().sent.fail(cause);
    }
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
      timers.after(TICK_MS, () -> {
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
    write(new Receipts.Sent(text, message.sent), text);
    if (receipts.size() >= ASK_AT) {
      probe();
    } else {
      askLater();
    }
  }

  private void write(Receipts.Sent message, String text) {
    receipts.add(message);
    socket.write(text).onFailure(cause ->
      log.debug("a message did not leave, its socket closes: {}", cause.getMessage()));
  }

  private void becomeIdle() {
    if (idle != null) {
      idle.tryComplete();
    }
  }

  private void refill() {
    long now = timers.nowMs();
    tokens = Math.min(burst(), tokens + (now - refilledMs) / 1e3 * perSecond);
    refilledMs = now;
  }

  private double burst() {
    return Math.max(1, perSecond / 2.0);
  }

  private record Waiting(Supplier<String> text, Promise<Void> sent) { }
}
