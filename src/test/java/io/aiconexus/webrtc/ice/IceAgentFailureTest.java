package io.aiconexus.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class IceAgentFailureTest {

  @Test
  void twoPeersWithAWallBetweenThemFailInBoundedTimeAndTraffic() {
    SimNetwork network = new SimNetwork(31);
    SimPeer ann = new SimPeer(network, IceRole.CONTROLLING);
    SimPeer bob = new SimPeer(network, IceRole.CONTROLLED);
    for (int i = 0; i < 4; i++) {
      ann.host("192.0.2.1" + i, 1000);
      bob.host("192.0.2.2" + i, 2000);
    }
    network.wall = (from, to) -> true;
    SimPeer.introduce(ann, bob);
    ann.gather();
    bob.gather();

    assertThat(network.runUntil(() -> ann.agent.state() == IceState.FAILED && bob.agent.state() == IceState.FAILED,
      80_000)).as("%s %s", ann.states, bob.states).isTrue();

    assertThat(ann.states).containsExactly(IceState.CHECKING, IceState.FAILED);
    assertThat(network.packets).as("16 pairs, 7 times each, both").isLessThanOrEqualTo(2 * 16 * 7);
    assertThat(network.timers).isLessThan(2 * 16 * 10);
    assertThat(ann.agent.nextDeadline()).isEqualTo(IceAgent.NEVER);
  }

  @Test
  void aWallThatLetsOneDirectionThroughIsAWall() {
    SimNetwork network = new SimNetwork(32);
    SimPeer ann = new SimPeer(network, IceRole.CONTROLLING);
    SimPeer bob = new SimPeer(network, IceRole.CONTROLLED);
    ann.host("192.0.2.1", 1000);
    bob.host("192.0.2.2", 2000);
    network.wall = (from, to) -> to.getPort() == 2000;
    SimPeer.introduce(ann, bob);
    ann.gather();
    bob.gather();

    assertThat(network.runUntil(() -> ann.agent.state() == IceState.FAILED && bob.agent.state() == IceState.FAILED,
      160_000)).as("%s %s", ann.states, bob.states).isTrue();
    assertThat(ann.selections).isEmpty();
    assertThat(bob.selections).isEmpty();
  }

  @Test
  void aPeerWithoutCandidatesIsWaitedForAsLongAsTheSettingSays() {
    SimNetwork network = new SimNetwork(33);
    SimPeer ann = new SimPeer(network, IceRole.CONTROLLING, IceSettings.DEFAULTS.withPatience(Duration.ofSeconds(8)));
    ann.trickles = false;
    ann.host("192.0.2.1", 1000);
    ann.gather();
    ann.agent.setRemote(IceCredentials.random(network.random), false, network.now);
    ann.agent.remoteEndOfCandidates(network.now);

    network.run(7_999);
    assertThat(ann.agent.state()).isEqualTo(IceState.CHECKING);
    network.run(2);
    assertThat(ann.agent.state()).isEqualTo(IceState.FAILED);
    assertThat(network.packets).isZero();
  }

  @Test
  void aSilentStunServerHoldsNobodyUpAndEndsInTwelveSeconds() {
    SimNetwork network = new SimNetwork(34);
    SimPeer ann = new SimPeer(network, IceRole.CONTROLLING);
    SimPeer bob = new SimPeer(network, IceRole.CONTROLLED);
    ann.host("192.0.2.1", 1000);
    bob.host("192.0.2.2", 2000);
    SimPeer.introduce(ann, bob);
    ann.gather(SimNetwork.at("198.51.100.99", 3478));
    bob.gather();

    assertThat(network.runUntil(() -> ann.isUp() && bob.isUp(), 100)).isTrue();
    network.run(11_000);
    assertThat(ann.gatheringDone).isZero();
    assertThat(network.runUntil(ann::isCompleted, 1_000)).isTrue();
    assertThat(ann.gatheringDone).isEqualTo(1);
  }

  @Test
  void checksGoOutInABurstAndThenAtThePace() {
    SimNetwork network = new SimNetwork(35);
    SimPeer ann = new SimPeer(network, IceRole.CONTROLLING);
    ann.trickles = false;
    ann.host("192.0.2.1", 1000);
    ann.gather();
    ann.agent.setRemote(IceCredentials.random(network.random), false, network.now);
    for (int i = 1; i <= 20; i++) {
      ann.agent.addRemoteCandidate(Candidate.parse("candidate:1 1 udp " + i + " 192.0.2.9 " + i + " typ host"),
        network.now);
    }

    assertThat(network.packets).isEqualTo(5);
    network.run(460);
    assertThat(network.packets).as("nine more in nine times 50 ms, and none repeated before half a second")
      .isEqualTo(14);
  }
}
