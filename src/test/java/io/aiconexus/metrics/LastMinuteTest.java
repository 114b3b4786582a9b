package io.aiconexus.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LastMinuteTest {

  private final AtomicLong seconds = new AtomicLong(1_000);
  private final LastMinute minute = new LastMinute(seconds::get);

  @Test
  void whatHappenedCountsForSixtySeconds() {
    minute.add(3);
    seconds.addAndGet(59);
    assertThat(minute.sum()).isEqualTo(3);

    seconds.addAndGet(1);
    assertThat(minute.sum()).isZero();
  }

  @Test
  void theWindowSlidesSecondBySecond() {
    for (int second = 0; second < 300; second++) {
      minute.add(1);
      assertThat(minute.sum()).isEqualTo(Math.min(60, second + 1));
      seconds.incrementAndGet();
    }
  }

  @Test
  void aLongSilenceForgetsEverything() {
    minute.add(5);
    seconds.addAndGet(1_000_000_000L);
    assertThat(minute.sum()).isZero();
    minute.add(2);
    assertThat(minute.sum()).isEqualTo(2);
  }
}
