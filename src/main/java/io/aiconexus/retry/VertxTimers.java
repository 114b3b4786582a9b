package io.aiconexus.retry;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/** The timers of a Vert.x context. */
public final class VertxTimers implements Timers {

  private final Vertx vertx;
  private final Context context;
  private final long originNanos = System.nanoTime();

  /** The timers of the context that the caller is on, or of a new one when it is on none. */
  public VertxTimers(Vertx vertx) {
    this(vertx, vertx.getOrCreateContext());
  }

  /** The timers of that context. */
  public VertxTimers(Vertx vertx, Context context) {
    this.vertx = vertx;
    this.context = context;
  }

  @Override
  public long nowMs() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - originNanos);
  }

  /** {@inheritDoc} Call it from there too: Vert.x runs a timer where it was set. */
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
    context.runOnContext(now -> task.run());
  }
}
