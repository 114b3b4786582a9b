package io.aiconexus.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {

  private long now = Long.MAX_VALUE - 5;

  @Test
  void aFullBucketGivesItsBurstAtOnceAndNoMore() {
    RateLimit limit = new RateLimit(10, 5, () -> now);

    assertThat(take(limit, 100)).isEqualTo(5);
  }

  @Test
  void tokensFlowInAtTheRate() {
    RateLimit limit = new RateLimit(10, 5, () -> now);
    take(limit, 5);

    assertThat(limit.retryAfterMillis()).isEqualTo(100);
    pass(Duration.ofMillis(99));
    assertThat(limit.tryTake()).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(limit.tryTake()).isTrue();
    assertThat(limit.tryTake()).isFalse();
  }

  @Test
  void aLongRestFillsTheBucketAndNothingBeyond() {
    RateLimit limit = new RateLimit(10, 5, () -> now);
    take(limit, 5);

    pass(Duration.ofDays(300));

    assertThat(take(limit, 100)).isEqualTo(5);
    assertThat(limit.retryAfterMillis()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 200, 1_000_000})
  void overALongTimeTheRateIsKept(int perSecond) {
    RateLimit limit = new RateLimit(perSecond, 1, () -> now);
    int taken = 0;
    int steps = perSecond * 20 / 10;
    for (int i = 0; i < steps * 10; i++) {
      pass(Duration.ofNanos(1_000_000_000L / perSecond / 10));
      taken += limit.tryTake() ? 1 : 0;
    }

    assertThat(taken).isBetween(steps - 1, steps + 1);
  }

  private int take(RateLimit limit, int tries) {
    int taken = 0;
    for (int i = 0; i < tries; i++) {
      taken += limit.tryTake() ? 1 : 0;
    }
    return taken;
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
