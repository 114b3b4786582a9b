package io.aiconexus.flow;

import static io.aiconexus.flow.World.await;
import static io.aiconexus.flow.World.causeOf;
import static io.aiconexus.flow.World.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.peer.Agent;
import io.aiconexus.peer.HostOptions;
import io.aiconexus.peer.Link;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What agents ask of each other, over the gateway and over a link. */
class ExecFlowTest {

  private static final JsonObject NONE = new JsonObject();

  @Test
  void aCapabilityAnswersOverTheGatewayAndOverTheLink() {
    try (World world = World.of("loopback")) {
      Agent ann = world.host();
      Agent bob = world.hostOverWebSocket();
      await(bob.onCapability("add", (from, args) -> {
        assertThat(from).isEqualTo(ann.did());
        return Future.succeededFuture(args.getInteger("a") + args.getInteger("b"));
      }));

      assertThat(await(ann.exec(bob.did(), "add", new JsonObject().put("a", 2).put("b", 3)))).isEqualTo(5);
      await(ann.connect(bob.did()));
      assertThat(await(ann.exec(bob.did(), "add", new JsonObject().put("a", 3).put("b", 4)))).isEqualTo(7);
    }
  }

  @Test
  void aCapabilityIsAnEventBusAddress() {
    try (World world = World.of("loopback")) {
      world.vertx.eventBus().<JsonObject>consumer("app.echo", message -> message.reply(new JsonObject()
        .put("from", message.headers().get("from")).put("to", message.headers().get("to"))
        .put("capability", message.headers().get("capability")).put("args", message.body())));
      Agent ann = world.host();
      Agent bob = world.host(HostOptions.DEFAULTS.with("echo", "app.echo"));

      JsonObject result = (JsonObject) await(ann.exec(bob.did(), "echo", new JsonObject().put("x", 1.5)));

      assertThat(result).isEqualTo(new JsonObject().put("from", ann.did().toString()).put("to", bob.did().toString())
        .put("capability", "echo").put("args", new JsonObject().put("x", 1.5)));
    }
  }

  @Test
  void everyWayACapabilityCanGoWrongIsToldApart() {
    try (World world = World.of("loopback")) {
      world.vertx.eventBus().consumer("app.fails", message -> message.fail(7, "no more coffee"));
      world.vertx.eventBus().consumer("app.mute", message -> { });
      world.vertx.eventBus().consumer("app.bytes", message -> message.reply(Buffer.buffer("not JSON")));
      Agent ann = world.host();
      Agent bob = world.host(HostOptions.DEFAULTS.with("fails", "app.fails").with("mute", "app.mute")
        .with("bytes", "app.bytes").with("nobody", "app.nobody"));
      bob.onCapability("throws", (from, args) -> {
        throw new IllegalStateException("as a test does");
      });
      await(bob.onCapability("null", (from, args) -> null));
      await(bob.onCapability("object", (from, args) -> Future.succeededFuture(new Object())));
      await(bob.onCapability("inside", (from, args) -> Future.succeededFuture(new JsonObject().put("o", new Thread()))));

      assertThat(why(ann, bob, "unmapped")).contains("UNKNOWN_CAPABILITY");
      assertThat(why(ann, bob, "fails")).contains("CAPABILITY_FAILED", "no more coffee");
      assertThat(why(ann, bob, "nobody")).contains("UNAVAILABLE");
      assertThat(why(ann, bob, "bytes")).contains("no JSON value");
      assertThat(why(ann, bob, "throws")).contains("INTERNAL").doesNotContain("as a test does");
      assertThat(why(ann, bob, "null")).contains("INTERNAL");
      assertThat(why(ann, bob, "object")).contains("no JSON value");
      assertThat(failureOf(ann.exec(bob.did(), "inside", NONE))).isEqualTo(Failure.UNAVAILABLE);
      assertThat(failureOf(ann.exec(bob.did(), "mute", NONE, Duration.ofMillis(200)))).isEqualTo(Failure.TIMEOUT);
    }
  }

  @Test
  void aHandlerThatNeverAnswersIsGivenUpByItsOwnAgentToo() {
    try (World world = World.of("loopback", new JsonObject()
        .put("peer", new JsonObject().put("exec_timeout_ms", 200)))) {
      Agent ann = world.host();
      Agent bob = world.host();
      await(bob.onCapability("mute", (from, args) -> Promise.promise().future()));
      await(bob.onIntent((from, intent) -> Promise.<JsonObject>promise().future()));

      assertThat(why(ann.exec(bob.did(), "mute", NONE, Duration.ofSeconds(20)))).contains("TIMEOUT", "200 ms");
      assertThat(failureOf(ann.intent(bob.did(), new JsonObject().put("query", "?")))).isEqualTo(Failure.TIMEOUT);
    }
  }

  @Test
  void anAnswerTooLongForTheGatewayIsSaidToBe() {
    try (World world = World.of("loopback")) {
      Agent ann = world.host();
      Agent bob = world.host();
      await(bob.onCapability("long", (from, args) -> Future.succeededFuture("x".repeat(300_000))));
      await(bob.onCapability("short", (from, args) -> Future.succeededFuture("x")));

      assertThat(failureOf(ann.exec(bob.did(), "long", NONE))).isEqualTo(Failure.MESSAGE_TOO_LARGE);
      assertThat(failureOf(ann.exec(bob.did(), "short", new JsonObject().put("x", "ä".repeat(150_000)))))
        .isEqualTo(Failure.MESSAGE_TOO_LARGE);
      assertThat(await(ann.exec(bob.did(), "short", NONE))).as("the sessions live").isEqualTo("x");
    }
  }

  @Test
  void whatBreaksTheProtocolIsRefusedHereAndNotByTheGateway() {
    try (World world = World.of("loopback")) {
      Agent ann = world.host();
      Agent bob = world.host();
      await(bob.onIntent((from, intent) -> Future.succeededFuture(new JsonObject().put("nothing", "of an answer"))));

      for (int i = 0; i < 12; i++) {
        assertThat(failureOf(ann.intent(bob.did(), new JsonObject().put("query", "?").put("x", 1.5))))
          .isEqualTo(Failure.BAD_REQUEST);
        assertThat(failureOf(ann.intent(bob.did(), NONE))).isEqualTo(Failure.BAD_REQUEST);
      }
      assertThat(failureOf(ann.exec(bob.did(), "x".repeat(200), NONE))).isEqualTo(Failure.BAD_REQUEST);
      assertThat(failureOf(ann.exec(bob.did(), "x", NONE, Duration.ofHours(2)))).isEqualTo(Failure.BAD_REQUEST);
      assertThat(failureOf(ann.intent(bob.did(), new JsonObject().put("query", "?")))).isEqualTo(Failure.UNAVAILABLE);
    }
  }

  @Test
  void intentsAreAnsweredByAHandlerOrAnAddress() {
    try (World world = World.of("loopback")) {
      world.vertx.eventBus().<JsonObject>consumer("app.intents", message ->
        message.reply(new JsonObject().put("status", "done for " + message.headers().get("from"))));
      Agent ann = world.host();
      Agent bob = world.host(new HostOptions(null, Map.of(), "app.intents", anybody -> true, false));
      Agent cat = world.host();

      assertThat(await(ann.intent(bob.did(), new JsonObject().put("task", "tea"))).getString("status"))
        .isEqualTo("done for " + ann.did());
      assertThat(failureOf(ann.intent(cat.did(), new JsonObject().put("task", "tea"))))
        .isEqualTo(Failure.CONNECTION_REFUSED);
      await(cat.onIntent((from, intent) -> Future.succeededFuture(new JsonObject().put("status", "ok"))));
      assertThat(await(ann.intent(cat.did(), new JsonObject().put("query", "?")))).isEqualTo(
        new JsonObject().put("status", "ok"));
    }
  }

  @Test
  void whoIsNotThereFailsAtOnce() {
    try (World world = World.of("loopback")) {
      Agent ann = world.host();

      assertThat(failureOf(ann.exec(AgentKey.generate().did(), "x", NONE))).isEqualTo(Failure.UNKNOWN_AGENT);
    }
  }

  @Test
  void anAgentWorksOnNoMoreRequestsThanItMay() {
    try (World world = World.of("loopback", new JsonObject()
        .put("peer", new JsonObject().put("exec_in_flight", 1)))) {
      Agent ann = world.host();
      Agent bob = world.host();
      Promise<Object> slow = Promise.promise();
      Promise<Void> begun = Promise.promise();
      bob.onCapability("slow", (from, args) -> {
        begun.tryComplete();
        return slow.future();
      });
      Future<Object> first = ann.exec(bob.did(), "slow", NONE);
      await(begun.future());

      assertThat(why(ann, bob, "slow")).contains("OVERLOADED");
      slow.complete(new JsonArray().add("done"));
      assertThat(await(first)).isEqualTo(new JsonArray().add("done"));
    }
  }

  @Test
  void aRequestWhoseLinkClosesIsAnsweredOverTheGateway() {
    try (World world = World.of("loopback")) {
      Agent ann = world.host();
      Agent bob = world.host();
      Promise<Object> slow = Promise.promise();
      Promise<Void> begun = Promise.promise();
      bob.onCapability("slow", (from, args) -> {
        begun.complete();
        return slow.future();
      });
      Link link = await(ann.connect(bob.did()));
      Future<Object> result = ann.exec(bob.did(), "slow", NONE);
      await(begun.future());

      await(link.close());
      world.until(() -> await(bob.links()).isEmpty());
      slow.complete("late");

      assertThat(await(result)).isEqualTo("late");
    }
  }

  @Test
  void unhostingEndsRequestsThatAreUnderWay() {
    try (World world = World.of("loopback")) {
      Agent ann = world.host();
      Agent bob = world.host();
      await(bob.onCapability("mute", (from, args) -> Promise.promise().future()));
      Future<Object> asked = ann.exec(bob.did(), "mute", NONE);
      await(ann.links());

      await(world.node.unhost(ann.did()));

      assertThat(failureOf(asked)).isEqualTo(Failure.CANCELLED);
    }
  }

  @Test
  void namesThatCannotBeAnnouncedAreRefusedWhereTheyAreGiven() {
    try (World world = World.of("loopback")) {
      Agent bob = world.host();

      assertThatThrownBy(() -> bob.onCapability("", (from, args) -> Future.succeededFuture()))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("1 to 128");
      assertThatThrownBy(() -> HostOptions.DEFAULTS.with("x".repeat(129), "address"))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("129");
    }
  }

  private static String why(Agent asks, Agent asked, String capability) {
    return why(asks.exec(asked.did(), capability, NONE));
  }

  private static String why(Future<Object> asked) {
    Throwable cause = causeOf(asked);
    assertThat(Failure.of(cause)).isEqualTo(Failure.REMOTE_ERROR);
    return cause.getMessage();
  }
}
