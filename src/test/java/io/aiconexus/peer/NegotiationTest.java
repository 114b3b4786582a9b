package io.aiconexus.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.bus.Failure;
import io.aiconexus.protocol.Answer;
import io.aiconexus.protocol.IceServer;
import io.aiconexus.protocol.Offer;
import io.aiconexus.protocol.Payload;
import io.aiconexus.retry.VirtualTimers;
import io.aiconexus.webrtc.IceCandidate;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Offers and answers, and who yields; candidates have {@link NegotiationCandidatesTest}. */
class NegotiationTest {

  private static final long MOMENT_MS = 10;
  private static final RuntimeException BROKEN = Failure.BAD_REQUEST.because("as a test does");
  private static final List<IceServer> SERVERS = List.of(new IceServer(List.of("stun:192.0.2.1"), null, null));

  private final VirtualTimers time = new VirtualTimers();
  private final ScriptedConnection connection = new ScriptedConnection(null);
  private final List<Payload> sent = new ArrayList<>();
  private final Negotiation polite = negotiation(true);
  private final Negotiation impolite = negotiation(false);

  private Negotiation negotiation(boolean yields) {
    return new Negotiation("c1", yields, connection, 2, (payload, answered) -> sent.add(payload),
    time::after);
  }

  @Test
  void anOfferIsDescribedAndSent() {
    Future<Void> offered = impolite.offer();
    time.advance(MOMENT_MS);

    assertThat(offered.succeeded()).isTrue();
    assertThat(connection.asked).containsExactly("local OFFER");
    assertThat(sent).containsExactly(new Offer("c1", "local 1\r\n"));
    assertThat(impolite.answered()).isFalse();
  }

  @Test
  void anOfferOfTheOtherEndIsAppliedAndAnswered() {
    Future<Void> taken = impolite.onOffer("theirs", "m1");
    time.advance(MOMENT_MS);

    assertThat(taken.succeeded()).isTrue();
    assertThat(connection.asked).containsExactly("remote OFFER theirs", "local ANSWER");
    assertThat(sent).containsExactly(new Answer("c1", "local 1\r\n"));
    assertThat(impolite.answered()).isTrue();
  }

  @Test
  void theAnswerToOurOfferIsApplied() {
    impolite.offer();

    assertThat(impolite.onAnswer("theirs").succeeded()).isTrue();

    assertThat(connection.asked).containsExactly("local OFFER", "remote ANSWER theirs");
    assertThat(impolite.answered()).isTrue();
  }

  @Test
  void anAnswerToNoOfferIsIgnored() {
    assertThat(impolite.onAnswer("unasked").succeeded()).isTrue();
    assertThat(impolite.answered()).isFalse();
    impolite.offer();
    impolite.onAnswer("first");

    assertThat(impolite.onAnswer("second").succeeded()).isTrue();

    assertThat(connection.asked).containsExactly("local OFFER", "remote ANSWER first");
  }

  @Test
  void whenOffersCrossTheImpoliteEndKeepsItsOwn() {
    impolite.offer();

    assertThat(impolite.onOffer("theirs", "m1").succeeded()).isTrue();
    time.advance(MOMENT_MS);
    impolite.onAnswer("answer");

    assertThat(connection.asked).containsExactly("local OFFER", "remote ANSWER answer");
    assertThat(sent).containsExactly(new Offer("c1", "local 1\r\n"));
  }

  @Test
  void whenOffersCrossThePoliteEndRollsBackAndAnswers() {
    polite.offer();

    polite.onOffer("theirs", "m1");
    time.advance(MOMENT_MS);

    assertThat(connection.asked).containsExactly("local OFFER", "rollback", "remote OFFER theirs", "local ANSWER");
    assertThat(sent).as("the offer had not left").containsExactly(new Answer("c1", "local 2\r\n"));
  }

  @Test
  void theAnswerToAnOfferThatWasRolledBackComesTooLate() {
    polite.offer();
    time.advance(MOMENT_MS);
    polite.onOffer("theirs", "m1");

    assertThat(polite.onAnswer("late").succeeded()).isTrue();

    assertThat(connection.asked).doesNotContain("remote ANSWER late");
  }

  @Test
  void onceAnsweredEitherEndMayOfferAgain() {
    impolite.offer();
    impolite.onAnswer("one");

    impolite.onOffer("two", "m1");
    impolite.offer();

    assertThat(connection.asked).containsExactly("local OFFER", "remote ANSWER one", "remote OFFER two", "local ANSWER",
      "local OFFER");
  }

  @Test
  void anIceRestartOffersRenewedCredentials() {
    impolite.offer();
    time.advance(MOMENT_MS);
    impolite.onAnswer("theirs");
    connection.asked.clear();
    sent.clear();

    impolite.restartIce(SERVERS);
    time.advance(MOMENT_MS);

    assertThat(connection.asked).containsExactly("servers 1", "restart", "local OFFER");
    assertThat(sent).containsExactly(new Offer("c1", "local 2\r\n"));
  }

  @Test
  void anIceRestartGivesAnUnansweredOfferUp() {
    impolite.offer();
    connection.asked.clear();

    impolite.restartIce(SERVERS);
    time.advance(MOMENT_MS);

    assertThat(connection.asked).containsExactly("rollback", "servers 1", "restart", "local OFFER");
    assertThat(sent).as("only the second leaves").containsExactly(new Offer("c1", "local 2\r\n"));
  }

  @Test
  void anIceRestartDoesNotSwallowAnAnswerThatIsAboutToLeave() {
    impolite.onOffer("theirs", "m1");

    impolite.restartIce(SERVERS);
    time.advance(MOMENT_MS);

    assertThat(sent).containsExactly(new Answer("c1", "local 1\r\n"), new Offer("c1", "local 2\r\n"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anOfferThatTheEngineCannotMakeIsNoneAndStandsInNobodysWay(boolean yields) {
    Negotiation negotiation = negotiation(yields);
    connection.fail("local", BROKEN);

    assertThat(negotiation.offer().cause()).isSameAs(BROKEN);
    assertThat(negotiation.onOffer("theirs", "m1").succeeded()).isTrue();
    time.advance(MOMENT_MS);

    assertThat(connection.asked).containsExactly("local OFFER", "remote OFFER theirs", "local ANSWER");
    assertThat(sent).containsExactly(new Answer("c1", "local 1\r\n"));
  }

  @Test
  void anOfferThatCannotBeAppliedFailsAndIsNotAnswered() {
    fails("remote", polite -> polite.onOffer("theirs", "m1"));
    assertThat(connection.asked).containsExactly("remote OFFER theirs");
  }

  @Test
  void anAnswerThatCannotBeMadeFails() {
    fails("local", polite -> polite.onOffer("theirs", "m1"));
    assertThat(connection.asked).containsExactly("remote OFFER theirs", "local ANSWER");
  }

  @Test
  void anAnswerThatCannotBeAppliedFails() {
    polite.offer();
    fails("remote", polite -> polite.onAnswer("theirs"));
  }

  @Test
  void anOfferThatCannotBeRolledBackFailsWhatNeedsIt() {
    polite.offer();
    fails("rollback", polite -> polite.onOffer("theirs", "m1"));
    impolite.offer();
    fails("rollback", unused -> impolite.restartIce(SERVERS));

    assertThat(connection.asked).containsExactly("local OFFER", "rollback", "local OFFER", "rollback");
  }

  @Test
  void aCandidateThatCannotBeAddedFails() {
    polite.onOffer("theirs", "m1");
    fails("candidate", polite -> polite.onCandidate(new IceCandidate("candidate:1", "0", 0, "u")));
  }

  /** The engine's refusal reaches the caller as it is, nothing is sent for it, and no more is agreed than before. */
  private void fails(String engineOperation, Function<Negotiation, Future<Void>> operation) {
    boolean answered = polite.answered();
    connection.fail(engineOperation, BROKEN);
    List<Payload> before = List.copyOf(sent);

    assertThat(operation.apply(polite).cause()).isSameAs(BROKEN);

    assertThat(sent).isEqualTo(before);
    assertThat(polite.answered()).isEqualTo(answered);
  }

  @Test
  void eachOperationOfTheEngineWaitsForTheOneBefore() {
    polite.offer();
    Promise<Void> rollback = connection.hold("rollback");
    Promise<Void> remote = connection.hold("remote");

    polite.onOffer("theirs", "m1");
    assertThat(connection.asked).endsWith("rollback");
    rollback.complete();
    assertThat(connection.asked).endsWith("remote OFFER theirs");
    remote.complete();
    assertThat(connection.asked).endsWith("local ANSWER");
  }
}
