package io.aiconexus.status;

import io.vertx.core.json.JsonArray;
import java.util.function.LongSupplier;

/** What was counted in each of the last 60 seconds that are over. Belongs to one context. */
final class Course {

  private static final int SECONDS = 60;
  /** One more than is shown: the present second is not over. */
  private static final int SLOTS = SECONDS + 1;
  private static final int RATE_SECONDS = 10;

  private final LongSupplier seconds;
  private final long[] counts = new long[SLOTS];
  private long newest;

  Course(LongSupplier seconds) {
    this.seconds = seconds;
    this.newest = seconds.getAsLong();
  }

  void add(long count) {
    forgetOld();
    counts[slot(newest)] += count;
  }

  /** A second, on average of the last ten. */
  double rate() {
    forgetOld();
    long sum = 0;
    for (int ago = 1; ago <= RATE_SECONDS; ago++) {
      sum += counts[slot(newest - ago)];
    }
    return sum / (double) RATE_SECONDS;
  }

  /** Second by second, the oldest first. */
  JsonArray toJson() {
    forgetOld();
    JsonArray course = new JsonArray();
    for (int ago = SECONDS; ago >= 1; ago--) {
      course.add(counts[slot(newest - ago)]);
    }
    return course;
  }

  private void forgetOld() {
    long now = seconds.getAsLong();
    for (long second = Math.max(newest + 1, now - SECONDS); second <= now; second++) {
      counts[slot(second)] = 0;
    }
    newest = Math.max(newest, now);
  }

  private static int slot(long second) {
    return (int) Math.floorMod(second, (long) SLOTS);
  }
}
