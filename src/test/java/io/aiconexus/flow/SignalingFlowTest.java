package io.aiconexus.flow;

import static io.aiconexus.flow.World.await;
import static io.aiconexus.flow.World.causeOf;
import static io.aiconexus.flow.World.failureOf;
import static io.aiconexus.flow.World.next;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.bus.Addresses;
import io.aiconexus.bus.Failure;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.peer.Agent;
import io.aiconexus.peer.HostOptions;
import io.aiconexus.peer.Link;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How agents get along with gateways: hostile ones, lost ones, slow ones. */
class SignalingFlowTest {

  private static final JsonObject NONE = new JsonObject();

  @ParameterizedTest
  @MethodSource("io.aiconexus.flow.World#engines")
  void aGatewayThatSwapsTheFingerprintGetsNoConnection(String engine) {
    UnaryOperator<JsonObject> swap = message -> {
      if (message.getString("type").equals("OFFER")) {
        JsonObject payload = message.getJsonObject("payload");
        payload.put("sdp", payload.getString("sdp").replaceAll("(a=fingerprint:\\S+ )..", "$100"));
      }
      return message;
    };
    try (HostileGateway gateway = new HostileGateway(swap); World world = gateway.world(engine)) {
      Agent ann = world.host();
      Agent bob = world.host(HostOptions.DEFAULTS.at(gateway.url()));
      BlockingQueue<JsonObject> events = world.listen(Addresses.peerEvents(bob.did()));

      assertThat(failureOf(ann.connect(bob.did()))).isEqualTo(Failure.INVALID_SIGNATURE);

      assertThat(next(gateway.seen, message -> message.getString("type").equals("OFFER")).getJsonObject("payload")
        .getString("sdp")).as("there was something to swap").contains("a=fingerprint:");
      assertThat(next(events, event -> "refused".equals(event.getString("event"))).getString("code"))
        .isEqualTo("INVALID_SIGNATURE");
      assertThat(await(bob.links())).isEmpty();
    }
  }

  @Test
  void aGatewayThatSendsAnOldOfferAgainGetsNoConnection() {
    try (HostileGateway gateway = new HostileGateway(UnaryOperator.identity()); World world = gateway.world("loopback")) {
      Agent ann = world.host();
      Agent bob = world.host(HostOptions.DEFAULTS.at(gateway.url()));
      Link link = await(ann.connect(bob.did()));
      JsonObject offer = next(gateway.seen, message -> message.getString("type").equals("OFFER"));
      await(link.close());
      world.until(() -> await(bob.links()).isEmpty());
      BlockingQueue<JsonObject> events = world.listen(Addresses.peerEvents(bob.did()));

      gateway.inject(offer);

      assertThat(next(events).getString("event")).isEqualTo("refused");
      assertThat(await(bob.links())).isEmpty();
    }
  }

  @Test
  void aLostGatewayIsFoundAgainAndNothingSentMeanwhileIsLost() {
    try (HostileGateway gateway = new HostileGateway(UnaryOperator.identity()); World world = gateway.world("loopback")) {
      Agent ann = world.host();
      Agent bob = world.host(HostOptions.DEFAULTS.at(gateway.url()));
      bob.onCapability("add", (from, args) -> Future.succeededFuture(args.getInteger("a") + args.getInteger("b")));
      BlockingQueue<JsonObject> events = world.listen(Addresses.peerEvents(bob.did()));

      gateway.drop(4002);
      JsonObject lost = next(events);
      assertThat(lost.getString("event")).isEqualTo("signaling_lost");
      assertThat(lost.getBoolean("returning")).isTrue();
      Future<Object> sum = ann.exec(bob.did(), "add", new JsonObject().put("a", 2).put("b", 3));
      Future<Object> back = bob.exec(ann.did(), "nothing", NONE);

      assertThat(next(events).getBoolean("resumed")).isTrue();
      assertThat(await(sum)).isEqualTo(5);
      assertThat(failureOf(back)).isEqualTo(Failure.REMOTE_ERROR);
    }
  }

  /** 4503 says that no REGISTER came: but one was sent, and a gateway that had no time to read it is worth a try. */
  @ParameterizedTest
  @CsvSource({"1001, true", "4001, true", "4002, true", "4005, true", "4499, true", "4503, true",
    "1000, false", "1009, false", "4500, false", "4501, false", "4999, false"})
  void theCloseCodeSaysWhetherAnAgentComesBack(int code, boolean returning) {
    try (HostileGateway gateway = new HostileGateway(UnaryOperator.identity()); World world = gateway.world("loopback")) {
      Agent ann = world.host(HostOptions.DEFAULTS.at(gateway.url()));
      BlockingQueue<JsonObject> events = world.listen(Addresses.peerEvents(ann.did()));

      gateway.drop(code);

      JsonObject lost = next(events);
      assertThat(lost.getInteger("close_code")).isEqualTo(code);
      assertThat(lost.getBoolean("returning")).isEqualTo(returning);
      if (returning) {
        assertThat(next(events).getString("event")).isEqualTo("registered");
      } else {
        assertThat(causeOf(ann.exec(AgentKey.generate().did(), "x", NONE))).hasMessageContaining("code " + code);
      }
    }
  }

  @Test
  void aGatewayThatNoLongerAnswersIsLeftAndComeBackTo() {
    AtomicBoolean deaf = new AtomicBoolean();
    try (HostileGateway gateway = new HostileGateway(message ->
        deaf.get() && message.getString("type").equals("PONG") ? null : message);
         World world = gateway.world("loopback")) {
      Agent ann = world.host();
      Agent bob = world.host(HostOptions.DEFAULTS.at(gateway.url()));
      BlockingQueue<JsonObject> events = world.listen(Addresses.peerEvents(bob.did()));

      deaf.set(true);
      assertThat(failureOf(bob.exec(ann.did(), "nothing", NONE))).isEqualTo(Failure.REMOTE_ERROR);

      assertThat(next(events).getInteger("close_code")).isEqualTo(1006);
      deaf.set(false);
      assertThat(next(events).getBoolean("resumed")).isTrue();
    }
  }

  @Test
  void anAgentThatWasReplacedElsewhereStopsAtOnce() {
    try (World world = World.of("loopback")) {
      AgentKey key = AgentKey.generate();
      Agent ann = await(world.node.host(key, HostOptions.DEFAULTS.at(world.url())));
      Agent bob = world.host();
      BlockingQueue<JsonObject> events = world.listen(Addresses.peerEvents(ann.did()));

      try (Wire elsewhere = Wire.join(world, key)) {
        JsonObject lost = next(events);
        assertThat(lost.getInteger("close_code")).isEqualTo(4504);
        assertThat(lost.getBoolean("returning")).isFalse();
        assertThat(failureOf(ann.exec(bob.did(), "x", NONE))).isEqualTo(Failure.SIGNALING_UNAVAILABLE);
        assertThat(failureOf(ann.connect(bob.did()))).isEqualTo(Failure.SIGNALING_UNAVAILABLE);
        assertThat(world.ask(Addresses.PEERS, new JsonObject().put("action", "list")).getJsonArray("agents").stream()
          .map(JsonObject.class::cast).filter(agent -> agent.getString("did").equals(ann.did().toString()))
          .map(agent -> agent.getBoolean("registered"))).containsExactly(false);
        assertThat(elsewhere.key).isEqualTo(key);
      }
    }
  }

  @Test
  void aSlowGatewayIsNeverSentMoreThanItTakes() {
    try (World world = World.of("loopback", new JsonObject().put("signaling", new JsonObject()
        .put("messages_per_second", 20).put("burst", 20)))) {
      Agent ann = world.hostOverWebSocket();
      Agent bob = world.host();
      bob.onCapability("x", (from, args) -> Future.succeededFuture("ok"));

      List<Future<Object>> asked = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        asked.add(ann.exec(bob.did(), "x", NONE));
      }

      asked.forEach(one -> assertThat(await(one)).isEqualTo("ok"));
    }
  }

  @Test
  void aFloodOfRefusedMessagesDoesNotStopTheRest() {
    try (World world = World.of("loopback", new JsonObject().put("signaling", new JsonObject()
        .put("messages_per_second", 50).put("burst", 2_000))); Wire flood = Wire.join(world)) {
      Agent ann = world.host();
      Agent bob = world.host();
      bob.onCapability("x", (from, args) -> Future.succeededFuture("ok"));

      for (int i = 0; i < 1_000; i++) {
        flood.send("OFFER", bob, new JsonObject().put("connection_id", "c1"));
      }

      assertThat(await(ann.exec(bob.did(), "x", NONE))).isEqualTo("ok");
    }
  }
}
