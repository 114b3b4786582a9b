package io.aiconexus.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A supervised link between machines of a network that breaks in the ways that networks do. */
@Timeout(240)
class RealTroubleTest {

  @BeforeEach
  void needsNamespaces() {
    Network.assumeItCanBeMade();
  }

  @ParameterizedTest
  @ValueSource(strings = "jvm")
  void aLinkOutlivesItsGatewaysKillAndIsRebuiltThroughTheNextOne(String engine) {
    outlivesTheKill(engine);
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(strings = "native")
  void aNativeLinkOutlivesItsGatewaysKillToo(String engine) {
    outlivesTheKill(engine);
  }

  private static void outlivesTheKill(String engine) {
    try (SupervisedPair pair = new SupervisedPair(engine)) {
      pair.supervise();
      pair.gateway.kill();
      pair.near.line("signaling_lost ");
      pair.assertEchoes();

      pair.drop();
      pair.next("attempt");
      pair.startGateway();
      pair.next("recovered");
      pair.assertEchoes();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = "jvm")
  void aLinkComesBackWhenItsMachineGetsAnotherAddress(String engine) {
    comesBackAfter(pair -> pair.nearMachine.moveTo(102), engine);
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(strings = "native")
  void aNativeLinkComesBackFromAnotherAddressToo(String engine) {
    comesBackAfter(pair -> pair.nearMachine.moveTo(102), engine);
  }

  private static void comesBackAfter(Consumer<SupervisedPair> trouble, String engine) {
    comesBackAfter(trouble, new SupervisedPair(engine));
  }

  private static void comesBackAfter(Consumer<SupervisedPair> trouble, SupervisedPair made) {
    try (SupervisedPair pair = made) {
      pair.supervise();
      pair.assertEchoes();

      trouble.accept(pair);
      pair.next("recovered");
      pair.assertEchoes();
    }
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  void aLinkComesBackWhenTheFarMachineGetsAnotherAddress(String engine) {
    comesBackAfter(pair -> pair.farMachine.moveTo(103), engine);
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  void aLinkComesBackWhenUdpIsLetThroughAgain(String engine) {
    comesBackAfter(pair -> {
      pair.nearMachine.blockUdp();
      pair.next("attempt");
      pair.nearMachine.unblock();
    }, engine);
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  void aLinkIsTriedAsLongAsUdpIsBlockedAndComesUpAfterwards(String engine) {
    try (SupervisedPair pair = new SupervisedPair(engine)) {
      pair.nearMachine.blockUdp();
      pair.ask();
      assertThat(pair.next("retry").getJsonObject("error").getString("failure")).isNotEqualTo("UNKNOWN_AGENT");

      pair.nearMachine.unblock();
      pair.next("recovered");
      pair.assertEchoes();
    }
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  void aGatewayThatStandsStillIsLeftAndComeBackTo(String engine) {
    try (SupervisedPair pair = new SupervisedPair(engine)) {
      pair.supervise();

      pair.gateway.freeze();
      pair.near.type("probe");
      pair.near.line("signaling_lost ");
      pair.assertEchoes();
      pair.gateway.thaw();
      pair.near.line("registered ");
      pair.drop();
      pair.next("recovered");
      pair.assertEchoes();
    }
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  void aLinkComesUpAndCarriesDataWhereOnePacketInTwentyIsLost(String engine) {
    try (SupervisedPair pair = new SupervisedPair(engine)) {
      pair.nearMachine.lose(5);
      pair.farMachine.lose(5);
      pair.supervise();
      for (int i = 0; i < 100; i++) {
        pair.assertEchoes();
      }
    }
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  void aLinkComesUpAndBackOverAWireThatTakesAQuarterOfASecond(String engine) {
    comesBackAfter(pair -> pair.nearMachine.moveTo(102), new SupervisedPair(engine, 250));
  }
}
