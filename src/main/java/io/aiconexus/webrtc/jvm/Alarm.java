package io.aiconexus.webrtc.jvm;

import io.netty.channel.EventLoop;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The one timer of a connection, for all its protocols; on its loop.
 * <p>
 * A deadline that moves back leaves the timer as it is: it comes too early once and is set again. So traffic, which
 * moves deadlines back with every packet, costs no timer at all.
 */
final class Alarm {

  private final EventLoop loop;
  private final Runnable action;
  private Future<?> timer;
  private long due = Long.MAX_VALUE;

  Alarm(EventLoop loop, Runnable action) {
    this.loop = loop;
    this.action = action;
  }

  /** Wants to be called at that time of {@link System#nanoTime}; {@link Long#MAX_VALUE} for never. */
  void at(long deadline, long now) {
    if (deadline == Long.MAX_VALUE || timer != null && due - deadline <= 0) {
      return;
    }
    cancel();
    due = deadline;
    timer = loop.schedule(this::ring, Math.max(0, deadline - now), TimeUnit.NANOSECONDS);
  }

  void cancel() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void ring() {
    timer = null;
    action.run();
  }
}
