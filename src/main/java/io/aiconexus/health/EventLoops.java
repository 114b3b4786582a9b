package io.aiconexus.health;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The pulse of every event loop: each writes the time four times a second, and anyone may read who has fallen silent.
 * <p>
 * Vert.x has no public way to its event loops; its own health checks go the same way. Any thread.
 */
final class EventLoops {

  private static final long BEAT_MS = 250;

  private final AtomicLongArray beats;
  private final List<ScheduledFuture<?>> pulses = new ArrayList<>();

  EventLoops(Vertx vertx) {
    List<EventExecutor> loops = new ArrayList<>();
    ((VertxInternal) vertx).nettyEventLoopGroup().forEach(loops::add);
    beats = new AtomicLongArray(loops.size());
    for (int i = 0; i < loops.size(); i++) {
      int loop = i;
      beats.set(loop, System.nanoTime());
      pulses.add(loops.get(i).scheduleAtFixedRate(() -> beats.set(loop, System.nanoTime()), 0, BEAT_MS,
        TimeUnit.MILLISECONDS));
    }
  }

  int count() {
    return beats.length();
  }

  /** How late the latest event loop is, in milliseconds. */
  long delayMs() {
    long now = System.nanoTime();
    long silent = 0;
    for (int i = 0; i < beats.length(); i++) {
      silent = Math.max(silent, now - beats.get(i));
    }
    return Math.max(0, TimeUnit.NANOSECONDS.toMillis(silent) - BEAT_MS);
  }

  void stop() {
    pulses.forEach(pulse -> pulse.cancel(false));
  }
}
