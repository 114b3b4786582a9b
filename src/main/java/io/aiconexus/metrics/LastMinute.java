package io.aiconexus.metrics;

import java.util.function.LongSupplier;

/** Counts what happened in the last 60 seconds, to the second. Belongs to one context. */
final class LastMinute {

  private static final int SECONDS = 60;

  private final LongSupplier seconds;
  private final long[] counts = new long[SECONDS];
  private long newest;

  /**
   * Nothing has happened yet.
   *
   * @param seconds a clock that only grows
   */
  LastMinute(LongSupplier seconds) {
    this.seconds = seconds;
    this.newest = seconds.getAsLong();
  }

  void add(long count) {
    forgetOld();
    counts[slot(newest)] += count;
  }

  long sum() {
    forgetOld();
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  private void forgetOld() {
    long now = seconds.getAsLong();
    for (long second = Math.max(newest + 1, now - SECONDS + 1); second <= now; second++) {
      counts[slot(second)] = 0;
    }
    newest = Math.max(newest, now);
  }

  private static int slot(long second) {
    return (int) Math.floorMod(second, (long) SECONDS);
  }
}
