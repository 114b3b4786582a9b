package io.aiconexus.peer;

import io.aiconexus.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Signed messages on their way to the gateway: in order, no faster than it allows, and held while there is no session.
 */
final class Outgoing {

  /** Messages that wait at most; a connect sends about six. */
  static final int WAITING_MAX = 10_000;

  private static final long TICK_MS = 10;

  private final Vertx vertx;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private SignalingDoor.Socket socket;
  private int perSecond;
  private double tokens;
  private long refilledNanos;
  private boolean ticking;

  Outgoing(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Sends {@code text} when its turn comes. */
  Future<Void> add(String text) {
    if (waiting.size() >= WAITING_MAX) {
      return Future.failedFuture(Failure.OVERLOADED.because(WAITING_MAX + " messages wait for the gateway already"));
    }
    Waiting message = new Waiting(text, Promise.promise());
    waiting.add(message);
    drain();
    return message.sent.future();
  }

  /** A session is there: what waits flows at up to that rate, with bursts of half a second's worth. */
  void flowThrough(SignalingDoor.Socket open, int messagesPerSecond) {
    socket = open;
    perSecond = messagesPerSecond;
    tokens = burst();
    refilledNanos = System.nanoTime();
    drain();
  }

  /** The session is lost: what waits is kept. */
  void hold() {
    socket = null;
  }

  /** The session is gone for good. */
  void fail(Throwable cause) {
    socket = null;
    waiting.forEach(message -> message.sent.fail(cause));
    waiting.clear();
  }

  private void drain() {
    refill();
    while (socket != null && !waiting.isEmpty() && tokens >= 1) {
      tokens--;
      Waiting next = waiting.poll();
      socket.write(next.text).onComplete(next.sent);
    }
    if (socket != null && !waiting.isEmpty() && !ticking) {
      ticking = true;
      vertx.setTimer(TICK_MS, now -> {
        ticking = false;
        drain();
      });
    }
  }

  private void refill() {
    long now = System.nanoTime();
    tokens = Math.min(burst(), tokens + (now - refilledNanos) / 1e9 * perSecond);
    refilledNanos = now;
  }

  private double burst() {
    return Math.max(1, perSecond / 2.0);
  }

  private record Waiting(String text, Promise<Void> sent) { }
}
