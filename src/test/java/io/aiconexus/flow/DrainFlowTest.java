package io.aiconexus.flow;

import static io.aiconexus.flow.World.await;
import static io.aiconexus.flow.World.causeOf;
import static io.aiconexus.flow.World.failureOf;
import static io.aiconexus.flow.World.next;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiconexus.AIConexus;
import io.aiconexus.NodeOptions;
import io.aiconexus.bus.Addresses;
import io.aiconexus.bus.Failure;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.peer.Agent;
import io.aiconexus.peer.Channel;
import io.aiconexus.peer.HostOptions;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** How a node is taken out of service and back. */
class DrainFlowTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonObject TWO_INSTANCES =
    new JsonObject().put("signaling", new JsonObject().put("instances", 2));
  private static final int CROWD = 200;
  private static final int WINDOW_MS = 60_000;

  @Test
  void aNodeWithTwoHundredAgentsDrainsAndIsTakenBackAndNoneIsLost() throws Exception {
    try (World world = World.of("loopback", TWO_INSTANCES)) {
      Agent hosted = world.host();
      List<Wire> crowd = new ArrayList<>();
      for (int i = 0; i < CROWD; i++) {
        crowd.add(Wire.join(world));
      }

      JsonObject status = world.ask(Addresses.NODE, action("drain").put("deadline_ms", WINDOW_MS));

      assertThat(status.getString("state")).isEqualTo("draining");
      assertThat(status.getLong("deadline_in_ms")).isBetween(1L, (long) WINDOW_MS);
      int[] tenths = new int[10];
      for (Wire wire : crowd) {
        JsonObject farewell = wire.next("ERROR");
        int delay = farewell.getJsonObject("details").getInteger("reconnect_after_ms");
        assertThat(farewell.getBoolean("retryable")).isTrue();
        assertThat(delay).isBetween(0, WINDOW_MS);
        tenths[Math.min(9, delay * 10 / WINDOW_MS)]++;
        assertThat(wire.closeCode()).isEqualTo(4001);
      }
      assertThat(tenths).as("agents in each tenth of the window").satisfies(all -> {
        for (int tenth : all) {
          assertThat(tenth).isBetween(CROWD / 10 - 6, CROWD / 10 + 6);
        }
      });
      world.until(() -> world.ask(Addresses.NODE, action("status")).getInteger("resumable") == CROWD);
      JsonObject drained = world.ask(Addresses.NODE, action("status"));
      assertThat(drained.getInteger("sessions")).as("the hosted agent's stays").isEqualTo(1);
      assertThat(drained.getInteger("left")).isZero();
      assertThat(get(world, "/health/ready").statusCode()).isEqualTo(503);
      assertThat(get(world, "/health/ready").body()).contains("the node drains");
      assertThat(get(world, "/health/live").statusCode()).isEqualTo(200);
      UpgradeRejectedException refused = knock(world);
      assertThat(refused.getStatus()).isEqualTo(503);
      assertThat(refused.getHeaders().get("Retry-After")).satisfies(seconds ->
        assertThat(Integer.parseInt(seconds)).isBetween(1, 30));
      assertThat(refused.getBody().toString()).contains("this node drains");
      Future<Object> asked = hosted.exec(crowd.get(0).key.did(), "add", new JsonObject());

      world.ask(Addresses.NODE, action("undrain"));

      assertThat(world.ask(Addresses.NODE, action("status")).getString("state")).isEqualTo("running");
      world.until(() -> get(world, "/health/ready").statusCode() == 200);
      for (Wire wire : crowd) {
        try (Wire back = again(world.node, world, wire)) {
          assertThat(back.registered.getBoolean("resumed")).isTrue();
          if (wire == crowd.get(0)) {
            assertThat(back.next("EXEC_REQUEST").getString("capability")).isEqualTo("add");
          }
        }
        wire.close();
      }
      assertThat(asked.isComplete()).as("it was delivered, and nobody has answered").isFalse();
      Wire.join(world).close();
    }
  }

  @Test
  void anAgentMovesToAnotherNodeAndFindsWhatWaitedForIt() {
    try (World world = World.of("loopback", node("one"))) {
      AIConexus other = await(AIConexus.builder(world.vertx).options(NodeOptions.from(new JsonObject()
        .put("node", new JsonObject().put("id", "two").put("roles", List.of("signaling")))
        .put("signaling", new JsonObject().put("port", 0).put("instances", 1)))).deploy());
      Wire bob = Wire.join(world);

      JsonObject status = ask(world, "one", action("drain").put("deadline_ms", WINDOW_MS)).body();
      assertThat(status.getString("node")).isEqualTo("one");
      assertThat(bob.closeCode()).isEqualTo(4001);
      JsonObject two = ask(world, "two", action("status")).body();
      assertThat(two.getString("node")).isEqualTo("two");
      assertThat(two.getString("state")).isEqualTo("running");
      try (Wire ann = Wire.join(world.vertx, other.signalingPort().orElseThrow(), AgentKey.generate(), null)) {
        ann.send(ann.message("EXEC_REQUEST", bob.key.did().toString(), new JsonObject().put("capability", "x")
          .put("args", new JsonObject())));
        world.until(() -> ask(world, "one", action("status")).body().getInteger("resumable") == 1);
        try (Wire moved = again(other, world, bob)) {
          assertThat(moved.registered.getBoolean("resumed")).isTrue();
          assertThat(moved.next("EXEC_REQUEST").getString("capability")).isEqualTo("x");
        }
      }
      assertThat(ask(world, "one", action("status")).body().getInteger("resumable")).isZero();
      bob.close();
      await(other.close());
    }
  }

  @Test
  void aHostedAgentComesBackWhenItWasToldToAndKeepsItsLinks() {
    try (HostileGateway gateway = new HostileGateway(UnaryOperator.identity());
         World world = gateway.world("loopback")) {
      Agent ann = world.host();
      Agent bob = world.host(HostOptions.DEFAULTS.at(gateway.url()));
      await(bob.onChannel(channel -> channel.handler(channel::write)));
      Channel channel = await(await(ann.connect(bob.did())).channel("data"));
      BlockingQueue<JsonObject> events = world.listen(Addresses.peerEvents(bob.did()));

      world.ask(Addresses.NODE, action("drain").put("deadline_ms", 200));

      JsonObject lost = next(events, event -> "signaling_lost".equals(event.getString("event")));
      assertThat(lost.getInteger("close_code")).isEqualTo(4001);
      assertThat(lost.getBoolean("returning")).isTrue();
      JsonObject farewell = next(gateway.seen, message -> message.getString("type").equals("ERROR"));
      assertThat(lost.getLong("returning_in_ms"))
        .isEqualTo(farewell.getJsonObject("payload").getJsonObject("details").getLong("reconnect_after_ms"));
      assertThat(failureOf(world.node.host(AgentKey.generate()))).as("no new agents").isEqualTo(Failure.UNAVAILABLE);
      BlockingQueue<JsonObject> echoes = new LinkedBlockingQueue<>();
      channel.handler(echo -> echoes.add(echo.toJsonObject()));
      channel.write(Buffer.buffer("{\"still\":\"here\"}"));
      assertThat(next(echoes)).as("a link needs no gateway").isEqualTo(new JsonObject().put("still", "here"));

      await(world.node.undrain());

      assertThat(next(events, event -> "registered".equals(event.getString("event"))).getBoolean("resumed")).isTrue();
      world.host();
    }
  }

  @Test
  void whoAsksFromJavaLearnsWhenEverybodyHasLeft() {
    try (World world = World.of("loopback"); Wire wire = Wire.join(world)) {
      await(world.node.drain(Duration.ofMinutes(1)));

      assertThat(wire.closeCode()).isEqualTo(4001);
      await(world.node.drain(Duration.ofMinutes(1)));
      await(world.node.undrain());
      Wire.join(world).close();
    }
  }

  @Test
  void aDeadlineThatIsNoneStopsTheStart() {
    for (long deadline : new long[] {-1, 0, 3_600_001, Long.MAX_VALUE}) {
      assertThatThrownBy(() -> NodeOptions.from(new JsonObject().put("node", new JsonObject().put("drain_ms", deadline))))
        .hasMessage("node.drain_ms must be 1 to 3600000, was " + deadline);
    }
  }

  @Test
  void aNodeThatIsStoppedWhileItDrainsStops() {
    World world = World.of("loopback");
    Wire wire = Wire.join(world);
    world.ask(Addresses.NODE, action("drain").put("deadline_ms", 3_600_000));

    await(world.node.close());

    assertThat(wire.closeCode()).isEqualTo(4001);
    wire.close();
    await(world.vertx.close());
  }

  @Test
  void drainingTwiceSetsAnotherDeadlineAndTakingBackWhatWorksDoesNoHarm() {
    try (World world = World.of("loopback")) {
      BlockingQueue<JsonObject> events = world.listen(Addresses.EVENTS);
      assertThat(world.ask(Addresses.NODE, action("undrain")).getString("state")).isEqualTo("running");
      world.ask(Addresses.NODE, action("drain").put("deadline_ms", 1_000));

      JsonObject again = world.ask(Addresses.NODE, action("drain").put("deadline_ms", 3_000_000));

      assertThat(again.getString("state")).isEqualTo("draining");
      assertThat(again.getLong("deadline_in_ms")).isGreaterThan(2_000_000);
      assertThat(next(events, event -> "node.state".equals(event.getString("type"))).getString("state"))
        .isEqualTo("draining");
      world.ask(Addresses.NODE, action("undrain"));
      next(events, event -> "node.state".equals(event.getString("type")) && "running".equals(event.getString("state")));
      assertThat(world.ask(Addresses.NODE, action("drain")).getLong("deadline_in_ms")).as("node.drain_ms")
        .isBetween(1L, 20_000L);
    }
  }

  @Test
  void wrongCommandsAreRefusedByName() {
    try (World world = World.of("loopback")) {
      assertThat(why(world, action("drain").put("deadline_ms", -1))).contains("deadline_ms", "1 to 3600000", "-1");
      assertThat(why(world, action("drain").put("deadline_ms", 0))).contains("deadline_ms", "1 to 3600000", "0");
      assertThat(why(world, action("drain").put("deadline_ms", 3_600_001))).contains("1 to 3600000", "3600001");
      assertThat(why(world, action("drain").put("deadline_ms", Long.MAX_VALUE))).contains("1 to 3600000");
      assertThat(why(world, action("drain").put("deadline_ms", "soon"))).contains("deadline_ms must be a whole number");
      assertThat(why(world, action("drain").put("deadline_ms", 1.5))).contains("deadline_ms must be a whole number");
      assertThat(why(world, action("drain").put("dedline_ms", 5))).contains("dedline_ms");
      assertThat(why(world, action("undrain").put("deadline_ms", 5))).contains("deadline_ms");
      assertThat(why(world, action("status").put("x", 5))).contains("x");
      assertThat(why(world, action("dance"))).contains("drain, undrain or status", "dance");
      assertThat(why(world, new JsonObject())).contains("drain, undrain or status");
      assertThat(world.refusal(Addresses.NODE, "no JSON")).isEqualTo(Failure.BAD_REQUEST);
      assertThat(world.refusal(Addresses.NODE, null)).isEqualTo(Failure.BAD_REQUEST);
      assertThat(failureOf(picking(world, "nobody", action("status")))).isEqualTo(Failure.NOT_FOUND);
      assertThat(failureOf(picking(world, "no node\n", action("status")))).isEqualTo(Failure.BAD_REQUEST);
      assertThatThrownBy(() -> world.node.drain(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 3600000");
      assertThat(world.ask(Addresses.NODE, action("status")).getString("state")).isEqualTo("running");
    }
  }

  private static JsonObject action(String name) {
    return new JsonObject().put("action", name);
  }

  private static JsonObject node(String id) {
    return new JsonObject().put("node", new JsonObject().put("id", id));
  }

  /** The same agent at that node, with the token it got before. */
  private static Wire again(AIConexus node, World world, Wire before) {
    return Wire.join(world.vertx, node.signalingPort().orElseThrow(), before.key,
      before.registered.getString("resume_token"));
  }

  private static Future<Message<JsonObject>> picking(World world, String node, JsonObject command) {
    return world.vertx.eventBus().request(Addresses.NODE, command, new DeliveryOptions().addHeader("node", node));
  }

  private static Message<JsonObject> ask(World world, String node, JsonObject command) {
    return await(picking(world, node, command));
  }

  private static String why(World world, JsonObject command) {
    Throwable cause = causeOf(world.vertx.eventBus().request(Addresses.NODE, command));
    assertThat(Failure.of(cause)).isEqualTo(Failure.BAD_REQUEST);
    return cause.getMessage();
  }

  private static UpgradeRejectedException knock(World world) {
    WebSocketClient client = world.vertx.createWebSocketClient();
    Throwable cause = causeOf(client.connect(world.url().getPort(), "127.0.0.1", "/ws"));
    await(client.close());
    assertThat(cause).isInstanceOf(UpgradeRejectedException.class);
    return (UpgradeRejectedException) cause;
  }

  private static HttpResponse<String> get(World world, String path) {
    try {
      return HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + world.url().getPort() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
