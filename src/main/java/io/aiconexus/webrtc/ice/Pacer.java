package io.aiconexus.webrtc.ice;

/** Lets a few packets go at once and then one per interval: the pace of RFC 8445 section 14.2 as a token bucket. */
final class Pacer {
  private final long interval;
  private final long credit;
  private long next = Long.MIN_VALUE / 2;

  Pacer(IceSettings settings) {
    interval = settings.pace().toNanos();
    credit = (settings.burst() - 1) * interval;
  }

  boolean tryTake(long now) {
    if (now < readyAt()) {
      return false;
    }
    next = Math.max(next, now) + interval;
    return true;
  }

  long readyAt() {
    return next - credit;
  }
}
