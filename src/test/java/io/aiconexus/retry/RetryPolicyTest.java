package io.aiconexus.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.aiconexus.config.ConfigurationException;
import io.aiconexus.config.Section;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {

  private static final int DRAWS = 20_000;
  private final RandomGenerator random = new Random(7);

  @Test
  void exponentialDelaysDoubleUpToTheMaximum() {
    RetryPolicy policy = policy("{'jitter_factor':0,'max_delay_ms':10000}");

    assertThat(delays(policy, 6)).containsExactly(1_000L, 2_000L, 4_000L, 8_000L, 10_000L, 10_000L);
  }

  @Test
  void linearDelaysGrowByTheIncrement() {
    RetryPolicy policy = policy("{'strategy':'linear','increment_ms':500,'jitter_factor':0,'max_delay_ms':2200}");

    assertThat(delays(policy, 5)).containsExactly(1_000L, 1_500L, 2_000L, 2_200L, 2_200L);
  }

  @Test
  void fixedDelaysStayAsTheyAre() {
    assertThat(delays(policy("{'strategy':'fixed','jitter_factor':0}"), 3)).containsExactly(1_000L, 1_000L, 1_000L);
  }

  @Test
  void noRetryFollowsTheLastOne() {
    RetryPolicy policy = policy("{'max_retries':2}");

    assertThat(policy.delayMs(2, 0, random)).isPresent();
    assertThat(policy.delayMs(3, 0, random)).isEmpty();
    assertThat(policy("{'max_retries':0}").delayMs(1, 0, random)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(RetryPolicy.Strategy.class)
  void noAttemptNumberOverflows(RetryPolicy.Strategy strategy) {
    for (Jitter jitter : Jitter.values()) {
      RetryPolicy policy = policy("{'max_retries':2147483647,'multiplier':100,'initial_delay_ms':86400000,"
        + "'max_delay_ms':86400000,'increment_ms':86400000,'strategy':'" + strategy + "','jitter':'" + jitter + "'}");
      for (int retry : new int[] {1, 2, 31, 32, 61, 62, 63, 64, 65, 1_000, 1_000_000, Integer.MAX_VALUE}) {
        assertThat(policy.delayMs(retry, Long.MAX_VALUE, random).orElseThrow()).as("%s %s", jitter, retry)
          .isBetween(0L, 86_400_000L);
      }
      assertThat(mean(policy, Integer.MAX_VALUE)).as("%s", jitter).isGreaterThan(40_000_000);
    }
  }

  @Test
  void proportionalJitterIsEvenAroundTheDelay() {
    assertEven(policy("{'jitter_factor':0.5}"), 2, 0, 1_000, 3_000);
  }

  @Test
  void proportionalJitterAtTheMaximumStaysUnderItWithoutPilingUpThere() {
    assertEven(policy("{'jitter_factor':0.5,'max_retries':30}"), 30, 0, 30_000, 60_000);
  }

  @Test
  void fullJitterIsEvenFromNothingToTheDelay() {
    assertEven(policy("{'jitter':'full'}"), 4, 0, 0, 8_000);
  }

  @Test
  void equalJitterIsEvenOverTheUpperHalf() {
    assertEven(policy("{'jitter':'equal'}"), 4, 0, 4_000, 8_000);
  }

  @Test
  void decorrelatedJitterGoesUpToThreeTimesTheDelayBefore() {
    RetryPolicy policy = policy("{'jitter':'decorrelated'}");

    assertEven(policy, 1, 0, 1_000, 3_000);
    assertEven(policy, 2, 5_000, 1_000, 15_000);
    assertEven(policy, 9, 59_000, 1_000, 60_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "'max_retries':-1", "'max_retries':2147483648", "'max_retries':1.5", "'initial_delay_ms':0", "'initial_delay_ms':-5",
    "'initial_delay_ms':86400001", "'max_delay_ms':999", "'max_delay_ms':9223372036854775807", "'multiplier':0.99",
    "'multiplier':101", "'multiplier':-2", "'increment_ms':-1", "'jitter_factor':-0.1", "'jitter_factor':1.1",
    "'max_elapsed_ms':-1", "'max_elapsed_ms':31536000001", "'attempt_timeout_ms':-1", "'attempt_timeout_ms':3600001",
    "'strategy':'quadratic'", "'strategy':7", "'jitter':'some'", "'jitter':'FULL'", "'retries':3"})
  void absurdValuesAreRefusedByName(String setting) {
    String key = setting.substring(1, setting.indexOf(':') - 1);

    assertThatThrownBy(() -> policy("{" + setting + "}")).isInstanceOf(ConfigurationException.class)
      .hasMessageContaining("retry.policy." + key);
  }

  @Test
  void numbersThatAreNoneAreRefused() {
    RetryPolicy it = RetryPolicy.DEFAULTS;

    assertThatThrownBy(() -> new RetryPolicy(1, it.initialDelay(), it.maxDelay(), Double.NaN, it.increment(),
      it.strategy(), it.jitter(), 0, it.maxElapsed(), it.attemptTimeout())).hasMessageContaining("multiplier");
    assertThatThrownBy(() -> it.delayMs(0, 0, random)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatACommandLeavesOutIsAsInThePolicyOfTheNode() {
    RetryPolicy node = policy("{'max_retries':3,'jitter':'full'}");

    RetryPolicy asked = RetryPolicy.from(Section.of("policy", new JsonObject().put("max_delay_ms", 5_000)), node);

    assertThat(asked.maxRetries()).isEqualTo(3);
    assertThat(asked.jitter()).isEqualTo(Jitter.FULL);
    assertThat(asked.maxDelay()).hasMillis(5_000);
  }

  /** Draws fill the whole range and every tenth of it alike, within what chance explains (five standard deviations). */
  private void assertEven(RetryPolicy policy, int retry, long previousMs, long least, long most) {
    long[] drawn = IntStream.range(0, DRAWS).mapToLong(n -> policy.delayMs(retry, previousMs, random).orElseThrow())
      .toArray();
    int[] tenths = new int[10];
    for (long delay : drawn) {
      assertThat(delay).isBetween(least, most);
      tenths[(int) Math.min(9, (delay - least) * 10 / (most - least))]++;
    }
    double deviation = Math.sqrt(DRAWS * 0.1 * 0.9);
    assertThat(tenths).satisfies(all -> Arrays.stream(all).forEach(count ->
      assertThat((double) count).isCloseTo(DRAWS / 10.0, within(5 * deviation))));
  }

  private double mean(RetryPolicy policy, int retry) {
    return IntStream.range(0, 1_000).mapToLong(n -> policy.delayMs(retry, 86_400_000, random).orElseThrow()).average()
      .orElseThrow();
  }

  private List<Long> delays(RetryPolicy policy, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(retry -> policy.delayMs(retry, 0, random).orElseThrow()).toList();
  }

  static RetryPolicy policy(String json) {
    return RetryPolicy.from(Section.of("retry.policy", new JsonObject(json.replace('\'', '"'))));
  }
}
