package io.aiconexus.signaling;

import java.util.function.LongSupplier;

/** A token bucket: so many a second, so many at once. Belongs to one context. */
final class RateLimit {

  private static final long SECOND = 1_000_000_000;

  private final LongSupplier nanos;
  private final long nanosPerToken;
  private final long capacityNanos;
  /** The instant at which the bucket is, or was, full. */
  private long fullAt;

  /**
   * A full bucket.
   *
   * @param perSecond tokens that flow in, 1 or more
   * @param burst tokens that it holds, 1 or more
   * @param nanos the clock
   */
  RateLimit(int perSecond, int burst, LongSupplier nanos) {
    this.nanos = nanos;
    this.nanosPerToken = Math.max(1, SECOND / perSecond);
    this.capacityNanos = nanosPerToken * burst;
    this.fullAt = nanos.getAsLong();
  }

  /** Takes one token if there is one. */
  boolean tryTake() {
    long now = nanos.getAsLong();
    long start = fullAt - now > 0 ? fullAt : now;
    if (start + nanosPerToken - now > capacityNanos) {
      return false;
    }
    fullAt = start + nanosPerToken;
    return true;
  }

  /** Milliseconds until there is a token again, rounded up; 0 when there is one. */
  long retryAfterMillis() {
    long missing = fullAt + nanosPerToken - capacityNanos - nanos.getAsLong();
    return missing <= 0 ? 0 : (missing + 999_999) / 1_000_000;
  }
}
