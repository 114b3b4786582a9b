package io.aiconexus.peer;

import io.aiconexus.retry.Timers;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/** Time and timers on the context that a signaling client belongs to. */
record ClientTimers(Vertx vertx) implements Timers {

  @Override
  public long nowMs() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  @Override
  public long after(long delayMs, Runnable action) {
    return vertx.setTimer(Math.max(1, delayMs), now -> action.run());
  }

  @Override
  public void cancel(long timer) {
    vertx.cancelTimer(timer);
  }

  @Override
  public void execute(Runnable task) {
    vertx.runOnContext(now -> task.run());
  }
}
