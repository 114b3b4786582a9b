package io.aiconexus.cluster;

import io.vertx.core.Promise;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** A drain of one node that has begun. Belongs to the context of its verticle. */
final class Draining {

  private static final long NO_TIMER = -1;

  final Promise<Void> drained = Promise.promise();
  /** Looks whether everybody has left, until that is so or the deadline is over. */
  long timer = NO_TIMER;
  private Instant deadline;
  private long deadlineNanos;

  void until(long millis) {
    deadline = Instant.now().plusMillis(millis);
    deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** Whether nothing is waited for any longer. */
  boolean isOver() {
    return drained.future().isComplete();
  }

  Instant deadline() {
    return deadline;
  }

  /** Milliseconds until the deadline, 0 when it is over. */
  long leftMs() {
    return Math.max(0, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime()));
  }
}
