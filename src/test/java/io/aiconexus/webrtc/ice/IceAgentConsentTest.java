package io.aiconexus.webrtc.ice;

import static io.aiconexus.webrtc.ice.IceState.CHECKING;
import static io.aiconexus.webrtc.ice.IceState.COMPLETED;
import static io.aiconexus.webrtc.ice.IceState.CONNECTED;
import static io.aiconexus.webrtc.ice.IceState.DISCONNECTED;
import static io.aiconexus.webrtc.ice.IceState.FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IceAgentConsentTest {
  private final SimNetwork network = new SimNetwork(11);
  private final SimPeer ann = new SimPeer(network, IceRole.CONTROLLING);
  private final SimPeer bob = new SimPeer(network, IceRole.CONTROLLED);

  @BeforeEach
  void connect() {
    ann.host("192.0.2.1", 1000);
    bob.host("192.0.2.2", 2000);
    SimPeer.introduce(ann, bob);
    ann.gather();
    bob.gather();
    assertThat(network.runUntil(() -> ann.isCompleted() && bob.isCompleted(), 1_000)).isTrue();
    network.packets = 0;
    network.timers = 0;
  }

  @Test
  void anIdleConnectionStaysUpAndCostsOneCheckEveryFiveSeconds() {
    network.run(3_600_000);

    assertThat(ann.isCompleted()).isTrue();
    assertThat(bob.isCompleted()).isTrue();
    assertThat(network.packets / 4).as("checks of each in an hour, with their answers").isBetween(700, 740);
    assertThat(network.timers / 2).isBetween(700, 750);
  }

  @Test
  void aSilentPeerIsDisconnectedFirstAndFailedInTheEnd() {
    network.wall = (from, to) -> true;
    long begin = network.now;

    assertThat(network.runUntil(() -> ann.agent.state() == DISCONNECTED, 60_000)).isTrue();
    assertThat(network.now - begin).isBetween(9_000 * SimNetwork.MILLIS, 11_000 * SimNetwork.MILLIS);
    assertThat(network.runUntil(() -> ann.agent.state() == FAILED, 60_000)).isTrue();
    assertThat(network.now - begin).isBetween(24_000 * SimNetwork.MILLIS, 30_000 * SimNetwork.MILLIS);
    assertThat(ann.agent.selectedPair()).isNull();
    assertThat(ann.states).containsExactly(CHECKING, CONNECTED, COMPLETED, DISCONNECTED, FAILED);

    network.run(1_000);
    network.packets = 0;
    network.run(600_000);
    assertThat(network.packets).as("packets after consent has expired").isZero();
    assertThat(ann.agent.nextDeadline()).isEqualTo(IceAgent.NEVER);
  }

  @Test
  void aPeerThatComesBackInTimeIsConnectedAgain() {
    network.wall = (from, to) -> true;
    assertThat(network.runUntil(() -> ann.agent.state() == DISCONNECTED, 60_000)).isTrue();

    network.wall = (from, to) -> false;

    assertThat(network.runUntil(ann::isCompleted, 15_000)).isTrue();
    network.run(60_000);
    assertThat(ann.states).containsExactly(CHECKING, CONNECTED, COMPLETED, DISCONNECTED, COMPLETED);
  }

  @Test
  void whatComesInDoesNotCountAsConsent() {
    network.wall = (from, to) -> to.getPort() == 2000;

    assertThat(network.runUntil(() -> ann.agent.state() == FAILED && bob.agent.state() == FAILED, 60_000)).isTrue();
  }

  @Test
  void aFewLostPacketsAreNotADisconnection() {
    network.loss = 0.05;

    network.run(3_600_000);

    assertThat(ann.states).containsExactly(CHECKING, CONNECTED, COMPLETED);
    assertThat(bob.states).containsExactly(CHECKING, CONNECTED, COMPLETED);
  }

  /** Its checks still arrive and are answered; but what the peer sends goes to where it is no longer. */
  @Test
  void whoseAddressChangesIsDisconnectedAlthoughItsChecksAreAnswered() {
    SimNat nat = new SimNat(network, "198.51.100.1", SimNat.Mapping.ENDPOINT_INDEPENDENT);
    SimPeer eve = new SimPeer(network, IceRole.CONTROLLING);
    SimPeer dan = new SimPeer(network, IceRole.CONTROLLED);
    eve.host("10.0.0.1", 1000, nat);
    dan.host("192.0.2.4", 2000);
    SimPeer.introduce(eve, dan);
    eve.gather();
    dan.gather();
    assertThat(network.runUntil(() -> eve.isCompleted() && dan.isCompleted(), 10_000)).isTrue();
    network.run(60_000);
    assertThat(eve.isCompleted()).isTrue();

    nat.forget();

    assertThat(network.runUntil(() -> eve.agent.state() == DISCONNECTED, 7_000)).isTrue();
    assertThat(network.runUntil(() -> eve.agent.state() == FAILED, 31_000)).isTrue();
  }

  @Test
  void aClosedAgentAnswersNothingAndWaitsForNothing() {
    bob.agent.close();
    bob.agent.close();

    assertThat(bob.states).endsWith(IceState.CLOSED);
    assertThat(bob.agent.nextDeadline()).isEqualTo(IceAgent.NEVER);
    assertThat(network.runUntil(() -> ann.agent.state() == FAILED, 60_000)).isTrue();
    assertThat(bob.states).containsOnlyOnce(IceState.CLOSED);
  }
}
