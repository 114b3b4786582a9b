package io.aiconexus.peer;

import static io.aiconexus.peer.LinkState.CLOSED;
import static io.aiconexus.peer.LinkState.CONNECTED;
import static io.aiconexus.peer.LinkState.DISCONNECTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.Answer;
import io.aiconexus.protocol.Offer;
import io.aiconexus.webrtc.ConnectionState;
import io.aiconexus.webrtc.DataChannelOptions;
import io.aiconexus.webrtc.IceCandidate;
import io.aiconexus.webrtc.IceConnectionState;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told of an ICE restart under a link that is up. */
class LinkRestartTest {

  private static final long TIMEOUT_MS = PeerOptions.DEFAULTS.connectTimeout().toMillis();
  private static final String HOST = "candidate:1 1 udp 2122260223 192.0.2.1 50000 typ host";
  private static final Did REMOTE = AgentKey.generate().did();

  private final ScriptedOwner owner = new ScriptedOwner(AgentKey.generate().did());
  private final Link link = new Link(REMOTE, owner);

  @BeforeEach
  void up() {
    link.connect(TIMEOUT_MS, Map.of(Link.PROTOCOL_CHANNEL, DataChannelOptions.DEFAULTS));
    answer();
    owner.connection().events.onIceConnectionState(IceConnectionState.CONNECTED);
    path(ConnectionState.CONNECTED);
    owner.connection().channels.get(Link.PROTOCOL_CHANNEL).open();
    owner.time.advance(60_000);
  }

  @Test
  void oneThatNobodyAnswersIsReportedAndTheLinkStays() {
    path(ConnectionState.DISCONNECTED);
    restart();

    owner.time.advance(TIMEOUT_MS - 1);
    assertThat(owner.reports).isEmpty();
    owner.time.advance(1);

    assertThat(owner.reports).singleElement().satisfies(report -> {
      assertThat(report.verdict()).isEqualTo(ConnectVerdict.PEER_SILENT);
      assertThat(report.failure()).isEqualTo(Failure.TIMEOUT);
      assertThat(report.reason()).isEqualTo("the ICE restart failed: no new path to " + REMOTE + " within 30000 ms");
      assertThat(report.micros()).isEqualTo(Map.of(ConnectPhase.SIGNALING, TIMEOUT_MS * 1_000));
    });
    assertThat(link.state()).isEqualTo(DISCONNECTED);
    assertThat(owner.ended).isEmpty();
    assertThat(owner.time.pending()).isZero();
  }

  @Test
  void eachOneThatFailedIsReportedWhenTheNextBeginsOrTheLinkIsGivenUp() {
    path(ConnectionState.DISCONNECTED);
    for (int n = 0; n < 3; n++) {
      restart();
      answer();
      owner.time.advance(4_000);
    }
    link.close();

    assertThat(owner.reports).extracting(ConnectReport::verdict)
      .containsExactly(ConnectVerdict.UDP_BLOCKED, ConnectVerdict.UDP_BLOCKED, ConnectVerdict.UDP_BLOCKED);
    assertThat(owner.reports).extracting(ConnectReport::phase).containsOnly(ConnectPhase.ICE);
    assertThat(owner.time.pending()).isZero();
  }

  @Test
  void oneThatComesThroughIsNoFailureAndTheAgentCountsAsReached() {
    path(ConnectionState.DISCONNECTED);
    restart();
    answer();
    path(ConnectionState.CONNECTED);
    owner.time.advance(10 * TIMEOUT_MS);
    link.close();

    assertThat(owner.reports).isEmpty();
    assertThat(owner.reached).containsExactly(link);
    assertThat(owner.usable).as("it was usable all along").hasSize(1);
  }

  @Test
  void anOfferThatIsRefusedIsReportedAtOnce() {
    path(ConnectionState.DISCONNECTED);
    restart();

    link.onRefused(Failure.UNKNOWN_AGENT.because("as a test does"));

    assertThat(owner.reports).extracting(ConnectReport::verdict).containsExactly(ConnectVerdict.PEER_ABSENT);
    assertThat(link.state()).isEqualTo(DISCONNECTED);
    link.close();
    assertThat(owner.reports).hasSize(1);
  }

  @Test
  void anEngineThatCannotIsReportedAtOnce() {
    owner.connection().fail("local", Failure.INTERNAL.because("as a test does"));

    assertThat(link.signaling().restartIce().failed()).isTrue();

    assertThat(owner.reports).extracting(ConnectReport::reason).containsExactly("the ICE restart failed: as a test does");
    assertThat(owner.time.pending()).isZero();
  }

  @Test
  void underAPathThatIsThereOnlySilenceIsAFailure() {
    restart();
    restart();
    answer();
    owner.time.advance(TIMEOUT_MS);
    assertThat(owner.reports).as("one in place of the other, answered").isEmpty();

    restart();
    owner.connection().events.onIceConnectionState(IceConnectionState.COMPLETED);
    owner.time.advance(TIMEOUT_MS);

    assertThat(owner.reports).extracting(ConnectReport::verdict).containsExactly(ConnectVerdict.PEER_SILENT);
    assertThat(link.state()).isEqualTo(CONNECTED);
  }

  @Test
  void aConnectionThatEndsUnderItHasOneReport() {
    path(ConnectionState.DISCONNECTED);
    restart();
    owner.time.advance(10);
    path(ConnectionState.FAILED);

    assertThat(owner.reports).singleElement().satisfies(report ->
      assertThat(report.phase()).as("that of the link").isEqualTo(ConnectPhase.UP));
    assertThat(link.state()).isEqualTo(CLOSED);
    assertThat(owner.time.pending()).isZero();
  }

  @Test
  void anotherConnectionInItsPlaceHasTheReportsOfItsOwn() {
    path(ConnectionState.DISCONNECTED);
    restart();
    answer();
    link.signaling().onOffer(new Offer("theirs", "sdp"), "m-1", TIMEOUT_MS);
    assertThat(owner.reports).extracting(ConnectReport::verdict).containsExactly(ConnectVerdict.UDP_BLOCKED);

    owner.time.advance(TIMEOUT_MS);
    assertThat(owner.reports).hasSize(2);
    assertThat(owner.time.pending()).isZero();
  }

  private void path(ConnectionState state) {
    if (state == ConnectionState.DISCONNECTED) {
      owner.connection().events.onIceConnectionState(IceConnectionState.DISCONNECTED);
    }
    owner.connection().events.onConnectionState(state);
  }

  private void restart() {
    assertThat(link.signaling().restartIce().succeeded()).isTrue();
    owner.connection().events.onIceCandidate(new IceCandidate(HOST, "0", 0, "u"));
    link.attempt().offerLeft();
  }

  private void answer() {
    owner.time.advance(10);
    link.signaling().onAnswer(new Answer(link.connectionId(), "a=" + HOST + "\r\n"));
  }
}
