package io.aiconexus.webrtc.sctp;

/**
 * The retransmission timeout from measured round trips (RFC 9260 section 6.3, the formulas of RFC 6298). Nanoseconds.
 */
final class RtoEstimator {

  private final long min;
  private final long max;
  private long rto;
  private long smoothed;
  private long variation;
  private long shortest = Long.MAX_VALUE;

  RtoEstimator(long initial, long min, long max) {
    this.rto = initial;
    this.min = min;
    this.max = max;
  }

  /** Takes one round trip, of something that was sent only once (Karn's rule is the caller's). */
  void measured(long roundTrip) {
    long sample = Math.max(1, roundTrip);
    shortest = Math.min(shortest, sample);
    if (smoothed == 0) {
      smoothed = sample;
      variation = sample / 2;
    } else {
      variation += (Math.abs(smoothed - sample) - variation) / 4;
      smoothed += (sample - smoothed) / 8;
    }
    rto = Math.max(min, Math.min(max, smoothed + 4 * variation));
  }

  /** Doubles the timeout after it fired (rule E2). */
  void backOff() {
    rto = Math.min(max, 2 * rto);
  }

  /** The timeout now. */
  long rto() {
    return rto;
  }

  /** The smoothed round trip, or 0 before the first measurement. */
  long smoothed() {
    return smoothed;
  }

  /** The shortest round trip seen, or {@link Long#MAX_VALUE} before the first measurement. */
  long shortest() {
    return shortest;
  }
}
