package io.aiconexus.signaling;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Pings one agent and notices when it no longer answers. Belongs to the session's context. */
final class Heartbeat {

  private static final int PONGS_MISSED = 2;

  private final SessionSocket socket;
  private final Duration every;
  private final LongSupplier nanos;
  private long pingedNanos;
  private int pongsMissed;

  /** The first ping is due after {@code every}. */
  Heartbeat(SessionSocket socket, Duration every, LongSupplier nanos) {
    this.socket = socket;
    this.every = every;
    this.nanos = nanos;
    this.pingedNanos = nanos.getAsLong();
  }

  /** Pings when it is time to; false when it is, and the agent has missed two pongs. */
  boolean beat() {
    long now = nanos.getAsLong();
    if (now - pingedNanos < every.toNanos()) {
      return true;
    }
    pingedNanos = now;
    if (pongsMissed >= PONGS_MISSED) {
      return false;
    }
    pongsMissed++;
    socket.ping();
    return true;
  }

  /** The agent answered. */
  void onPong() {
    pongsMissed = 0;
  }
}
