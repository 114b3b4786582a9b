package io.aiconexus.peer;

import static io.aiconexus.peer.LinkState.CLOSED;
import static io.aiconexus.peer.LinkState.CONNECTED;
import static io.aiconexus.peer.LinkState.CONNECTING;
import static io.aiconexus.peer.LinkState.DISCONNECTED;
import static io.aiconexus.peer.LinkState.FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.Answer;
import io.aiconexus.protocol.Bye;
import io.aiconexus.protocol.Candidate;
import io.aiconexus.protocol.Offer;
import io.aiconexus.webrtc.ConnectionState;
import io.aiconexus.webrtc.DataChannelOptions;
import io.vertx.core.Future;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a link makes of the other end's offers, answers, candidates and goodbyes. */
class LinkSignalingTest {

  private static final long TIMEOUT_MS = 30_000;
  private static final RuntimeException REFUSAL = Failure.CONNECTION_REFUSED.because("as a test does");
  private static final Did[] DIDS = Stream.of(AgentKey.generate().did(), AgentKey.generate().did())
    .sorted((one, other) -> one.toString().compareTo(other.toString())).toArray(Did[]::new);

  private ScriptedOwner owner;
  private Link link;

  /** A link at the end that yields: the one with the lower DID. */
  private LinkSignaling polite() {
    return at(DIDS[0], DIDS[1]);
  }

  private LinkSignaling impolite() {
    return at(DIDS[1], DIDS[0]);
  }

  private LinkSignaling at(Did local, Did remote) {
    owner = new ScriptedOwner(local);
    link = new Link(remote, owner);
    return link.signaling();
  }

  @Test
  void anOfferIsAnsweredOnAConnectionOfTheSameName() {
    impolite();

    Future<Void> taken = theyOffer("theirs");
    owner.time.advance(10);

    assertThat(taken.succeeded()).isTrue();
    assertThat(owner.signals).containsExactly(new Answer("theirs", "local 1\r\n"));
    assertThat(link.connectionId()).isEqualTo("theirs");
    assertThat(owner.states).containsExactly(CONNECTING);
  }

  @Test
  void whenOffersCrossThePoliteEndTakesTheirsInPlaceOfItsOwn() {
    polite();
    Future<Link> connecting = connect();
    ScriptedConnection ours = owner.connection();

    theyOffer("theirs");
    owner.time.advance(10);

    assertThat(ours.asked).endsWith("close");
    assertThat(owner.signals).as("our offer had not left").containsExactly(new Answer("theirs", "local 1\r\n"));
    assertThat(connecting.isComplete()).as("it waits for their connection now").isFalse();
    ours.events.onConnectionState(ConnectionState.CLOSED);
    assertThat(link.state()).as("what became of ours does not matter").isEqualTo(CONNECTING);
  }

  @Test
  void whenOffersCrossTheImpoliteEndKeepsItsOwn() {
    LinkSignaling signaling = impolite();
    connect();
    String ours = link.connectionId();

    assertThat(theyOffer("theirs").succeeded()).isTrue();
    signaling.onAnswer(new Answer(ours, "answer"));

    assertThat(link.connectionId()).isEqualTo(ours);
    assertThat(owner.connection().asked).endsWith("local OFFER", "remote ANSWER answer");
  }

  @Test
  void anOfferThatComesTooLateToHaveCrossedReplacesOurs() {
    impolite();
    connect();
    owner.time.advance(2_999);
    theyOffer("crossing");
    assertThat(link.connectionId()).isNotEqualTo("crossing");

    owner.time.advance(1);
    theyOffer("late");

    assertThat(link.connectionId()).isEqualTo("late");
  }

  @Test
  void whereOursIsRefusedTheOneThatCrossedItIsTakenWithItsCandidates() {
    LinkSignaling signaling = impolite();
    Future<Link> connecting = connect();
    theyOffer("theirs");
    signaling.onCandidate(candidate("theirs", 1));

    link.onRefused(REFUSAL);

    assertThat(link.connectionId()).isEqualTo("theirs");
    assertThat(owner.connection().asked).containsExactly("remote OFFER sdp", "candidate candidate:1", "local ANSWER");
    assertThat(connecting.isComplete()).isFalse();
  }

  @Test
  void whereOursIsRefusedAndNoneCrossedItTheConnectFails() {
    impolite();
    Future<Link> connecting = connect();

    link.onRefused(REFUSAL);

    assertThat(connecting.cause()).isSameAs(REFUSAL);
    assertThat(owner.states).containsExactly(CONNECTING, FAILED, CLOSED);
  }

  @Test
  void anOfferThatCrossedAndWasTakenBackDoesNotCount() {
    LinkSignaling signaling = impolite();
    Future<Link> connecting = connect();
    theyOffer("theirs");
    signaling.onBye(new Bye("theirs", null));
    assertThat(link.state()).as("ours goes on").isEqualTo(CONNECTING);

    link.onRefused(REFUSAL);

    assertThat(connecting.cause()).isSameAs(REFUSAL);
  }

  @Test
  void anAnswerThatCannotBeUsedFailsTheLink() {
    LinkSignaling signaling = impolite();
    Future<Link> connecting = connect();
    owner.connection().fail("remote", Failure.BAD_REQUEST.because("no sdp at all"));

    signaling.onAnswer(new Answer(link.connectionId(), "nonsense"));

    assertThat(Failure.of(connecting.cause())).isEqualTo(Failure.CONNECT_FAILED);
    assertThat(connecting.cause()).hasMessage("the other end's answer cannot be used: no sdp at all");
  }

  @Test
  void anOfferThatCannotBeUsedFailsForItsSenderAndTheLinkEnds() {
    impolite();
    theyOffer("theirs");
    owner.connection().fail("remote", REFUSAL);

    assertThat(theyOffer("theirs").cause()).isSameAs(REFUSAL);
    owner.breakEngine();
    Future<Void> other = theyOffer("others");

    assertThat(Failure.of(other.cause())).isEqualTo(Failure.ENGINE_UNAVAILABLE);
    assertThat(owner.states).containsExactly(CONNECTING, FAILED, CLOSED);
  }

  @Test
  void whatNamesAnotherConnectionIsNotForThisOne() {
    LinkSignaling signaling = impolite();
    connect();
    ScriptedConnection connection = owner.connection();
    int before = connection.asked.size();

    assertThat(signaling.onAnswer(new Answer("other", "sdp")).succeeded()).isTrue();
    assertThat(signaling.onCandidate(candidate("other", 1)).succeeded()).isTrue();
    assertThat(signaling.onBye(new Bye("other", "tired")).succeeded()).isTrue();

    assertThat(connection.asked).hasSize(before);
    assertThat(link.state()).isEqualTo(CONNECTING);
  }

  @Test
  void aGoodbyeClosesTheLinkAtOnceWithoutAnEcho() {
    LinkSignaling signaling = impolite();
    Future<Link> connecting = connect();
    owner.time.advance(10);
    int sent = owner.signals.size();

    signaling.onBye(new Bye(link.connectionId(), "tired"));

    assertThat(owner.states).containsExactly(CONNECTING, CLOSED);
    assertThat(Failure.of(connecting.cause())).isEqualTo(Failure.CONNECT_FAILED);
    assertThat(connecting.cause()).hasMessage("the other end says: tired");
    assertThat(owner.signals).hasSize(sent);
    assertThat(owner.connection().asked).endsWith("close");
  }

  @Test
  void aGoodbyeThatTheLossOfThePathOvertakesClosesTheLinkAtOnceToo() {
    LinkSignaling signaling = impolite();
    connect();
    up(signaling);
    owner.connection().events.onConnectionState(ConnectionState.DISCONNECTED);

    signaling.onBye(new Bye(link.connectionId(), null));

    assertThat(owner.states).containsExactly(CONNECTING, CONNECTED, DISCONNECTED, CLOSED);
  }

  @Test
  void anOfferOfANewConnectionReplacesOneThatIsUp() {
    LinkSignaling signaling = impolite();
    connect();
    up(signaling);
    ScriptedConnection old = owner.connection();
    Channel channel = link.protocolChannel().orElseThrow();

    theyOffer("theirs");

    assertThat(old.asked).endsWith("close");
    assertThat(channel.isOpen()).isFalse();
    assertThat(owner.states).containsExactly(CONNECTING, CONNECTED, CONNECTING);
    owner.time.advance(TIMEOUT_MS);
    assertThat(owner.states).as("it has its time to come up, as any").endsWith(FAILED, CLOSED);
  }

  @Test
  void anIceRestartNeedsAnAnsweredConnection() {
    LinkSignaling signaling = impolite();
    assertThat(Failure.of(signaling.restartIce().cause())).isEqualTo(Failure.NOT_CONNECTED);
    connect();
    assertThat(Failure.of(signaling.restartIce().cause())).isEqualTo(Failure.NOT_CONNECTED);
    up(signaling);

    assertThat(signaling.restartIce().succeeded()).isTrue();
    assertThat(owner.connection().asked).endsWith("servers 0", "restart", "local OFFER");
  }

  @Test
  void onALinkThatIsOverNothingIsDoneAnyMore() {
    LinkSignaling signaling = impolite();
    link.close();

    assertThat(theyOffer("theirs").succeeded()).isTrue();

    assertThat(owner.connections).isEmpty();
    assertThat(owner.signals).isEmpty();
  }

  private Future<Void> theyOffer(String connectionId) {
    return link.signaling().onOffer(new Offer(connectionId, "sdp"), "m1", TIMEOUT_MS);
  }

  private Future<Link> connect() {
    return link.connect(TIMEOUT_MS, Map.of(Link.PROTOCOL_CHANNEL, DataChannelOptions.DEFAULTS));
  }

  private void up(LinkSignaling signaling) {
    signaling.onAnswer(new Answer(link.connectionId(), "theirs"));
    owner.connection().events.onConnectionState(ConnectionState.CONNECTED);
    owner.connection().channels.values().forEach(ScriptedChannel::open);
  }

  private static Candidate candidate(String connectionId, int number) {
    return new Candidate(connectionId, "candidate:" + number, "0", 0, "u");
  }
}
