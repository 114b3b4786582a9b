package io.aiconexus.webrtc.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CongestionControlTest {

  private static final int MTU = 1_000;
  private static final long MS = 1_000_000;

  private final CongestionControl congestion = new CongestionControl(MTU, 1_000_000);

  private void acknowledgeWindows(int windows, long from) {
    acknowledgeWindows(windows, from, 40 * MS);
  }

  private void acknowledgeWindows(int windows, long from, long roundTrip) {
    long now = from;
    for (int i = 0; i < windows; i++) {
      now += roundTrip;
      for (int bytes = congestion.window(); bytes > 0; bytes -= 2 * MTU) {
        congestion.acknowledged(2 * MTU, now, roundTrip);
      }
    }
  }

  @Test
  void itBeginsWithTenPacketsAndDoublesEachRoundTrip() {
    assertThat(congestion.window()).isEqualTo(10 * MTU);
    acknowledgeWindows(3, 0);
    assertThat(congestion.window()).isEqualTo(80 * MTU);
  }

  @Test
  void oneSackDoesNotOpenItByMoreThanTwoPackets() {
    congestion.acknowledged(500 * MTU, 0, 40 * MS);
    assertThat(congestion.window()).isEqualTo(12 * MTU);
  }

  @Test
  void aLossTakesThirtyPercentAndTheWindowComesBackToWhereItWas() {
    acknowledgeWindows(3, 0);
    congestion.lost();
    assertThat(congestion.window()).isEqualTo(56 * MTU);
    // K = cbrt(80 * 0.3 / 0.4) = 3.9 s (RFC 9438 section 4.2): fast at first, flat around the old window, fast again
    acknowledgeWindows(10, 0, 200 * MS);
    assertThat(congestion.window()).isBetween(73 * MTU, 79 * MTU);
    acknowledgeWindows(10, 2_000 * MS, 200 * MS);
    assertThat(congestion.window()).isBetween(78 * MTU, 82 * MTU);
    acknowledgeWindows(20, 4_000 * MS, 200 * MS);
    assertThat(congestion.window()).isBetween(95 * MTU, 115 * MTU);
  }

  @Test
  void onShortPathsItComesBackAsFastAsNewReno() {
    acknowledgeWindows(3, 0);
    congestion.lost();
    // (80 - 56) / 0.53 = 45 round trips to the old window (RFC 9438 section 4.3), then one packet a round trip
    acknowledgeWindows(80, 0);
    assertThat(congestion.window()).isBetween(110 * MTU, 120 * MTU);
  }

  @Test
  void atSmallWindowsItGrowsLikeNewReno() {
    congestion.lost();
    assertThat(congestion.window()).isEqualTo(7 * MTU);
    acknowledgeWindows(20, 0);
    assertThat(congestion.window()).isGreaterThan(16 * MTU);
  }

  @Test
  void aTimeoutStartsAgainFromOnePacket() {
    acknowledgeWindows(3, 0);
    congestion.timedOut();
    assertThat(congestion.window()).isEqualTo(MTU);
    acknowledgeWindows(10, 0);
    assertThat(congestion.window()).as("slow start ends at 70 %%").isBetween(56 * MTU, 70 * MTU);
  }

  @Test
  void lossesNeverTakeItBelowFourPackets() {
    for (int i = 0; i < 10; i++) {
      congestion.lost();
    }
    assertThat(congestion.window()).isEqualTo(4 * MTU);
  }

  @Test
  void idlenessHalvesItPerTimeoutDownToTheBeginning() {
    acknowledgeWindows(4, 0);
    congestion.idle(1);
    assertThat(congestion.window()).isEqualTo(80 * MTU);
    congestion.idle(100);
    assertThat(congestion.window()).isEqualTo(10 * MTU);
  }

  @Test
  void itStopsAtTheLimit() {
    acknowledgeWindows(30, 0);
    assertThat(congestion.window()).isEqualTo(1_000_000);
  }
}
