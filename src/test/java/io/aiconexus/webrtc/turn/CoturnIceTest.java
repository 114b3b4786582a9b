package io.aiconexus.webrtc.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.webrtc.ice.CandidateType;
import io.aiconexus.webrtc.ice.IceRole;
import io.aiconexus.webrtc.ice.IceState;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two agents that find each other through a real TURN server. */
class CoturnIceTest {
  private static Coturn server;

  @BeforeAll
  static void startServer() throws Exception {
    server = Coturn.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(value = TurnTransport.class, names = "DTLS", mode = EnumSource.Mode.EXCLUDE)
  void aRelayedAgentReachesOneWithASocket(TurnTransport transport) throws Exception {
    try (RelayPeer relayed = new RelayPeer(IceRole.CONTROLLING, server, transport);
        HostPeer plain = new HostPeer(IceRole.CONTROLLED)) {
      IcePeer.introduce(relayed, plain);
      relayed.gather();
      plain.gather();
      run(relayed, plain, () -> isUp(relayed) && isUp(plain));
      assertThat(relayed.agent.selectedPair().local().type()).isEqualTo(CandidateType.RELAYED);
      assertThat(plain.agent.selectedPair().to()).isEqualTo(relayed.allocation.relayed());

      run(relayed, plain, () -> relayed.allocation.isBound(relayed.agent.selectedPair().to()));
      relayed.say("through the relay");
      plain.say("and back");
      run(relayed, plain, () -> plain.heard.contains("through the relay") && relayed.heard.contains("and back"));
    }
  }

  @Test
  void twoRelayedAgentsReachEachOther() throws Exception {
    try (RelayPeer ann = new RelayPeer(IceRole.CONTROLLING, server, TurnTransport.UDP);
        RelayPeer bob = new RelayPeer(IceRole.CONTROLLED, server, TurnTransport.TCP)) {
      IcePeer.introduce(ann, bob);
      ann.gather();
      bob.gather();
      run(ann, bob, () -> ann.agent.state() == IceState.COMPLETED && bob.agent.state() == IceState.COMPLETED);
      ann.say("hello bob");
      bob.say("hello ann");
      run(ann, bob, () -> bob.heard.contains("hello bob") && ann.heard.contains("hello ann"));
    }
  }

  private static boolean isUp(IcePeer peer) {
    return peer.agent.state() == IceState.CONNECTED || peer.agent.state() == IceState.COMPLETED;
  }

  private static void run(IcePeer one, IcePeer two, BooleanSupplier goal) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!goal.getAsBoolean()) {
      assertThat(System.nanoTime()).as("%s and %s", one.agent.state(), two.agent.state()).isLessThan(end);
      one.step(2);
      two.step(2);
    }
  }
}
