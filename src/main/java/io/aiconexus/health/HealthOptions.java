package io.aiconexus.health;

import static io.aiconexus.config.Section.check;

import io.aiconexus.config.Section;
import java.time.Duration;

/**
 * How often a node looks after itself and what it puts up with; the {@code health} object of the configuration.
 *
 * @param interval from one look to the next, 100 ms to 1 h; 5 s by default
 * @param timeout how long a check may take, 10 ms to 1 min; 2 s by default
 * @param failures looks in a row that must be worse before the verdict is, 1 to 100; 2 by default
 * @param successes looks in a row that must be better before the verdict is, 1 to 100; 2 by default
 * @param memory percent of the heap after a collection, or of the container's limit; 85 and 95 by default
 * @param disk percent of the disk with the working directory; 90 and 98 by default
 * @param descriptors percent of the file descriptors that the process may open; 80 and 95 by default
 * @param loopDelay milliseconds that an event loop is late; 500 and 5000 by default
 * @param liveDelay how long an event loop may stand still until the process counts as dead, 1 s to 1 h; 10 s by default
 */
public record HealthOptions(Duration interval, Duration timeout, int failures, int successes, Limits memory,
                            Limits disk, Limits descriptors, Limits loopDelay, Duration liveDelay) {

  /** What {@code conf/aiconexus.json} has. */
  public static final HealthOptions DEFAULTS = new HealthOptions(Duration.ofSeconds(5), Duration.ofSeconds(2), 2, 2,
    new Limits(85, 95), new Limits(90, 98), new Limits(80, 95), new Limits(500, 5_000), Duration.ofSeconds(10));

  private static final long MINUTE_MS = 60_000;
  private static final long HOUR_MS = 3_600_000;

  /** Checks every range. */
  public HealthOptions {
    checkRange("health.interval_ms", interval.toMillis(), 100, HOUR_MS);
    checkRange("health.timeout_ms", timeout.toMillis(), 10, MINUTE_MS);
    checkRange("health.failures", failures, 1, 100);
    checkRange("health.successes", successes, 1, 100);
    checkLimits("health.memory_%s_percent", memory, 100);
    checkLimits("health.disk_%s_percent", disk, 100);
    checkLimits("health.descriptors_%s_percent", descriptors, 100);
    checkLimits("health.loop_delay_%s_ms", loopDelay, HOUR_MS);
    checkRange("health.live_delay_ms", liveDelay.toMillis(), 1_000, HOUR_MS);
  }

  /** Reads the {@code health} object; what is absent keeps its default, what is unknown is refused. */
  public static HealthOptions from(Section section) {
    HealthOptions options = new HealthOptions(
      section.millis("interval_ms", DEFAULTS.interval),
      section.millis("timeout_ms", DEFAULTS.timeout),
      section.integer("failures", DEFAULTS.failures),
      section.integer("successes", DEFAULTS.successes),
      limits(section, "memory_%s_percent", DEFAULTS.memory),
      limits(section, "disk_%s_percent", DEFAULTS.disk),
      limits(section, "descriptors_%s_percent", DEFAULTS.descriptors),
      limits(section, "loop_delay_%s_ms", DEFAULTS.loopDelay),
      section.millis("live_delay_ms", DEFAULTS.liveDelay));
    section.end();
    return options;
  }

  private static Limits limits(Section section, String key, Limits otherwise) {
    return new Limits(section.integer(key.formatted("degraded"), otherwise.degraded),
      section.integer(key.formatted("unhealthy"), otherwise.unhealthy));
  }

  private static void checkLimits(String key, Limits limits, long max) {
    checkRange(key.formatted("degraded"), limits.degraded, 1, max);
    checkRange(key.formatted("unhealthy"), limits.unhealthy, limits.degraded, max);
  }

  private static void checkRange(String key, long value, long min, long max) {
    check(value >= min && value <= max, key, min + " to " + max, value);
  }

  /**
   * The first values that are too much.
   *
   * @param degraded from here on somebody should look
   * @param unhealthy from here on it does not work; at least {@code degraded}
   */
  public record Limits(int degraded, int unhealthy) { }
}
