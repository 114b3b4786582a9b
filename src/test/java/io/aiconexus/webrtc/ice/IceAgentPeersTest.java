package io.aiconexus.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.webrtc.stun.StunAttribute;
import io.aiconexus.webrtc.stun.StunBuilder;
import io.aiconexus.webrtc.stun.StunMethod;
import io.aiconexus.webrtc.stun.TransactionId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Peers of other kinds: lite ones, aggressive ones, late ones, relayed ones. */
class IceAgentPeersTest {
  private static final long HIGH = 2_130_706_431L;
  private static final long LOW = 1_694_498_815L;

  private final SimNetwork network = new SimNetwork(21);

  private SimPeer agent(IceRole role) {
    SimPeer peer = new SimPeer(network, role);
    peer.trickles = false;
    peer.host("192.0.2.1", 1000);
    peer.gather();
    return peer;
  }

  @Test
  void aLitePeerIsNominatedAtOnceWhateverTheRoleWas() {
    SimPeer ann = agent(IceRole.CONTROLLED);
    ScriptedPeer dead = new ScriptedPeer(network, "192.0.2.3", 3000);
    dead.answers = false;
    ScriptedPeer lite = new ScriptedPeer(network, "192.0.2.2", 2000, dead.credentials);
    ann.agent.setRemote(lite.credentials, true, network.now);
    ann.agent.addRemoteCandidate(dead.candidate(HIGH), network.now);
    ann.agent.addRemoteCandidate(lite.candidate(LOW), network.now);
    ann.agent.remoteEndOfCandidates(network.now);

    assertThat(network.runUntil(ann::isCompleted, 100)).isTrue();

    assertThat(ann.agent.role()).isEqualTo(IceRole.CONTROLLING);
    assertThat(lite.nominations).isEqualTo(1);
    assertThat(lite.requests).allMatch(request -> request.has(StunAttribute.ICE_CONTROLLING));
  }

  @Test
  void aBetterPairIsWaitedForALittleAndThenTheBestThatWorksIsNominated() {
    SimPeer ann = agent(IceRole.CONTROLLING);
    ScriptedPeer dead = new ScriptedPeer(network, "192.0.2.3", 3000);
    dead.answers = false;
    ScriptedPeer full = new ScriptedPeer(network, "192.0.2.2", 2000, dead.credentials);
    ann.agent.setRemote(full.credentials, false, network.now);
    ann.agent.addRemoteCandidate(dead.candidate(HIGH), network.now);
    ann.agent.addRemoteCandidate(full.candidate(LOW), network.now);

    assertThat(network.runUntil(ann::isUp, 100)).as("data can flow at once").isTrue();
    assertThat(full.nominations).isZero();
    network.run(190);
    assertThat(full.nominations).isZero();
    network.run(20);
    assertThat(full.nominations).isEqualTo(1);
    assertThat(ann.agent.selectedPair().nominated()).isTrue();
    network.run(60_000);
    assertThat(dead.requests).as("checks of a pair that is no longer wanted").hasSize(1);
  }

  @Test
  void anAggressivePeerNominatesSeveralPairsAndTheBestOneIsUsed() {
    SimPeer bob = agent(IceRole.CONTROLLED);
    ScriptedPeer worse = new ScriptedPeer(network, "192.0.2.3", 3000);
    ScriptedPeer better = new ScriptedPeer(network, "192.0.2.2", 2000, worse.credentials);
    bob.agent.setRemote(worse.credentials, false, network.now);
    bob.agent.addRemoteCandidate(worse.candidate(LOW), network.now);
    bob.agent.addRemoteCandidate(better.candidate(HIGH), network.now);
    SimSocket socket = bob.sockets.get(0);

    worse.send(socket, worse.check(bob.agent).flag(StunAttribute.USE_CANDIDATE), bob.agent);
    network.run(1);
    better.send(socket, better.check(bob.agent).flag(StunAttribute.USE_CANDIDATE), bob.agent);
    network.run(50);
    worse.send(socket, worse.check(bob.agent).flag(StunAttribute.USE_CANDIDATE), bob.agent);
    network.run(50);

    assertThat(bob.agent.selectedPair().to()).isEqualTo(better.address);
    assertThat(bob.agent.selectedPair().nominated()).isTrue();
  }

  @Test
  void aPeerThatMovesToAnotherPairIsFollowedOnceTheOldOneIsSilent() {
    SimPeer bob = agent(IceRole.CONTROLLED);
    ScriptedPeer first = new ScriptedPeer(network, "192.0.2.2", 2000);
    ScriptedPeer second = new ScriptedPeer(network, "192.0.2.3", 3000, first.credentials);
    bob.agent.setRemote(first.credentials, false, network.now);
    bob.agent.addRemoteCandidate(first.candidate(HIGH), network.now);
    SimSocket socket = bob.sockets.get(0);
    first.send(socket, first.check(bob.agent).flag(StunAttribute.USE_CANDIDATE), bob.agent);
    assertThat(network.runUntil(bob::isUp, 100)).isTrue();

    first.answers = false;
    assertThat(network.runUntil(() -> bob.agent.state() == IceState.DISCONNECTED, 20_000)).isTrue();
    second.send(socket, second.check(bob.agent).flag(StunAttribute.USE_CANDIDATE), bob.agent);
    network.run(100);

    assertThat(bob.agent.selectedPair().to()).isEqualTo(second.address);
    assertThat(bob.isUp()).isTrue();
  }

  @Test
  void checksThatComeBeforeTheDescriptionAreAnsweredAndMadeUpFor() {
    SimPeer bob = agent(IceRole.CONTROLLED);
    ScriptedPeer peer = new ScriptedPeer(network, "192.0.2.2", 2000);
    peer.send(bob.sockets.get(0), peer.check(bob.agent).flag(StunAttribute.USE_CANDIDATE), bob.agent);
    network.run(1_000);
    assertThat(peer.responses).hasSize(1);
    assertThat(bob.agent.state()).isEqualTo(IceState.NEW);
    assertThat(bob.paths).containsExactly(peer.address);

    bob.agent.setRemote(peer.credentials, false, network.now);
    network.run(10);

    assertThat(bob.agent.selectedPair().to()).isEqualTo(peer.address);
    assertThat(bob.agent.selectedPair().nominated()).isTrue();
    assertThat(bob.paths).containsExactly(peer.address);
  }

  @Test
  void aPeerThatAsksTwentyTimesInARoundTripIsConnectedToAllTheSame() {
    network.minDelay = 500 * SimNetwork.MILLIS;
    network.maxDelay = network.minDelay;
    SimPeer bob = agent(IceRole.CONTROLLED);
    ScriptedPeer peer = new ScriptedPeer(network, "192.0.2.2", 2000);
    bob.agent.setRemote(peer.credentials, false, network.now);
    bob.agent.addRemoteCandidate(peer.candidate(HIGH), network.now);

    for (int i = 0; i < 40; i++) {
      peer.send(bob.sockets.get(0), peer.check(bob.agent).flag(StunAttribute.USE_CANDIDATE), bob.agent);
      network.run(50);
    }

    assertThat(bob.isUp()).isTrue();
    assertThat(bob.agent.selectedPair().nominated()).isTrue();
    assertThat(peer.requests).as("checks within two seconds").hasSizeLessThanOrEqualTo(6);
  }

  @Test
  void aRequestOnAPairWhoseCheckWasSwallowedHasItCheckedAgainAtOnce() {
    SimPeer ann = agent(IceRole.CONTROLLING);
    ScriptedPeer peer = new ScriptedPeer(network, "192.0.2.2", 2000);
    peer.answers = false;
    ann.agent.setRemote(peer.credentials, false, network.now);
    ann.agent.addRemoteCandidate(peer.candidate(HIGH), network.now);
    network.run(100);
    assertThat(peer.requests).hasSize(1);

    peer.answers = true;
    peer.send(ann.sockets.get(0), StunBuilder.request(StunMethod.BINDING, TransactionId.random(network.random))
      .text(StunAttribute.USERNAME, ann.agent.localCredentials().ufrag() + ":" + peer.credentials.ufrag())
      .number32(StunAttribute.PRIORITY, 1).number64(StunAttribute.ICE_CONTROLLED, 1), ann.agent);

    assertThat(network.runUntil(ann::isUp, 10)).isTrue();
  }

  @Test
  void aNominationThatGotLostIsTriedAgainAsLongAsThePathAnswers() {
    SimPeer ann = agent(IceRole.CONTROLLING);
    ScriptedPeer peer = new ScriptedPeer(network, "192.0.2.2", 2000);
    peer.answersNominations = false;
    ann.agent.setRemote(peer.credentials, false, network.now);
    ann.agent.addRemoteCandidate(peer.candidate(HIGH), network.now);
    network.run(39_000);
    assertThat(ann.agent.state()).isEqualTo(IceState.CONNECTED);

    peer.answersNominations = true;

    assertThat(network.runUntil(() -> ann.agent.selectedPair().nominated(), 1_000)).isTrue();
    assertThat(ann.states).containsExactly(IceState.CHECKING, IceState.CONNECTED);
  }

  @Test
  void aCandidateThatComesLateIsStillTried() {
    SimPeer ann = agent(IceRole.CONTROLLING);
    ScriptedPeer peer = new ScriptedPeer(network, "192.0.2.2", 2000);
    ann.agent.setRemote(peer.credentials, false, network.now);
    network.run(30_000);
    assertThat(ann.agent.state()).isEqualTo(IceState.CHECKING);

    ann.agent.addRemoteCandidate(peer.candidate(HIGH), network.now);

    assertThat(network.runUntil(ann::isUp, 10)).isTrue();
  }

  @Test
  void aNameIsLeftToTheOwnerToLookUp() throws Exception {
    SimPeer ann = agent(IceRole.CONTROLLING);
    ScriptedPeer peer = new ScriptedPeer(network, "192.0.2.2", 2000);
    ann.agent.setRemote(peer.credentials, false, network.now);
    Candidate named = Candidate.parse(
      "candidate:1 1 udp 2113937151 5e3f0c1c-6d0e-4b3b-8f6a-0f1d2c3b4a59.local 2000 typ host generation 0");

    assertThat(ann.agent.addRemoteCandidate(named, network.now)).isTrue();
    assertThat(ann.hostnames).containsExactly(named);
    ann.agent.addRemoteCandidate(named.resolved(InetAddress.getByName("192.0.2.2")), network.now);

    assertThat(network.runUntil(ann::isUp, 10)).isTrue();
  }

  @Test
  void tcpCandidatesArePassedOver() {
    SimPeer ann = agent(IceRole.CONTROLLING);
    Candidate tcp = Candidate.parse("candidate:1 1 tcp 1518280447 192.0.2.2 9 typ host tcptype active");

    assertThat(ann.agent.addRemoteCandidate(tcp, network.now)).isFalse();
  }

  @Test
  void aRelayedCandidateSendsThroughItsRelay() {
    SimPeer ann = agent(IceRole.CONTROLLING);
    network.wall = (from, to) -> from.getPort() == 1000;
    ScriptedPeer peer = new ScriptedPeer(network, "192.0.2.2", 2000);
    InetSocketAddress relayed = SimNetwork.at("198.51.100.7", 50_000);
    SocketHandle relay = new SocketHandle() {
      @Override
      public void send(InetSocketAddress to, byte[] datagram) {
        network.carry(relayed, to, datagram);
      }
    };
    network.bind(relayed, (from, to, datagram) ->
      ann.agent.receive(ByteBuffer.wrap(datagram), relay, from, network.now));
    ann.agent.addRelayed(relay, relayed, SimNetwork.at("192.0.2.1", 1000), relayed.getAddress(), 1, network.now);
    ann.agent.setRemote(peer.credentials, false, network.now);
    ann.agent.addRemoteCandidate(peer.candidate(HIGH), network.now);

    assertThat(network.runUntil(ann::isUp, 500)).isTrue();

    assertThat(ann.agent.selectedPair().socket()).isSameAs(relay);
    assertThat(ann.agent.selectedPair().local().type()).isEqualTo(CandidateType.RELAYED);
    assertThat(network.runUntil(() -> peer.nominations > 0, 900)).as("direct pairs get a second first").isFalse();
    assertThat(network.runUntil(() -> peer.nominations > 0, 200)).isTrue();
  }

  @Test
  void severalAddressesOfOneSocketMakeOnePathEach() {
    SimPeer ann = agent(IceRole.CONTROLLING);
    SimSocket socket = ann.sockets.get(0);
    ann.agent.addHost(socket, SimNetwork.at("192.0.2.101", 1000), 5, network.now);
    ann.agent.addHost(socket, SimNetwork.at("192.0.2.102", 1000), 4, network.now);
    ScriptedPeer peer = new ScriptedPeer(network, "192.0.2.2", 2000);
    peer.answers = false;
    ann.agent.setRemote(peer.credentials, false, network.now);
    ann.agent.addRemoteCandidate(peer.candidate(HIGH), network.now);

    network.run(400);

    assertThat(peer.requests).hasSize(1);
  }

  @Test
  void unknownAttributesThatMustBeUnderstoodAreRefusedWith420() {
    SimPeer bob = agent(IceRole.CONTROLLED);
    ScriptedPeer peer = new ScriptedPeer(network, "192.0.2.2", 2000);
    StunBuilder request = peer.check(bob.agent).flag(0x7abc).flag(0xc057);

    peer.send(bob.sockets.get(0), request, bob.agent);
    network.run(10);

    assertThat(peer.responses).singleElement().satisfies(response -> {
      assertThat(response.error().code()).isEqualTo(420);
      assertThat(response.attribute(StunAttribute.UNKNOWN_ATTRIBUTES)).isEqualTo(
        ByteBuffer.wrap(new byte[] {0x7a, (byte) 0xbc}));
    });
    assertThat(bob.paths).isEmpty();
  }
}
