package io.aiconexus.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrioritiesTest {

  @Test
  void candidatesRankByTypeThenPreference() {
    assertThat(Priorities.candidate(CandidateType.HOST, 65_535)).isEqualTo(2_130_706_431L);
    assertThat(Priorities.candidate(CandidateType.SERVER_REFLEXIVE, 65_535)).isEqualTo(1_694_498_815L);
    assertThat(Priorities.candidate(CandidateType.PEER_REFLEXIVE, 65_535)).isEqualTo(1_862_270_975L);
    assertThat(Priorities.candidate(CandidateType.RELAYED, 0)).isEqualTo(255);
  }

  @Test
  void aPairRanksTheSameForBothEnds() {
    long high = Priorities.candidate(CandidateType.HOST, 65_535);
    long low = Priorities.candidate(CandidateType.RELAYED, 1);

    assertThat(Priorities.pair(high, low)).isEqualTo((low << 32) + 2 * high + 1).isPositive();
    assertThat(Priorities.pair(low, high)).isEqualTo((low << 32) + 2 * high);
    assertThat(Priorities.pair(high, high)).isEqualTo((high << 32) + 2 * high).isPositive();
  }
}
