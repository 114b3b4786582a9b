package io.aiconexus.webrtc.ice;

import static io.aiconexus.webrtc.ice.IceRole.CONTROLLING;
import static io.aiconexus.webrtc.ice.SimNetwork.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Active TCP candidates, with datagrams in the place of what connections carry. */
class IceAgentTcpTest {
  private static final InetSocketAddress FIRST = at("192.0.2.2", 2000);
  private static final InetSocketAddress SECOND = at("192.0.2.2", 2001);
  private static final String PASSIVE = "candidate:1 1 tcp 1518280447 192.0.2.2 2000 typ host tcptype passive";
  private static final String LESS = "candidate:1 1 tcp 1518280191 192.0.2.2 2001 typ host tcptype passive";

  private final SimNetwork network = new SimNetwork(5);
  private SimPeer ann;
  private SimPeer bob;
  private SimSocket connections;

  @BeforeEach
  void start() {
    begin(CONTROLLING);
  }

  private void begin(IceRole role) {
    ann = new SimPeer(network, role);
    bob = new SimPeer(network, role.opposite());
    bob.trickles = false;
    SimPeer.introduce(ann, bob);
  }

  private void gather() throws Exception {
    connections = ann.host("192.0.2.1", 40_000);
    ann.agent.addActive(connections, InetAddress.getByName("192.0.2.1"), 8_191, network.now);
    ann.agent.endOfLocalCandidates(network.now);
    bob.host("192.0.2.2", 2000);
    bob.host("192.0.2.2", 2001);
    bob.gather();
  }

  private void show(String line) {
    ann.agent.addRemoteCandidate(Candidate.parse(line), network.now);
  }

  private boolean isUp() {
    return ann.agent.selectedPair() != null && ann.agent.selectedPair().nominated();
  }

  @Test
  void anActiveCandidateHasThePortNineAndThePriorityOfItsKind() throws Exception {
    gather();

    assertThat(ann.locals).extracting(Candidate::line)
      .containsExactly("candidate:1 1 tcp 1675624447 192.0.2.1 9 typ host tcptype active");
    assertThat(new LocalCandidate(ann.locals.get(0), connections, 8_191).peerReflexivePriority())
      .as("83, 4 and 8191").isEqualTo((83L << 24) + (((4L << 13) + 8_191) << 8) + 255);
    assertThat(ann.locals.get(0).priority()).as("below UDP through a NAT")
      .isLessThan(Priorities.candidate(CandidateType.SERVER_REFLEXIVE, 0));
    ann.agent.addActive(connections, InetAddress.getByName("192.0.2.1"), 8_191, network.now);
    assertThat(ann.locals).as("once known").hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "1, candidate:1 1 tcp 9 192.0.2.2 2000 typ host tcptype passive",
    "1, candidate:1 1 tcp 9 192.0.2.2 2000 typ srflx raddr 10.0.0.1 rport 5 tcptype passive",
    "0, candidate:1 1 tcp 9 192.0.2.2 9 typ host tcptype active",
    "0, candidate:1 1 tcp 9 192.0.2.2 2000 typ host tcptype so",
    "0, candidate:1 1 tcp 9 192.0.2.2 2000 typ host",
    "0, candidate:1 1 udp 9 192.0.2.2 2000 typ host",
    "0, candidate:1 1 udp 9 192.0.2.2 2000 typ host tcptype passive",
    "0, candidate:1 1 tcp 9 2001:db8::2 2000 typ host tcptype passive",
    "0, candidate:1 2 tcp 9 192.0.2.2 2000 typ host tcptype passive",
  })
  void onlyAPassiveOneOfTcpIsPairedWithIt(int pairs, String line) throws Exception {
    gather();
    network.run(10);

    show(line);

    assertThat(ann.agent.tally().pairs()).isEqualTo(pairs);
  }

  @Test
  void aPassiveOneIsPairedWithNothingOfUdp() throws Exception {
    ann.host("192.0.2.1", 1000);
    ann.gather();
    network.run(10);

    show(PASSIVE);
    show("candidate:1 1 udp 9 192.0.2.2 2000 typ host");

    assertThat(ann.agent.tally().pairs()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(IceRole.class)
  void itConnectsWhereNothingElseDoes(IceRole role) throws Exception {
    begin(role);
    gather();
    show(PASSIVE);

    assertThat(network.runUntil(this::isUp, 5_000)).isTrue();

    SelectedPair pair = ann.agent.selectedPair();
    assertThat(pair.socket()).isSameAs(connections);
    assertThat(pair.to()).isEqualTo(FIRST);
    assertThat(pair.local().type()).as("although the peer sees another port").isEqualTo(CandidateType.HOST);
    assertThat(pair.remote().tcpType()).isEqualTo("passive");
    assertThat(ann.agent.tally().lastTransport()).isEqualTo("tcp");
    network.run(60_000);
    assertThat(ann.agent.state()).isEqualTo(IceState.CONNECTED);
  }

  @Test
  void udpIsChosenAlthoughTcpWorksFirst() throws Exception {
    SimSocket udp = ann.host("192.0.2.1", 1000);
    network.wall = (from, to) -> from.getPort() == 1000;
    gather();
    ann.agent.addHost(udp, udp.address, 65_535, network.now);
    show(PASSIVE);
    show("candidate:1 1 udp 2130706431 192.0.2.2 2000 typ host");
    assertThat(network.runUntil(() -> ann.agent.selectedPair() != null, 1_000)).isTrue();
    assertThat(ann.agent.selectedPair().socket()).as("until more is known").isSameAs(connections);

    network.wall = (from, to) -> false;

    assertThat(network.runUntil(this::isUp, 5_000)).isTrue();
    assertThat(ann.agent.selectedPair().socket()).isSameAs(udp);
  }

  @Test
  void aConnectionThatCannotBeMadeFailsItsPairAndTheNextOneIsTaken() throws Exception {
    gather();
    network.wall = (from, to) -> to.equals(FIRST);
    show(PASSIVE);
    network.run(100);
    assertThat(ann.agent.tally().lastState()).isEqualTo("in-progress");

    ann.agent.broken(connections, FIRST, network.now);
    assertThat(ann.agent.tally().lastState()).isEqualTo("failed");
    network.packets = 0;
    network.run(10_000);
    assertThat(network.packets).as("more checks of it").isZero();
    show(LESS);

    assertThat(network.runUntil(this::isUp, 5_000)).isTrue();
    assertThat(ann.agent.selectedPair().to()).isEqualTo(SECOND);
  }

  @Test
  void theNextBestIsTakenWhenAConnectionEndsBeforeAnyHasBeenAgreedOn() throws Exception {
    SimSocket udp = ann.host("192.0.2.1", 1000);
    network.wall = (from, to) -> from.getPort() == 1000;
    gather();
    ann.agent.addHost(udp, udp.address, 65_535, network.now);
    show("candidate:1 1 udp 2130706431 192.0.2.2 2000 typ host");
    show(PASSIVE);
    show(LESS);
    network.run(500);
    assertThat(ann.agent.selectedPair().to()).isEqualTo(FIRST);
    assertThat(ann.agent.selectedPair().nominated()).as("while UDP may still turn out to work").isFalse();

    ann.agent.broken(connections, FIRST, network.now);

    assertThat(ann.agent.selectedPair().to()).isEqualTo(SECOND);
    assertThat(network.runUntil(this::isUp, 5_000)).isTrue();
    assertThat(ann.agent.selectedPair().to()).isEqualTo(SECOND);
    assertThat(ann.states).containsExactly(IceState.CHECKING, IceState.CONNECTED);
  }

  @Test
  void theEndOfTheSelectedConnectionDisconnectsAtOnceAndFailsWhenConsentExpires() throws Exception {
    gather();
    show(PASSIVE);
    assertThat(network.runUntil(this::isUp, 5_000)).isTrue();
    network.run(7_000);
    network.wall = (from, to) -> true;

    ann.agent.broken(connections, FIRST, network.now);

    assertThat(ann.agent.state()).isEqualTo(IceState.DISCONNECTED);
    network.packets = 0;
    assertThat(network.runUntil(() -> ann.agent.state() == IceState.FAILED, 30_000)).isTrue();
    assertThat(ann.agent.nextDeadline()).isEqualTo(IceAgent.NEVER);
  }

  @Test
  void anIceRestartConnectsAnew() throws Exception {
    gather();
    show(PASSIVE);
    assertThat(network.runUntil(this::isUp, 5_000)).isTrue();
    ann.agent.broken(connections, FIRST, network.now);

    ann.agent.restart(IceCredentials.random(network.random), network.now);
    bob.agent.restart(IceCredentials.random(network.random), network.now);
    SimPeer.introduce(ann, bob);
    network.run(10);
    show(PASSIVE);

    assertThat(network.runUntil(() -> ann.agent.state() == IceState.CONNECTED, 5_000)).isTrue();
    network.run(60_000);
    assertThat(ann.agent.state()).isEqualTo(IceState.CONNECTED);
    assertThat(ann.states).endsWith(IceState.DISCONNECTED, IceState.CONNECTED);
  }

  @Test
  void theEndOfAConnectionThatIsUnknownOrComesTooLateChangesNothing() throws Exception {
    gather();
    show(PASSIVE);
    assertThat(network.runUntil(this::isUp, 5_000)).isTrue();

    ann.agent.broken(connections, SECOND, network.now);
    assertThat(ann.agent.state()).isEqualTo(IceState.CONNECTED);
    ann.agent.close();
    ann.agent.broken(connections, FIRST, network.now);
    assertThat(ann.agent.state()).isEqualTo(IceState.CLOSED);
  }
}
