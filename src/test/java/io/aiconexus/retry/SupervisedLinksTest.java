package io.aiconexus.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiconexus.bus.Failure;
import io.aiconexus.config.Section;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Supervision over hours of virtual time; the agents at the near ends are scripted. */
class SupervisedLinksTest {

  private static final long DAY_MS = 86_400_000;

  private final VirtualTimers timers = new VirtualTimers();
  private final Did alice = AgentKey.generate().did();
  private final Did bob = AgentKey.generate().did();
  private final List<JsonObject> events = new ArrayList<>();
  private final List<Did> watched = new ArrayList<>();
  private final ScriptedAgents agents = new ScriptedAgents();
  private final RetryOptions options = RetryOptions.from(Section.of("retry", new JsonObject()
    .put("max_links", 3).put("policy", new JsonObject().put("jitter_factor", 0).put("max_retries", 4))));
  private final SupervisedLinks links = new SupervisedLinks(new SupervisedLink.Surroundings(options, timers,
    new Random(3), new RetryBudget(0.2, 10, timers::nowMs), agents, events::add), local -> {
      watched.add(local);
      return () -> watched.remove(local);
    });

  /** Does what the test says, and counts. */
  private final class ScriptedAgents implements LocalAgents {

    private final List<Long> connectsAt = new ArrayList<>();
    private final List<Long> restartsAt = new ArrayList<>();
    private Supplier<Future<Void>> connect = Future::succeededFuture;
    private Supplier<Future<Void>> restart = Future::succeededFuture;
    private Supplier<Future<Map<String, String>>> links = () -> Future.succeededFuture(new HashMap<>());

    @Override
    public Future<Void> connect(Did local, Did remote, long timeoutMs) {
      connectsAt.add(timers.nowMs());
      return connect.get();
    }

    @Override
    public Future<Void> restartIce(Did local, Did remote) {
      restartsAt.add(timers.nowMs());
      return restart.get();
    }

    @Override
    public Future<Map<String, String>> links(Did local) {
      return links.get();
    }
  }

  @Test
  void anAgentThatNeverComesCostsLittleForADay() {
    agents.connect = () -> Future.failedFuture(Failure.UNKNOWN_AGENT.because("present nowhere"));
    supervise();
    timers.advance(DAY_MS);
    int firstDay = agents.connectsAt.size();
    timers.advance(DAY_MS);

    assertThat(firstDay).isBetween(288, 586);
    assertThat(timers.pending()).isEqualTo(1);
    assertThat(state()).isEqualTo("connecting");
    assertThat(names()).containsOnly("attempt", "retry");
  }

  @Test
  void thePresenceEventOfTheOtherAgentEndsTheWait() {
    agents.connect = () -> Future.failedFuture(Failure.UNKNOWN_AGENT.because("present nowhere"));
    supervise();
    timers.advance(DAY_MS);
    agents.connect = Future::succeededFuture;
    int before = agents.connectsAt.size();

    links.onJoined(AgentKey.generate().did().toString());
    assertThat(agents.connectsAt).hasSize(before);
    links.onJoined(bob.toString());

    assertThat(agents.connectsAt).hasSize(before + 1).endsWith(DAY_MS);
    assertThat(state()).isEqualTo("up");
  }

  @Test
  void aPathThatComesBackInItsGraceIsLeftAlone() {
    superviseAndSteady();
    tell("disconnected");
    timers.advance(6_999);
    tell("connected");
    timers.advance(DAY_MS);

    assertThat(agents.restartsAt).isEmpty();
    assertThat(agents.connectsAt).hasSize(1);
    assertThat(state()).isEqualTo("up");
  }

  @Test
  void iceIsRestartedThreeTimesAndThenTheLinkIsBuiltAnew() {
    superviseAndSteady();
    long lostAt = timers.nowMs();
    tell("disconnected");
    timers.advance(DAY_MS);

    assertThat(agents.restartsAt).containsExactly(lostAt + 7_000, lostAt + 12_000, lostAt + 17_000);
    assertThat(agents.connectsAt).containsExactly(0L, lostAt + 22_000);
    assertThat(names()).endsWith("attempt", "attempt", "attempt", "attempt", "recovered");
    assertThat(events.get(events.size() - 1).getLong("down_ms")).isEqualTo(22_000);
    assertThat(timers.pending()).isZero();
  }

  @Test
  void aRestartThatHelpsIsTheLast() {
    superviseAndSteady();
    tell("disconnected");
    timers.advance(8_000);
    tell("connected");
    timers.advance(DAY_MS);

    assertThat(agents.restartsAt).hasSize(1);
    assertThat(agents.connectsAt).hasSize(1);
    assertThat(events.get(events.size() - 1)).isEqualTo(new JsonObject().put("event", "recovered")
      .put("local", alice.toString()).put("remote", bob.toString()).put("how", "path").put("attempts", 1)
      .put("down_ms", 8_000L));
  }

  @Test
  void aRestartThatCannotBeMadeLeadsStraightToANewLink() {
    agents.restart = () -> Future.failedFuture(Failure.NOT_CONNECTED.because("there is no link"));
    superviseAndSteady();
    long lostAt = timers.nowMs();
    tell("disconnected");
    timers.advance(10_000);

    assertThat(agents.connectsAt).containsExactly(0L, lostAt + 7_000);
  }

  @Test
  void aHintEndsTheGraceAndMovesALinkThatIsUp() {
    superviseAndSteady();
    links.onNetworkChanged();
    assertThat(agents.restartsAt).hasSize(1);
    assertThat(state()).isEqualTo("up");

    tell("disconnected");
    links.onJoined(bob.toString());
    assertThat(agents.restartsAt).hasSize(2);
    assertThat(state()).isEqualTo("restarting");
  }

  @Test
  void aLinkThatClosesAsSoonAsItIsUpIsNotRebuiltWithoutAPause() {
    supervise();
    for (int n = 0; n < 4; n++) {
      tell("closed");
      timers.advance(9_000);
    }
    assertThat(agents.connectsAt).containsExactly(0L, 1_000L, 11_000L, 22_000L, 35_000L);

    tell("closed");
    assertThat(state()).isEqualTo("exhausted");
    assertThat(events.get(events.size() - 1).getJsonObject("error").getString("message")).contains("5 times in a row");
    assertThat(timers.pending()).isZero();
  }

  @Test
  void whatIsExhaustedBeginsAnewWhenTheAgentComesBack() {
    agents.connect = () -> Future.failedFuture(Failure.TIMEOUT.because("silent"));
    supervise();
    timers.advance(DAY_MS);
    assertThat(agents.connectsAt).hasSize(5);
    assertThat(state()).isEqualTo("exhausted");
    assertThat(timers.pending()).isZero();

    agents.connect = Future::succeededFuture;
    links.onJoined(bob.toString());
    timers.advance(2_000);
    assertThat(state()).isEqualTo("up");
  }

  @Test
  void whatCannotPassIsNotTriedAgainEvenWhenTheAgentComesBack() {
    agents.connect = () -> Future.failedFuture(Failure.INVALID_SIGNATURE.because("not of that DID"));
    supervise();
    links.onJoined(bob.toString());
    links.onNetworkChanged();
    timers.advance(DAY_MS);

    assertThat(agents.connectsAt).hasSize(1);
    supervise();
    assertThat(agents.connectsAt).hasSize(2);
  }

  @Test
  void aLinkThatTheOtherEndMadeIsUsed() {
    agents.connect = () -> Future.failedFuture(Failure.TIMEOUT.because("silent"));
    supervise();
    agents.connect = Future::succeededFuture;
    tell("connected");
    assertThat(agents.connectsAt).hasSize(2);
    assertThat(state()).isEqualTo("up");
  }

  @Test
  void whatNoEventToldIsNoticedByComparing() {
    superviseAndSteady();
    agents.links = () -> Future.failedFuture(Failure.TIMEOUT.because("busy"));
    links.check();
    agents.links = () -> Future.succeededFuture(Map.of(bob.toString(), "connected"));
    links.check();
    assertThat(agents.connectsAt).hasSize(1);

    agents.links = () -> Future.succeededFuture(Map.of());
    links.check();
    assertThat(agents.connectsAt).hasSize(2);

    timers.advance(10_000);
    agents.links = () -> Future.failedFuture(Failure.UNAVAILABLE.because("no such agent"));
    links.check();
    assertThat(agents.connectsAt).hasSize(3);
  }

  @Test
  void releasingStopsEverythingInEveryState() {
    Promise<Void> late = Promise.promise();
    agents.connect = late::future;
    supervise();
    links.release(alice, bob);
    late.complete();
    agents.connect = () -> Future.failedFuture(Failure.TIMEOUT.because("silent"));
    supervise();
    links.release(alice, bob);
    agents.connect = Future::succeededFuture;
    superviseAndSteady();
    tell("disconnected");
    links.release(alice, bob);
    superviseAndSteady();
    tell("disconnected");
    timers.advance(7_000);
    links.release(alice, bob);
    int asked = agents.connectsAt.size() + agents.restartsAt.size();

    links.onJoined(bob.toString());
    tell("closed");
    timers.advance(DAY_MS);

    assertThat(agents.connectsAt.size() + agents.restartsAt.size()).isEqualTo(asked);
    assertThat(timers.pending()).isZero();
    assertThat(watched).isEmpty();
    assertThat(links.describe()).isEmpty();
    assertThatThrownBy(() -> links.release(alice, bob)).hasMessageContaining("does not supervise");
  }

  @Test
  void oneselfAndTooManyAreRefused() {
    assertThatThrownBy(() -> links.supervise(alice, alice, options.policy())).hasMessageContaining("no link to itself");
    for (int n = 0; n < 3; n++) {
      links.supervise(alice, AgentKey.generate().did(), options.policy());
    }

    assertThatThrownBy(this::supervise).hasMessageContaining("3 links already")
      .satisfies(cause -> assertThat(Failure.of(cause)).isEqualTo(Failure.OVERLOADED));
    assertThat(watched).containsExactly(alice);
    links.releaseAll();
    assertThat(watched).isEmpty();
  }

  private void supervise() {
    links.supervise(alice, bob, options.policy());
  }

  private void superviseAndSteady() {
    supervise();
    timers.advance(60_000);
  }

  private void tell(String state) {
    links.onAgentEvent(alice, new JsonObject().put("event", "link").put("remote", bob.toString()).put("state", state));
  }

  private String state() {
    return links.describe().getJsonObject(0).getString("state");
  }

  private List<String> names() {
    return events.stream().map(event -> event.getString("event")).toList();
  }
}
