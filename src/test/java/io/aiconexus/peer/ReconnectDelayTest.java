package io.aiconexus.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What {@link FlowUnitsTest} does not say of the delay. */
class ReconnectDelayTest {

  @Test
  void delaysDoubleAndAreSpreadOverTheirWholeLength() {
    ReconnectDelay longest = new ReconnectDelay(500, 30_000, () -> 0.999999);
    ReconnectDelay half = new ReconnectDelay(500, 30_000, () -> 0.5);
    ReconnectDelay none = new ReconnectDelay(500, 30_000, () -> 0);

    for (long cap : new long[] {500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000}) {
      assertThat(longest.next(null)).isEqualTo(cap - 1);
      assertThat(half.next(null)).isEqualTo(cap / 2);
      assertThat(none.next(null)).isZero();
    }
  }
}
