package io.aiconexus.flow;

import static io.aiconexus.flow.World.await;
import static io.aiconexus.flow.World.causeOf;
import static io.aiconexus.flow.World.failureOf;
import static io.aiconexus.flow.World.next;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.bus.Addresses;
import io.aiconexus.bus.Failure;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.aiconexus.peer.Agent;
import io.aiconexus.peer.HostOptions;
import io.aiconexus.peer.Link;
import io.aiconexus.retry.RetryPolicy;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One connect command that is tried again by a policy of its own. */
class ConnectRetryFlowTest {

  @ParameterizedTest
  @ValueSource(strings = {"loopback", "jvm"})
  void anAgentThatComesLaterIsConnectedAllTheSame(String engine) {
    try (World world = World.of(engine)) {
      Agent ann = world.host();
      AgentKey bob = AgentKey.generate();
      BlockingQueue<JsonObject> retries = retries(world, ann);
      Future<Message<JsonObject>> connected = connect(world, ann, bob.did(), retry -> retry.put("strategy", "fixed")
        .put("initial_delay_ms", 50).put("max_retries", 1_000));

      JsonObject first = next(retries);
      await(world.node.host(bob));
      JsonObject link = await(connected).body();

      assertThat(first.getInteger("attempt")).isEqualTo(1);
      assertThat(first.getString("reason")).isEqualTo("UNKNOWN_AGENT");
      assertThat(first.getString("remote")).isEqualTo(bob.did().toString());
      assertThat(link.getString("state")).isEqualTo("connected");
      assertThat(link.getInteger("attempts")).isGreaterThan(1);
      assertThat(link.getJsonArray("channels")).contains(new JsonObject().put("label", "extra").put("open", true));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"loopback", "jvm"})
  void aConnectThatSucceedsAtOnceTakesOneAttempt(String engine) {
    try (World world = World.of(engine)) {
      Agent ann = world.host();
      Agent bob = world.host();

      assertThat(await(connect(world, ann, bob.did(), retry -> { })).body().getInteger("attempts")).isEqualTo(1);
    }
  }

  @Test
  void anExhaustedPolicyEndsWithTheLastErrorAndTheNumberOfAttempts() {
    try (World world = World.of("loopback")) {
      Agent ann = world.host();
      BlockingQueue<JsonObject> retries = retries(world, ann);

      Throwable cause = causeOf(connect(world, ann, AgentKey.generate().did(), retry -> retry
        .put("initial_delay_ms", 1).put("max_retries", 2)));

      assertThat(Failure.of(cause)).isEqualTo(Failure.UNKNOWN_AGENT);
      assertThat(cause).hasMessageContaining("is not present").hasMessageContaining("(attempts: 3)");
      assertThat(next(retries).getInteger("attempt")).isEqualTo(1);
      assertThat(next(retries).getInteger("attempt")).isEqualTo(2);
    }
  }

  @Test
  void whatTryingAgainCannotHelpIsTriedOnce() {
    try (World world = World.of("loopback")) {
      Agent ann = world.host();
      Agent bob = world.host(HostOptions.DEFAULTS.accepting(nobody -> false));
      BlockingQueue<JsonObject> retries = retries(world, ann);

      Throwable refused = causeOf(connect(world, ann, bob.did(), retry -> { }));
      Throwable toItself = causeOf(connect(world, ann, ann.did(), retry -> { }));

      assertThat(Failure.of(refused)).isEqualTo(Failure.CONNECTION_REFUSED);
      assertThat(refused).hasMessageContaining("(attempts: 1)");
      assertThat(Failure.of(toItself)).isEqualTo(Failure.BAD_REQUEST);
      assertThat(retries).isEmpty();
    }
  }

  @Test
  void allAttemptsTogetherEndInTime() {
    try (World world = World.of("loopback")) {
      Agent ann = world.host();

      Throwable cause = causeOf(connect(world, ann, AgentKey.generate().did(), retry -> retry
        .put("strategy", "fixed").put("initial_delay_ms", 10).put("max_retries", 1_000_000).put("max_elapsed_ms", 200)));

      assertThat(Failure.of(cause)).isIn(Failure.UNKNOWN_AGENT, Failure.TIMEOUT);
    }
  }

  @Test
  void aSilentAgentCostsEachAttemptItsOwnTime() {
    try (World world = World.of("loopback"); Wire silent = Wire.join(world)) {
      Agent ann = world.host();

      Throwable cause = causeOf(world.vertx.eventBus().request(Addresses.peer(ann.did()), command(silent.key.did())
        .put("timeout_ms", 50).put("retry", new JsonObject().put("initial_delay_ms", 1).put("max_retries", 1))));

      assertThat(Failure.of(cause)).isEqualTo(Failure.TIMEOUT);
      assertThat(cause).hasMessageContaining("(attempts: 2)");
      String once = silent.next("OFFER").getString("connection_id");
      assertThat(silent.next("OFFER").getString("connection_id")).as("a new connection").isNotEqualTo(once);
    }
  }

  @Test
  void disconnectEndsWhatIsTried() {
    try (World world = World.of("loopback")) {
      Agent ann = world.host();
      Did nobody = AgentKey.generate().did();
      BlockingQueue<JsonObject> retries = retries(world, ann);
      Future<Message<JsonObject>> connected = connect(world, ann, nobody, retry -> retry
        .put("initial_delay_ms", 60_000));
      next(retries);

      world.vertx.eventBus().request(Addresses.peer(ann.did()), new JsonObject().put("action", "disconnect")
        .put("remote", nobody.toString()));

      assertThat(failureOf(connected)).isEqualTo(Failure.CANCELLED);
    }
  }

  @Test
  void unhostingEndsWhatIsTried() {
    try (World world = World.of("loopback")) {
      Agent ann = world.host();
      BlockingQueue<JsonObject> retries = retries(world, ann);
      Future<Message<JsonObject>> connected = connect(world, ann, AgentKey.generate().did(), retry -> retry
        .put("initial_delay_ms", 60_000));
      next(retries);

      await(world.node.unhost(ann.did()));

      assertThat(failureOf(connected)).isEqualTo(Failure.CANCELLED);
    }
  }

  @Test
  void noMoreConnectsAreTriedAtATimeThanThereMayBeLinks() {
    try (World world = World.of("loopback", new JsonObject().put("peer", new JsonObject().put("max_links", 1)))) {
      Agent ann = world.host();
      BlockingQueue<JsonObject> retries = retries(world, ann);
      connect(world, ann, AgentKey.generate().did(), retry -> retry.put("initial_delay_ms", 60_000));
      next(retries);

      assertThat(failureOf(connect(world, ann, AgentKey.generate().did(), retry -> { })))
        .isEqualTo(Failure.OVERLOADED);
    }
  }

  @Test
  void javaCallersBringAPolicyToo() {
    try (World world = World.of("loopback")) {
      Agent ann = world.host();
      AgentKey bob = AgentKey.generate();
      BlockingQueue<JsonObject> retries = retries(world, ann);
      Future<Link> connected = ann.connect(bob.did(), Duration.ofSeconds(10), Map.of(), RetryPolicy.DEFAULTS);
      next(retries);

      Agent hosted = await(world.node.host(bob));

      assertThat(await(connected).remote()).isEqualTo(hosted.did());
    }
  }

  @Test
  void aPolicyThatIsNoneIsRefusedByName() {
    try (World world = World.of("loopback")) {
      Agent ann = world.host();
      Agent bob = world.host();

      assertThat(why(world, ann, bob, true)).contains("retry must be an object, was true");
      assertThat(why(world, ann, bob, new JsonObject().put("max_retrys", 1))).contains("retry.max_retrys");
      assertThat(why(world, ann, bob, new JsonObject().put("max_retries", -1))).contains("max_retries", "-1");
      assertThat(why(world, ann, bob, new JsonObject().put("max_retries", "many"))).contains("retry.max_retries");
      assertThat(why(world, ann, bob, new JsonObject().put("strategy", "hope"))).contains("strategy", "hope");
      assertThat(why(world, ann, bob, new JsonObject().put("max_elapsed_ms", 3_600_001)))
        .contains("retry.max_elapsed_ms", "3600000", "supervise");
      assertThat(await(ann.links())).isEmpty();
    }
  }

  private static String why(World world, Agent from, Agent to, Object retry) {
    Throwable cause = causeOf(world.vertx.eventBus().request(Addresses.peer(from.did()),
      command(to.did()).put("retry", retry)));
    assertThat(Failure.of(cause)).isEqualTo(Failure.BAD_REQUEST);
    return cause.getMessage();
  }

  private static Future<Message<JsonObject>> connect(World world, Agent from, Did to, Consumer<JsonObject> policy) {
    JsonObject retry = new JsonObject();
    policy.accept(retry);
    return world.vertx.eventBus().request(Addresses.peer(from.did()), command(to).put("retry", retry));
  }

  private static JsonObject command(Did remote) {
    return new JsonObject().put("action", "connect").put("remote", remote.toString()).put("timeout_ms", 10_000)
      .put("channels", new JsonArray().add(new JsonObject().put("label", "extra")));
  }

  /** What is told of attempts that failed. */
  private static BlockingQueue<JsonObject> retries(World world, Agent agent) {
    BlockingQueue<JsonObject> retries = new LinkedBlockingQueue<>();
    await(world.vertx.eventBus().<JsonObject>consumer(Addresses.peerEvents(agent.did()), message -> {
      if ("connect_retry".equals(message.body().getString("event"))) {
        retries.add(message.body());
      }
    }).completion());
    return retries;
  }
}
