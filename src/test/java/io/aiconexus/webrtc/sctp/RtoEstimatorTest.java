package io.aiconexus.webrtc.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtoEstimatorTest {

  private static final long MS = 1_000_000;

  private final RtoEstimator rto = new RtoEstimator(1_000 * MS, 50 * MS, 4_000 * MS);

  /** The first sample gives SRTT = R, RTTVAR = R/2, RTO = SRTT + 4 RTTVAR (RFC 9260 section 6.3.1 C2). */
  @ParameterizedTest
  @CsvSource({"100, 300", "1, 50", "10, 50", "20, 60", "3000, 4000"})
  void theFirstMeasurementTriples(long sample, long expected) {
    rto.measured(sample * MS);
    assertThat(rto.rto()).isEqualTo(expected * MS);
  }

  @Test
  void laterMeasurementsMoveByAnEighthAndAQuarter() {
    rto.measured(100 * MS);
    rto.measured(200 * MS);
    assertThat(rto.smoothed()).isEqualTo(112_500_000);
    assertThat(rto.rto()).isEqualTo(112_500_000 + 4 * 62_500_000);
  }

  @Test
  void theSmoothedTripIsSubtractedBeforeItMoves() {
    rto.measured(100 * MS);
    for (int i = 0; i < 100; i++) {
      rto.measured(100 * MS);
    }
    assertThat(rto.rto()).isBetween(100 * MS, 101 * MS);
    assertThat(rto.shortest()).isEqualTo(100 * MS);
  }

  @Test
  void everyTimeoutDoublesUpToTheLongest() {
    rto.backOff();
    assertThat(rto.rto()).isEqualTo(2_000 * MS);
    rto.backOff();
    rto.backOff();
    assertThat(rto.rto()).isEqualTo(4_000 * MS);
  }
}
