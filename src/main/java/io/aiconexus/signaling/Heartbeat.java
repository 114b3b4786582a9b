package io.aiconexus.signaling;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Pings one agent and notices when it no longer answers. Belongs to the session's context. */
final class Heartbeat {

  private static final int PONGS_MISSED = 2;

  private final SessionSocket socket;
  private final Outbox outbox;
  private final Duration every;
  private final LongSupplier nanos;
  private long pingedNanos;
  private int pongsMissed;

  /** The first ping is due after {@code every}; sooner when the outbox waits for a receipt. */
  Heartbeat(SessionSocket socket, Outbox outbox, Duration every, LongSupplier nanos) {
    this.socket = socket;
    this.outbox = outbox;
    this.every = every;
    this.nanos = nanos;
    this.pingedNanos = nanos.getAsLong();
  }

  /** Pings when it is time to; false when it is, and the agent has missed two pongs. */
  boolean beat() {
    long now = nanos.getAsLong();
    outbox.tick(now);
    if (now - pingedNanos < every.toNanos()) {
      return true;
    }
    pingedNanos = now;
    if (pongsMissed >= PONGS_MISSED) {
      return false;
    }
    pongsMissed++;
    socket.ping(outbox.handed());
    return true;
  }

  /** The agent answered the ping of that mark, and has what was written before. */
  void onPong(long mark) {
    pongsMissed = 0;
    outbox.confirmed(mark);
  }
}
