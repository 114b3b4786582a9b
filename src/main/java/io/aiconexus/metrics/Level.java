package io.aiconexus.metrics;

/** What a gauge shows: set on one event loop, read by whoever scrapes. */
final class Level {

  private volatile double value;

  void set(double now) {
    value = now;
  }

  double value() {
    return value;
  }
}
