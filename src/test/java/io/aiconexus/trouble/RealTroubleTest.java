package io.aiconexus.trouble;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A supervised link between machines of a network that breaks in the ways that networks do. */
@Timeout(180)
class RealTroubleTest {

  @BeforeEach
  void needsNamespaces() {
    Network.assumeItCanBeMade();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  void aLinkOutlivesItsGatewaysKillAndIsRebuiltThroughTheNextOne(String engine) {
    try (SupervisedPair pair = new SupervisedPair(engine)) {
      pair.supervise();
      pair.assertEchoes();

      pair.gateway.kill();
      pair.assertEchoes();
      pair.startGateway();
      pair.near.line("registered ");
      pair.far.line("registered ");
      pair.assertEchoes();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  void aLinkComesBackWhenUdpIsLetThroughAgain(String engine) {
    try (SupervisedPair pair = new SupervisedPair(engine)) {
      pair.supervise();
      pair.assertEchoes();

      pair.nearMachine.blockUdp();
      pair.next("attempt");
      pair.nearMachine.unblock();
      pair.next("recovered");
      pair.assertEchoes();
      if (System.getenv("SAY") != null) System.out.println(pair.near.said() + "\n----far\n" + pair.far.said());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  void aLinkComesBackWhenItsMachineGetsAnotherAddress(String engine) {
    try (SupervisedPair pair = new SupervisedPair(engine)) {
      pair.supervise();
      pair.assertEchoes();

      pair.nearMachine.moveTo(102);
      pair.next("recovered");
      pair.assertEchoes();
      if (System.getenv("SAY") != null) System.out.println(pair.near.said() + "\n----far\n" + pair.far.said());
    }
  }
}
