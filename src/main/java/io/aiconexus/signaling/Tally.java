package io.aiconexus.signaling;

/** How many characters wait in all outboxes of one instance, against what may. Belongs to one context. */
final class Tally {

  private final long limit;
  private long sum;

  Tally(long limit) {
    this.limit = limit;
  }

  void add(long characters) {
    sum += characters;
  }

  /** Whether so many more would be too many. */
  boolean isFullFor(long characters) {
    return sum + characters > limit;
  }

  long sum() {
    return sum;
  }
}
