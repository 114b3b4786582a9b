package io.aiconexus.retry;

import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * How chance spreads a delay, so that those who failed together do not come back together.
 * <p>
 * The names and formulas of {@code full}, {@code equal} and {@code decorrelated} are those of M. Brooker, "Exponential
 * Backoff And Jitter", AWS Architecture Blog, 2015.
 */
public enum Jitter {

  /** Evenly between the delay less {@code factor} of it and the delay plus {@code factor} of it. */
  PROPORTIONAL {
    @Override
    double spread(double delay, RetryPolicy policy, long previousMs, RandomGenerator random) {
      double most = Math.min(policy.maxDelay().toMillis(), delay * (1 + policy.jitterFactor()));
      return between(delay * (1 - policy.jitterFactor()), most, random);
    }
  },
  /** Evenly between nothing and the delay. */
  FULL {
    @Override
    double spread(double delay, RetryPolicy policy, long previousMs, RandomGenerator random) {
      return between(0, delay, random);
    }
  },
  /** Evenly between half the delay and the delay. */
  EQUAL {
    @Override
    double spread(double delay, RetryPolicy policy, long previousMs, RandomGenerator random) {
      return between(delay / 2, delay, random);
    }
  },
  /** Evenly between the initial delay and three times the wait before; the strategy does not count. */
  DECORRELATED {
    @Override
    double spread(double delay, RetryPolicy policy, long previousMs, RandomGenerator random) {
      double first = policy.initialDelay().toMillis();
      return between(first, Math.min(policy.maxDelay().toMillis(), 3 * Math.max(first, previousMs)), random);
    }
  };

  /**
   * The delay after chance had its say, in milliseconds; at most {@code policy.maxDelay()} when {@code delay} is.
   *
   * @param previousMs the wait before, 0 when there was none
   */
  abstract double spread(double delay, RetryPolicy policy, long previousMs, RandomGenerator random);

  /** The name in JSON, in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static double between(double least, double most, RandomGenerator random) {
    return least + (most - least) * random.nextDouble();
  }
}
