package io.aiconexus.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IceAgentRestartTest {
  private final SimNetwork network = new SimNetwork(5);
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
  }

  /** Both begin anew and tell each other as by a second offer and answer. */
  private void restart(long answerAfterMillis) {
    ann.agent.restart(IceCredentials.random(network.random), network.now);
    network.later(answerAfterMillis * SimNetwork.MILLIS, () -> {
      bob.agent.restart(IceCredentials.random(network.random), network.now);
      tell(ann, bob);
      network.later(answerAfterMillis * SimNetwork.MILLIS, () -> tell(bob, ann));
    });
  }

  private void tell(SimPeer from, SimPeer to) {
    to.agent.setRemote(from.agent.localCredentials(), false, network.now);
    from.agent.localCandidates().forEach(candidate -> to.agent.addRemoteCandidate(candidate, network.now));
    to.agent.remoteEndOfCandidates(network.now);
  }

  @Test
  void dataStaysOnTheOldPairUntilThereIsANewOne() {
    restart(100);
    network.run(50);
    assertThat(ann.agent.state()).isEqualTo(IceState.CONNECTED);
    ann.sendData();
    network.run(10);
    assertThat(bob.data).isEqualTo(1);

    assertThat(network.runUntil(() -> ann.isCompleted() && bob.isCompleted(), 1_000)).isTrue();

    ann.sendData();
    bob.sendData();
    network.run(10);
    assertThat(bob.data).isEqualTo(2);
    assertThat(ann.data).isEqualTo(1);
    assertThat(ann.states).doesNotContain(IceState.DISCONNECTED, IceState.FAILED);
  }

  @Test
  void theOldPairKeepsItsConsentWhileTheAnswerIsLongInComing() {
    restart(60_000);

    network.run(110_000);
    assertThat(ann.agent.state()).isEqualTo(IceState.CONNECTED);
    assertThat(network.runUntil(() -> ann.isCompleted() && bob.isCompleted(), 30_000)).isTrue();
    assertThat(ann.states).doesNotContain(IceState.DISCONNECTED, IceState.FAILED);
  }

  @Test
  void aDeadConnectionComesBackOverANewAddress() {
    network.wall = (from, to) -> from.getPort() == 1000 || to.getPort() == 1000;
    assertThat(network.runUntil(() -> ann.agent.state() == IceState.FAILED && bob.agent.state() == IceState.FAILED,
      60_000)).isTrue();
    ann.agent.addHost(ann.host("192.0.2.1", 1001), SimNetwork.at("192.0.2.1", 1001), 1, network.now);

    restart(10);

    assertThat(network.runUntil(() -> ann.isUp() && bob.isUp(), 30_000)).isTrue();
    assertThat(bob.agent.selectedPair().to()).isEqualTo(SimNetwork.at("192.0.2.1", 1001));
    assertThat(ann.states).containsSubsequence(IceState.DISCONNECTED, IceState.FAILED, IceState.CHECKING,
      IceState.CONNECTED);
  }

  @Test
  void aSocketThatIsGoneIsNotUsedAfterARestart() {
    SimSocket gone = ann.sockets.get(0);
    ann.agent.remove(gone);
    ann.agent.addHost(ann.host("192.0.2.1", 1001), SimNetwork.at("192.0.2.1", 1001), 1, network.now);

    restart(10);
    network.run(30);
    network.wall = (from, to) -> from.equals(gone.address);

    assertThat(network.runUntil(() -> ann.isCompleted() && bob.isCompleted(), 1_000)).isTrue();
    assertThat(ann.agent.selectedPair().socket()).isNotSameAs(gone);
    assertThat(ann.agent.localCandidates()).extracting(Candidate::address)
      .containsExactly(SimNetwork.at("192.0.2.1", 1001));
  }

  @Test
  void aRestartThatFindsNothingLeavesAWorkingPairAlone() {
    ann.agent.restart(IceCredentials.random(network.random), network.now);
    IceCredentials nobody = IceCredentials.random(network.random);
    ann.agent.setRemote(nobody, false, network.now);
    ann.agent.addRemoteCandidate(Candidate.parse("candidate:1 1 udp 1 192.0.2.77 7 typ host"), network.now);

    network.run(200_000);

    assertThat(ann.agent.state()).isEqualTo(IceState.CONNECTED);
    ann.sendData();
    network.run(10);
    assertThat(bob.data).isEqualTo(1);
  }

  @Test
  void otherRemoteCredentialsNeedARestart() {
    IceCredentials others = IceCredentials.random(network.random);

    assertThatThrownBy(() -> ann.agent.setRemote(others, false, network.now)).isInstanceOf(IllegalStateException.class);
    ann.agent.setRemote(bob.agent.localCredentials(), false, network.now);
    assertThat(ann.isCompleted()).isTrue();
  }

  @Test
  void candidatesOfTheOldGenerationAreNotTakenForTheNew() {
    String old = bob.agent.localCredentials().ufrag();
    ann.agent.restart(IceCredentials.random(network.random), network.now);
    bob.agent.restart(IceCredentials.random(network.random), network.now);
    ann.agent.setRemote(bob.agent.localCredentials(), false, network.now);

    String line = "candidate:1 1 udp 1 192.0.2.9 9 typ host ufrag ";
    assertThat(ann.agent.addRemoteCandidate(Candidate.parse(line + old), network.now)).isFalse();
    String fresh = bob.agent.localCredentials().ufrag();
    assertThat(ann.agent.addRemoteCandidate(Candidate.parse(line + fresh), network.now)).isTrue();
  }
}
