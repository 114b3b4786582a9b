package io.aiconexus.retry;

import static io.aiconexus.config.Section.check;

import io.aiconexus.config.ConfigurationException;
import io.aiconexus.config.Section;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * How often, and after which delays, something that failed is tried again.
 * <p>
 * Pure: a retry's number and a source of chance in, a delay or the end out.
 *
 * @param maxRetries retries before giving up, the first attempt not counted; 0 to 2,147,483,647, 10 by default
 * @param initialDelay the delay before the first retry; 1 ms to 1 day, 1 s by default
 * @param maxDelay no delay is longer, jitter included; {@code initialDelay} to 1 day, 60 s by default
 * @param multiplier what {@link Strategy#EXPONENTIAL} multiplies by from retry to retry; 1 to 100, 2 by default
 * @param increment what {@link Strategy#LINEAR} adds from retry to retry; 0 to 1 day, 1 s by default
 * @param strategy how delays grow, exponentially by default
 * @param jitter how chance spreads them, proportionally by default
 * @param jitterFactor how far {@link Jitter#PROPORTIONAL} goes up and down; 0 (not at all) to 1, 0.2 by default
 * @param maxElapsed how long everything may take, from the first attempt on; 0 (no limit, the default) to 365 days
 * @param attemptTimeout how long one attempt may take; 0 (no limit) to 1 h, 30 s by default
 */
public record RetryPolicy(int maxRetries, Duration initialDelay, Duration maxDelay, double multiplier,
                          Duration increment, Strategy strategy, Jitter jitter, double jitterFactor,
                          Duration maxElapsed, Duration attemptTimeout) {

  /** How delays grow from retry to retry, before jitter. */
  public enum Strategy {
    /** Multiplied each time. */
    EXPONENTIAL,
    /** Longer by the increment each time. */
    LINEAR,
    /** Always the initial delay. */
    FIXED;

    /** The name in JSON, in lower case. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What {@code conf/aiconexus.json} has. */
  public static final RetryPolicy DEFAULTS = new RetryPolicy(10, Duration.ofSeconds(1), Duration.ofSeconds(60), 2,
    Duration.ofSeconds(1), Strategy.EXPONENTIAL, Jitter.PROPORTIONAL, 0.2, Duration.ZERO, Duration.ofSeconds(30));

  private static final String PREFIX = "retry.policy.";
  private static final long HOUR_MS = 3_600_000;
  private static final long DAY_MS = 86_400_000;

  /** Checks every range. */
  public RetryPolicy {
    check(maxRetries >= 0, PREFIX + "max_retries", "0 to " + Integer.MAX_VALUE, maxRetries);
    checkMillis("initial_delay_ms", initialDelay, 1, DAY_MS);
    checkMillis("max_delay_ms", maxDelay, initialDelay.toMillis(), DAY_MS);
    check(multiplier >= 1 && multiplier <= 100, PREFIX + "multiplier", "1 to 100", multiplier);
    checkMillis("increment_ms", increment, 0, DAY_MS);
    check(jitterFactor >= 0 && jitterFactor <= 1, PREFIX + "jitter_factor", "0 to 1", jitterFactor);
    checkMillis("max_elapsed_ms", maxElapsed, 0, 365 * DAY_MS);
    checkMillis("attempt_timeout_ms", attemptTimeout, 0, HOUR_MS);
  }

  /** Reads a policy; what is absent keeps its default, what is unknown is refused. */
  public static RetryPolicy from(Section section) {
    return from(section, DEFAULTS);
  }

  /** Reads a policy; what is absent is as in {@code otherwise}, what is unknown is refused. */
  public static RetryPolicy from(Section section, RetryPolicy otherwise) {
    RetryPolicy policy = new RetryPolicy(
      section.integer("max_retries", otherwise.maxRetries),
      section.millis("initial_delay_ms", otherwise.initialDelay),
      section.millis("max_delay_ms", otherwise.maxDelay),
      section.decimal("multiplier", otherwise.multiplier),
      section.millis("increment_ms", otherwise.increment),
      named("strategy", Strategy.values(), section.string("strategy", otherwise.strategy.toString())),
      named("jitter", Jitter.values(), section.string("jitter", otherwise.jitter.toString())),
      section.decimal("jitter_factor", otherwise.jitterFactor),
      section.millis("max_elapsed_ms", otherwise.maxElapsed),
      section.millis("attempt_timeout_ms", otherwise.attemptTimeout));
    section.end();
    return policy;
  }

  /** The same with another limit for everything. */
  public RetryPolicy withMaxElapsed(Duration other) {
    return new RetryPolicy(maxRetries, initialDelay, maxDelay, multiplier, increment, strategy, jitter, jitterFactor,
      other, attemptTimeout);
  }

  /** The same with another limit for one attempt. */
  public RetryPolicy withAttemptTimeout(Duration other) {
    return new RetryPolicy(maxRetries, initialDelay, maxDelay, multiplier, increment, strategy, jitter, jitterFactor,
      maxElapsed, other);
  }

  /**
   * The delay before a retry, in milliseconds; empty when that retry is one too many.
   *
   * @param retry 1 for the first retry
   * @param previousMs the delay before the retry before, or 0; only {@link Jitter#DECORRELATED} looks at it
   * @throws IllegalArgumentException when {@code retry} is less than 1
   */
  public OptionalLong delayMs(int retry, long previousMs, RandomGenerator random) {
    if (retry < 1) {
      throw new IllegalArgumentException("retry must be 1 or more, was " + retry);
    }
    if (retry > maxRetries) {
      return OptionalLong.empty();
    }
    return OptionalLong.of((long) jitter.spread(plainDelayMs(retry), this, previousMs, random));
  }

  /** Before jitter; the cap is applied to the floating-point power, which becomes infinite where a long overflows. */
  private double plainDelayMs(int retry) {
    double first = initialDelay.toMillis();
    double grown = switch (strategy) {
      case EXPONENTIAL -> first * Math.pow(multiplier, retry - 1);
      case LINEAR -> first + (double) increment.toMillis() * (retry - 1);
      case FIXED -> first;
    };
    return Math.min(maxDelay.toMillis(), grown);
  }

  private static <E extends Enum<E>> E named(String key, E[] values, String name) {
    String names = String.join(", ", Arrays.stream(values).map(E::toString).toList());
    return Arrays.stream(values).filter(value -> value.toString().equals(name)).findFirst().orElseThrow(() ->
      new ConfigurationException(PREFIX + key + " must be one of " + names + ", was " + name));
  }

  private static void checkMillis(String key, Duration value, long min, long max) {
    boolean holds = value.compareTo(Duration.ofMillis(min)) >= 0 && value.compareTo(Duration.ofMillis(max)) <= 0;
    check(holds, PREFIX + key, min + " to " + max + " ms", value);
  }
}
