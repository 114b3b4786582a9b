package io.aiconexus.peer;

import io.vertx.core.Handler;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes a channel has taken and not sent yet, and who waits for room.
 * <p>
 * {@link #isFull}, {@link #enter} and the maximum are for any thread, the rest is for the channel's context. A drain is
 * due when somebody was told that it is full and the level has come down to half the maximum.
 */
final class Outflow {

  /** Bytes that may be on their way from other threads to the channel's context at most: 16 MiB. */
  static final long ENTERING_MAX = 16L << 20;

  private final AtomicLong entering = new AtomicLong();
  private volatile int max;
  private volatile long queued;
  private volatile boolean full;
  private Handler<Void> drainHandler;

  Outflow(int max) {
    this.max = max;
  }

  void max(int bytes) {
    max = bytes;
  }

  int max() {
    return max;
  }

  boolean isFull() {
    if (level() < max) {
      return false;
    }
    // Said before it is measured again: whoever makes room in between then sees that somebody waits.
    full = true;
    return level() >= max;
  }

  /** Counts bytes that are on their way to the context; false when there are too many. */
  boolean enter(int bytes) {
    if (entering.addAndGet(bytes) <= ENTERING_MAX) {
      return true;
    }
    entering.addAndGet(-bytes);
    return false;
  }

  /** They have reached the context. */
  void arrived(int bytes) {
    entering.addAndGet(-bytes);
  }

  /** What the engine holds now. */
  void queued(long bytes) {
    queued = bytes;
    full |= bytes >= max;
  }

  void drainHandler(Handler<Void> handler) {
    drainHandler = handler;
  }

  /** Who is to be told that there is room, once; null when nobody is or there is none. */
  Handler<Void> drained() {
    if (!full || drainHandler == null || level() > max / 2) {
      return null;
    }
    full = false;
    return drainHandler;
  }

  private long level() {
    return queued + entering.get();
  }
}
