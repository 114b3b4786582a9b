package io.aiconexus.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Agents that lose their gateway at the same moment, and get it back. */
@Timeout(240)
class GatewayRestartTest {

  @Test
  void allAgentsOfAKilledGatewayComeBackSpreadOutAndNoRequestIsLostInSilence() throws Exception {
    outliveARestart(100, 10);
  }

  @Tag("long")
  @Test
  void fiveHundredAgentsOfAKilledGatewayDoSoToo() throws Exception {
    outliveARestart(500, 50);
  }

  private static void outliveARestart(int agents, int askers) throws Exception {
    try (Crowd crowd = new Crowd()) {
      Crowd.Outcome outcome = crowd.outliveARestart(agents, askers);

      System.out.println(outcome);
      assertThat(outcome.backMs()).hasSize(agents);
      assertThat(outcome.silent()).as("requests that got no answer").isZero();
      assertThat(outcome.twice()).as("requests that were done twice").isZero();
      assertThat(outcome.backMs().stream().map(ms -> ms / 100).distinct().count())
        .as("tenths of a second in which some came back").isGreaterThan(2);
    }
  }
}
