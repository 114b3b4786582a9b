package io.aiconexus.webrtc.ice;

import static io.aiconexus.webrtc.ice.IceRole.CONTROLLED;
import static io.aiconexus.webrtc.ice.IceRole.CONTROLLING;
import static io.aiconexus.webrtc.ice.SimNetwork.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class IceAgentConnectTest {
  private static final InetSocketAddress STUN = at("198.51.100.1", 3478);

  @Test
  void twoPeersOnOneNetworkConnectWithinARoundTripOfKnowingEachOther() {
    SimNetwork network = new SimNetwork(1);
    SimPeer ann = new SimPeer(network, CONTROLLING);
    SimPeer bob = new SimPeer(network, CONTROLLED);
    ann.host("192.0.2.1", 1000);
    bob.host("192.0.2.2", 2000);
    SimPeer.introduce(ann, bob);
    ann.gather();
    bob.gather();
    long begin = network.now;

    assertThat(network.runUntil(() -> ann.isCompleted() && bob.isCompleted(), 1_000)).isTrue();

    assertThat(network.now - begin).as("signaling, one round trip to connect and one to nominate, 1 ms a way")
      .isLessThanOrEqualTo(6 * SimNetwork.MILLIS);
    assertThat(ann.states).containsExactly(IceState.CHECKING, IceState.CONNECTED, IceState.COMPLETED);
    assertThat(bob.states).containsExactly(IceState.CHECKING, IceState.CONNECTED, IceState.COMPLETED);
    assertThat(ann.agent.selectedPair().nominated()).isTrue();
    assertThat(ann.agent.selectedPair().to()).isEqualTo(at("192.0.2.2", 2000));
    assertThat(bob.agent.selectedPair().to()).isEqualTo(at("192.0.2.1", 1000));
  }

  @Test
  void peersBehindTwoFriendlyNatsMeetAtTheAddressesAStunServerSaw() {
    SimNetwork network = new SimNetwork(2);
    network.stunServer(STUN);
    SimPeer ann = new SimPeer(network, CONTROLLING);
    SimPeer bob = new SimPeer(network, CONTROLLED);
    ann.host("10.0.0.1", 1000, new SimNat(network, "203.0.113.1", SimNat.Mapping.ENDPOINT_INDEPENDENT));
    bob.host("10.9.9.1", 2000, new SimNat(network, "203.0.113.2", SimNat.Mapping.ENDPOINT_INDEPENDENT));
    SimPeer.introduce(ann, bob);
    ann.gather(STUN);
    bob.gather(STUN);

    assertThat(network.runUntil(() -> ann.isCompleted() && bob.isCompleted(), 5_000)).isTrue();

    assertThat(ann.agent.selectedPair().remote().type()).isEqualTo(CandidateType.SERVER_REFLEXIVE);
    assertThat(ann.agent.selectedPair().local().type()).isEqualTo(CandidateType.SERVER_REFLEXIVE);
    assertThat(ann.locals).extracting(Candidate::type)
      .containsExactly(CandidateType.HOST, CandidateType.SERVER_REFLEXIVE);
    assertThat(ann.locals.get(1).related()).isEqualTo(at("10.0.0.1", 1000));
  }

  @Test
  void aPeerBehindASymmetricNatIsLearntFromItsChecks() {
    SimNetwork network = new SimNetwork(3);
    network.stunServer(STUN);
    SimPeer ann = new SimPeer(network, CONTROLLING);
    SimPeer bob = new SimPeer(network, CONTROLLED);
    ann.host("10.0.0.1", 1000, new SimNat(network, "203.0.113.1", SimNat.Mapping.ADDRESS_AND_PORT_DEPENDENT));
    bob.host("192.0.2.2", 2000);
    SimPeer.introduce(ann, bob);
    ann.gather(STUN);
    bob.gather(STUN);

    assertThat(network.runUntil(() -> ann.isCompleted() && bob.isCompleted(), 5_000)).isTrue();

    assertThat(bob.agent.selectedPair().remote().type()).isEqualTo(CandidateType.PEER_REFLEXIVE);
    assertThat(ann.agent.selectedPair().local().type()).isEqualTo(CandidateType.PEER_REFLEXIVE);
    assertThat(bob.paths).contains(bob.agent.selectedPair().to());
  }
}
