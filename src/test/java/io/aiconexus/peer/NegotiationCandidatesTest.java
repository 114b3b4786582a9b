package io.aiconexus.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.bus.Failure;
import io.aiconexus.protocol.Answer;
import io.aiconexus.protocol.Candidate;
import io.aiconexus.protocol.Offer;
import io.aiconexus.protocol.Payload;
import io.aiconexus.retry.VirtualTimers;
import io.aiconexus.webrtc.IceCandidate;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How candidates come and go around the descriptions they belong to. */
class NegotiationCandidatesTest {

  private static final IceCandidate END = new IceCandidate("", "0", 0, "u");

  private final VirtualTimers time = new VirtualTimers();
  private final ScriptedConnection connection = new ScriptedConnection(null);
  private final List<Payload> sent = new ArrayList<>();
  private final Negotiation negotiation = new Negotiation("c1", true, connection, 2,
    (payload, answered) -> sent.add(payload),
    time::after);

  @Test
  void aDescriptionWaitsTenMillisecondsForItsFirstCandidate() {
    negotiation.offer();

    time.advance(9);
    assertThat(sent).isEmpty();
    time.advance(1);
    assertThat(sent).containsExactly(new Offer("c1", "local 1\r\n"));
  }

  @Test
  void candidatesThatComeTogetherTravelInsideTheDescription() {
    negotiation.offer();
    negotiation.onLocalCandidate(host(1));
    negotiation.onLocalCandidate(host(2));
    assertThat(sent).isEmpty();

    time.advance(1);

    assertThat(sent).containsExactly(new Offer("c1", "local 1\r\na=candidate:1\r\na=candidate:2\r\n"));
  }

  @Test
  void theLastCandidateEndsTheWaitAtOnce() {
    negotiation.onOffer("theirs", "m1");
    negotiation.onLocalCandidate(host(1));

    negotiation.onLocalCandidate(END);

    assertThat(sent).containsExactly(new Answer("c1", "local 1\r\na=candidate:1\r\na=end-of-candidates\r\n"));
    time.advance(1_000);
    assertThat(sent).as("once").hasSize(1);
  }

  @Test
  void candidatesThatWereThereBeforeTheDescriptionNeedNoWaitOrAShortOne() {
    Promise<Void> described = connection.hold("local");
    negotiation.offer();
    negotiation.onLocalCandidate(host(1));
    described.complete();
    assertThat(sent).isEmpty();
    time.advance(1);
    assertThat(sent).containsExactly(new Offer("c1", "local 1\r\na=candidate:1\r\n"));

    Promise<Void> again = connection.hold("local");
    negotiation.restartIce(List.of());
    negotiation.onLocalCandidate(host(2));
    negotiation.onLocalCandidate(END);
    again.complete();
    assertThat(sent).endsWith(new Offer("c1", "local 2\r\na=candidate:2\r\na=end-of-candidates\r\n"));
  }

  @Test
  void laterCandidatesFollowTheDescriptionOneByOne() {
    negotiation.offer();
    time.advance(10);
    sent.clear();

    negotiation.onLocalCandidate(host(1));
    negotiation.onLocalCandidate(END);

    assertThat(sent).containsExactly(new Candidate("c1", "candidate:1", "0", 0, "u"),
      new Candidate("c1", "", "0", 0, "u"));
  }

  @Test
  void candidatesOfAnOfferThatWasGivenUpAreNotSent() {
    negotiation.offer();
    negotiation.onLocalCandidate(host(1));

    negotiation.onOffer("theirs", "m1");
    negotiation.onLocalCandidate(host(2));
    time.advance(1_000);

    assertThat(sent).containsExactly(new Answer("c1", "local 2\r\na=candidate:2\r\n"));
  }

  @Test
  void afterTheEndNothingThatWaitedIsSent() {
    negotiation.offer();
    negotiation.onLocalCandidate(host(1));

    negotiation.end();
    time.advance(1_000);

    assertThat(sent).isEmpty();
  }

  @Test
  void candidatesOfTheOtherEndWaitForItsDescriptionAndKeepTheirOrder() {
    negotiation.onCandidate(host(1));
    negotiation.onCandidate(END);
    assertThat(connection.asked).isEmpty();

    negotiation.onOffer("theirs", "m1");
    negotiation.onCandidate(host(2));

    assertThat(connection.asked).containsExactly("remote OFFER theirs", "candidate candidate:1", "candidate ",
      "local ANSWER", "candidate candidate:2");
  }

  @Test
  void candidatesThatComeBeforeTheAnswerWaitForIt() {
    negotiation.offer();
    negotiation.onCandidate(host(1));

    negotiation.onAnswer("theirs");

    assertThat(connection.asked).containsExactly("local OFFER", "remote ANSWER theirs", "candidate candidate:1");
  }

  @Test
  void noMoreCandidatesWaitThanMay() {
    for (int i = 1; i <= 3; i++) {
      assertThat(negotiation.onCandidate(host(i)).succeeded()).isTrue();
    }

    negotiation.onOffer("theirs", "m1");

    assertThat(connection.asked).contains("candidate candidate:1", "candidate candidate:2")
      .doesNotContain("candidate candidate:3");
  }

  @Test
  void anEarlyCandidateThatCannotBeUsedIsLeftOut() {
    negotiation.onCandidate(host(1));
    negotiation.onCandidate(host(2));
    connection.fail("candidate", Failure.BAD_REQUEST.because("as a test does"));

    assertThat(negotiation.onOffer("theirs", "m1").succeeded()).isTrue();

    assertThat(connection.asked).containsExactly("remote OFFER theirs", "candidate candidate:1",
      "candidate candidate:2", "local ANSWER");
  }

  private static IceCandidate host(int number) {
    return new IceCandidate("candidate:" + number, "0", 0, "u");
  }
}
