package io.aiconexus.webrtc.sctp;

import java.util.Arrays;

/** When each timer of an association fires; one real timer below serves them all. */
final class Deadlines {

  /** "Not set", and what {@link #next()} says when nothing is. */
  static final long NEVER = Long.MAX_VALUE;

  /** The timers of RFC 9260 (T1, T2, T3, T5), and ours. */
  enum Timer { HANDSHAKE, RETRANSMIT, PROBE, SACK, RESET, SHUTDOWN, GUARD, HEARTBEAT }

  private final long[] at = new long[Timer.values().length];

  Deadlines() {
    Arrays.fill(at, NEVER);
  }

  void set(Timer timer, long nanos) {
    at[timer.ordinal()] = nanos;
  }

  void clear(Timer timer) {
    at[timer.ordinal()] = NEVER;
  }

  void clearAll() {
    Arrays.fill(at, NEVER);
  }

  boolean isSet(Timer timer) {
    return at[timer.ordinal()] != NEVER;
  }

  /** Whether the timer is due; clears it then, so that it fires once. */
  boolean fire(Timer timer, long now) {
    if (at[timer.ordinal()] > now) {
      return false;
    }
    clear(timer);
    return true;
  }

  long next() {
    long next = NEVER;
    for (long nanos : at) {
      next = Math.min(next, nanos);
    }
    return next;
  }
}
