package io.aiconexus.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.MessageType;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The router against a directory and inboxes that answer when the test says so. */
class RouterTest {

  private static final String HERE = "here";
  private final Did ann = AgentKey.generate().did();
  private final Did bob = AgentKey.generate().did();
  private final RoutingOptions options = new RoutingOptions(Duration.ofSeconds(1), 4, 8, 10_000);
  private final Deque<Promise<Entry>> lookups = new ArrayDeque<>();
  private final List<String> local = new ArrayList<>();
  private final List<Sent> sent = new ArrayList<>();
  private final List<String> ends = new ArrayList<>();
  private Outcome localOutcome = Outcome.DELIVERED;
  private final Router router = new Router(options, HERE, did -> {
    Promise<Entry> lookup = Promise.promise();
    lookups.add(lookup);
    return lookup.future();
  }, delivery -> {
    if (localOutcome == Outcome.DELIVERED) {
      local.add(delivery.text());
    }
    return localOutcome;
  }, (inbox, delivery) -> {
    Sent one = new Sent(inbox, delivery, Promise.promise());
    sent.add(one);
    return one.answer.future();
  }, (delivery, outcome) -> ends.add(delivery.text() + " " + outcome));

  /** A message under way to another instance. */
  record Sent(String inbox, Delivery delivery, Promise<Outcome> answer) {
  }

  @Test
  void aRecipientHereTakesNoBus() {
    route("a", "b");
    found(HERE, 1);
    route("c");

    assertThat(local).containsExactly("a", "b", "c");
    assertThat(ends).containsExactly("a DELIVERED", "b DELIVERED", "c DELIVERED");
    assertThat(sent).isEmpty();
    assertThat(lookups).isEmpty();
  }

  @Test
  void aRecipientNowhereIsUnknownForAllThatWaited() {
    route("a", "b");
    lookups.poll().complete(null);

    assertThat(ends).containsExactly("a UNKNOWN", "b UNKNOWN");
    route("c");
    assertThat(lookups).hasSize(1);
  }

  @Test
  void aDirectoryThatFailsIsOurFault() {
    route("a");
    lookups.poll().fail("broken");

    assertThat(ends).containsExactly("a BROKEN");
  }

  @Test
  void messagesCarryTheEpochOfTheSessionTheyAreFor() {
    route("a");
    found("there", 7);

    assertThat(sent.get(0).inbox).isEqualTo("there");
    assertThat(sent.get(0).delivery.epoch()).isEqualTo(7);
  }

  @Test
  void whenTheRecipientMovesEverythingFollowsInOrder() {
    route("a", "b");
    found("old", 1);
    sent.get(0).answer.complete(Outcome.MOVED);
    route("c");
    assertThat(lookups).as("b is still under way").isEmpty();
    sent.get(1).answer.complete(Outcome.MOVED);
    route("d");
    found("new", 2);

    assertThat(texts("new")).containsExactly("a", "b", "c", "d");
    assertThat(ends).isEmpty();
  }

  @Test
  void newsOfAMoveHoldsMessagesUntilThoseUnderWayAreAnswered() {
    route("a");
    found("old", 1);
    router.forget(bob, 2);
    route("b");
    assertThat(lookups).isEmpty();

    sent.get(0).answer.complete(Outcome.MOVED);
    found("new", 2);

    assertThat(texts("new")).containsExactly("a", "b");
  }

  @Test
  void newsOlderThanTheRouteChangesNothing() {
    route("a");
    found("there", 5);
    sent.get(0).answer.complete(Outcome.DELIVERED);
    router.forget(bob, 4);
    route("b");

    assertThat(texts("there")).containsExactly("a", "b");
  }

  @Test
  void aDirectoryThatKeepsNamingAnEmptyPlaceIsNotBelievedTwice() {
    route("a");
    found("old", 1);
    sent.get(0).answer.complete(Outcome.MOVED);
    found("old", 1);

    assertThat(ends).containsExactly("a UNKNOWN");
  }

  @Test
  void anEmptyPlaceHereIsNotBelievedTwiceEither() {
    localOutcome = Outcome.MOVED;
    route("a");
    found(HERE, 1);
    found(HERE, 1);

    assertThat(ends).containsExactly("a UNKNOWN");
  }

  @Test
  void anInstanceThatDoesNotAnswerEndsTheMessageAndIsLookedUpAgain() {
    route("a");
    found("dead", 1);
    sent.get(0).answer.complete(Outcome.TIMEOUT);
    route("b");
    found("new", 2);

    assertThat(ends).containsExactly("a TIMEOUT");
    assertThat(texts("new")).containsExactly("b");
  }

  @Test
  void onlySoManyAreUnderWayAtOnce() {
    route(IntStream.range(0, 20).mapToObj(String::valueOf).toArray(String[]::new));
    found("there", 1);
    assertThat(sent).hasSize(8);

    for (int i = 0; i < 20; i++) {
      sent.get(i).answer.complete(Outcome.DELIVERED);
    }

    assertThat(texts("there")).isEqualTo(IntStream.range(0, 20).mapToObj(String::valueOf).toList());
    assertThat(ends).hasSize(20);
  }

  @Test
  void whatWaitsIsBounded() {
    for (int i = 0; i < 11; i++) {
      route("x".repeat(1000));
    }

    assertThat(ends).containsExactly("x".repeat(1000) + " OVERLOADED");
  }

  @Test
  void routesAreForgottenOldestFirstButNeverBusyOnes() {
    RouteCache cache = new RouteCache(2);
    Route busy = cache.to(ann);
    busy.hold(delivery("a"), 100);
    Route idle = cache.to(bob);
    cache.to(AgentKey.generate().did());

    assertThat(cache.known(ann)).isSameAs(busy);
    assertThat(cache.known(bob)).isNull();
    assertThat(cache.to(bob)).isNotSameAs(idle);
    assertThat(cache.size()).isEqualTo(2);
  }

  private void route(String... texts) {
    for (String text : texts) {
      router.route(delivery(text));
    }
  }

  private Delivery delivery(String text) {
    return new Delivery(bob, 0, ann, "id", MessageType.OFFER, text);
  }

  private void found(String inbox, long epoch) {
    lookups.poll().complete(new Entry(bob, inbox, "node", epoch, "s", List.of(), 0));
  }

  private List<String> texts(String inbox) {
    return sent.stream().filter(one -> one.inbox.equals(inbox)).map(one -> one.delivery.text()).toList();
  }
}
