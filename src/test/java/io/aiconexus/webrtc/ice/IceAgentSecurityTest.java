package io.aiconexus.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.webrtc.stun.StunAttribute;
import io.aiconexus.webrtc.stun.StunBuilder;
import io.aiconexus.webrtc.stun.StunKey;
import io.aiconexus.webrtc.stun.StunMessage;
import io.aiconexus.webrtc.stun.StunMethod;
import io.aiconexus.webrtc.stun.TransactionId;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an attacker sends who sees nothing, sees everything, or is the peer. */
class IceAgentSecurityTest {
  private static final InetSocketAddress PEER = SimNetwork.at("192.0.2.2", 2000);
  private static final InetSocketAddress STRANGER = SimNetwork.at("192.0.2.66", 666);

  /** Bytes at the end that the password does not protect. */
  private static final int FINGERPRINT = 8;

  private record Sent(InetSocketAddress to, byte[] datagram) {
  }

  private final SimNetwork network = new SimNetwork(41);
  private final List<Sent> sent = new ArrayList<>();
  private final SocketHandle socket = (to, datagram) -> sent.add(new Sent(to, datagram));
  private final IceCredentials peer = IceCredentials.random(network.random);
  private final SimPeer ann = new SimPeer(network, IceRole.CONTROLLING);
  private final IceAgent agent = ann.agent;

  @BeforeEach
  void begin() {
    ann.trickles = false;
    agent.addHost(socket, SimNetwork.at("192.0.2.1", 1000), 1, 0);
    agent.setRemote(peer, false, 0);
    agent.addRemoteCandidate(Candidate.udp("1", 5, PEER, CandidateType.HOST, null), 0);
  }

  private boolean receive(byte[] datagram, InetSocketAddress from) {
    return agent.receive(ByteBuffer.wrap(datagram), socket, from, network.now);
  }

  private StunBuilder request() {
    return StunBuilder.request(StunMethod.BINDING, TransactionId.random(network.random))
      .number32(StunAttribute.PRIORITY, 7).number64(StunAttribute.ICE_CONTROLLED, 1)
      .text(StunAttribute.USERNAME, agent.localCredentials().ufrag() + ":" + peer.ufrag());
  }

  private StunKey ours() {
    return StunKey.shortTerm(agent.localCredentials().password());
  }

  private byte[] answerToLast(InetSocketAddress mapped, String password) throws Exception {
    StunMessage last = StunMessage.parse(ByteBuffer.wrap(sent.get(sent.size() - 1).datagram()));
    return StunBuilder.success(last).xorAddress(StunAttribute.XOR_MAPPED_ADDRESS, mapped)
      .sign(StunKey.shortTerm(password));
  }

  @Test
  void aRequestWithoutTheRightPasswordGetsNoAnswerAndChangesNothing() {
    sent.clear();
    StunKey wrong = StunKey.shortTerm("x".repeat(22));

    assertThat(receive(request().build(), STRANGER)).isFalse();
    assertThat(receive(request().sign(wrong), STRANGER)).isFalse();
    byte[] nameless = StunBuilder.request(StunMethod.BINDING, TransactionId.random(network.random)).sign(ours());
    assertThat(receive(nameless, STRANGER)).isFalse();
    byte[] misnamed = StunBuilder.request(StunMethod.BINDING, TransactionId.random(network.random))
      .text(StunAttribute.USERNAME, "abcd:efgh").sign(ours());
    assertThat(receive(misnamed, STRANGER)).isFalse();

    assertThat(sent).isEmpty();
    assertThat(ann.paths).isEmpty();
    assertThat(agent.role()).isEqualTo(IceRole.CONTROLLING);
  }

  @Test
  void aResponseFromElsewhereChangesNothing() throws Exception {
    byte[] genuine = answerToLast(SimNetwork.at("192.0.2.1", 1000), peer.password());

    assertThat(receive(genuine, STRANGER)).isFalse();
    assertThat(agent.receive(ByteBuffer.wrap(genuine), (to, datagram) -> { }, PEER, 0)).as("another socket").isFalse();
    assertThat(agent.state()).isEqualTo(IceState.CHECKING);
    assertThat(receive(genuine, PEER)).isTrue();
    assertThat(agent.state()).isEqualTo(IceState.CONNECTED);
  }

  @Test
  void aForgedResponseDoesNotUseUpTheTransaction() throws Exception {
    byte[] genuine = answerToLast(SimNetwork.at("192.0.2.1", 1000), peer.password());
    StunMessage check = StunMessage.parse(ByteBuffer.wrap(sent.get(sent.size() - 1).datagram()));

    receive(answerToLast(STRANGER, "x".repeat(22)), PEER);
    receive(StunBuilder.error(check, 487, "Role Conflict").build(), PEER);
    receive(StunBuilder.error(check, 400, "Bad Request").build(), PEER);

    assertThat(agent.state()).isEqualTo(IceState.CHECKING);
    assertThat(agent.role()).isEqualTo(IceRole.CONTROLLING);
    receive(genuine, PEER);
    assertThat(agent.state()).isEqualTo(IceState.CONNECTED);
  }

  @Test
  void aRecordedResponseIsWorthNothingASecondTime() throws Exception {
    byte[] genuine = answerToLast(SimNetwork.at("192.0.2.1", 1000), peer.password());
    receive(genuine, PEER);
    sent.clear();

    assertThat(receive(genuine, PEER)).isFalse();
    assertThat(sent).isEmpty();
  }

  @Test
  void aRecordedRequestFromFalseSourcesCostsABoundedNumberOfPackets() {
    byte[] recorded = request().sign(ours());
    sent.clear();
    for (int i = 0; i < 10_000; i++) {
      receive(recorded, SimNetwork.at("198.51." + i / 250 + "." + i % 250, 1234));
    }
    int answers = 10_000;
    assertThat(sent.size()).as("one answer each, and a burst of checks").isLessThanOrEqualTo(answers + 5);
    assertThat(ann.paths.size()).isLessThanOrEqualTo(IceSettings.DEFAULTS.maxPairs());
    assertThat(sent.stream().skip(10).mapToInt(s -> s.datagram().length).max().orElseThrow())
      .as("no answer is longer than the request").isLessThanOrEqualTo(recorded.length);

    long begin = network.now;
    sent.clear();
    assertThat(network.runUntil(() -> agent.state() == IceState.FAILED, 200_000)).isTrue();
    assertThat(sent.size()).isLessThanOrEqualTo(IceSettings.DEFAULTS.maxPairs() * 7);
    assertThat(network.now - begin).isLessThanOrEqualTo(80_000 * SimNetwork.MILLIS);
  }

  @Test
  void aRefusalByThePeerItselfChangesTheRoleAndTheTieBreaker() throws Exception {
    StunMessage first = StunMessage.parse(ByteBuffer.wrap(sent.get(0).datagram()));

    receive(StunBuilder.error(first, 487, "Role Conflict").sign(StunKey.shortTerm(peer.password())), PEER);

    assertThat(agent.role()).isEqualTo(IceRole.CONTROLLED);
    StunMessage second = StunMessage.parse(ByteBuffer.wrap(sent.get(1).datagram()));
    assertThat(second.number(StunAttribute.ICE_CONTROLLED)).isPresent()
      .isNotEqualTo(first.number(StunAttribute.ICE_CONTROLLING));
  }

  @Test
  void aPeerThatRefusesEveryRoleIsGivenUp() throws Exception {
    for (int i = 0; i < 50; i++) {
      network.run(100);
      StunMessage check = StunMessage.parse(ByteBuffer.wrap(sent.get(sent.size() - 1).datagram()));
      receive(StunBuilder.error(check, 487, "Role Conflict").sign(StunKey.shortTerm(peer.password())), PEER);
    }

    assertThat(sent).hasSizeLessThanOrEqualTo(6);
  }

  @Test
  void atMostSixtyFourCandidatesOfThePeerAreKept() {
    int taken = 0;
    for (int i = 1; i < 1_000; i++) {
      Candidate candidate = Candidate.udp("1", i, SimNetwork.at("192.0.2.9", i), CandidateType.HOST, null);
      taken += agent.addRemoteCandidate(candidate, network.now) ? 1 : 0;
    }

    assertThat(taken).isEqualTo(63);
  }

  @Test
  void atMostSixtyFourNamesAreToBeLookedUp() {
    for (int i = 0; i < 1_000; i++) {
      agent.addRemoteCandidate(Candidate.parse("candidate:1 1 udp 1 n" + i + ".local 9 typ host"), network.now);
    }

    assertThat(ann.hostnames).hasSize(64);
  }

  @Test
  void addressesThatAreNotOnePeersAreNotSentTo() {
    for (String address : List.of("0.0.0.0", "255.255.255.255", "224.0.0.251", "ff02::fb", "::")) {
      Candidate candidate = Candidate.parse("candidate:1 1 udp 1 " + address + " 9 typ host");
      assertThat(agent.addRemoteCandidate(candidate, network.now)).as(address).isFalse();
    }
    Candidate portZero = Candidate.parse("candidate:1 1 udp 1 192.0.2.9 0 typ host");
    assertThat(agent.addRemoteCandidate(portZero, network.now)).isFalse();
    Candidate secondComponent = Candidate.parse("candidate:1 2 udp 1 192.0.2.9 9 typ host");
    assertThat(agent.addRemoteCandidate(secondComponent, network.now)).isFalse();
  }

  @Test
  void rubbishIsNobodysAndHarmsNothing() {
    for (int i = 0; i < 20_000; i++) {
      byte[] datagram = request().sign(ours());
      datagram[network.random.nextInt(datagram.length - FINGERPRINT)] ^= (byte) (1 + network.random.nextInt(255));
      receive(datagram, STRANGER);
    }

    assertThat(ann.paths).isEmpty();
    assertThat(agent.state()).isEqualTo(IceState.CHECKING);
  }
}
