package io.aiconexus.flow;

import static io.aiconexus.flow.World.await;
import static io.aiconexus.flow.World.failureOf;
import static io.aiconexus.flow.World.next;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.bus.Addresses;
import io.aiconexus.bus.Failure;
import io.aiconexus.identity.Did;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that can be done with JSON over the event bus alone. */
class BusFlowTest {

  @OnEveryEngine
  void twoAgentsMeetAndTalkWithJsonAlone(String engine) {
    try (World world = World.of(engine)) {
      Did ann = host(world, new JsonObject());
      Did bob = host(world, new JsonObject().put("gateway", world.url().toString()));
      BlockingQueue<JsonObject> events = world.listen(Addresses.peerEvents(ann));
      BlockingQueue<Message<Object>> inbox = inboxOf(world, bob);

      JsonObject link = world.ask(Addresses.peer(ann), action("connect").put("remote", bob.toString())
        .put("timeout_ms", 20_000).put("channels", new JsonArray().add(new JsonObject().put("label", "fast")
          .put("ordered", false).put("max_retransmits", 0))));

      assertThat(link.getString("state")).isEqualTo("connected");
      assertThat(link.getJsonArray("channels").stream().map(c -> ((JsonObject) c).getString("label")))
        .containsExactly("ioap", "fast");
      assertThat(world.ask(Addresses.peer(ann), action("links")).getJsonArray("links")).hasSize(1);
      assertThat(world.ask(Addresses.peer(ann), action("channel").put("remote", bob.toString()).put("label", "more"))
        .getBoolean("open")).isTrue();
      assertThat(world.ask(Addresses.peer(ann), action("stats").put("remote", bob.toString()))).isNotEmpty();

      send(world, ann, bob, "data", "a text");
      send(world, ann, bob, "data", Buffer.buffer("bytes"));
      Message<Object> text = next(inbox);
      text.reply(null);
      assertThat(text.body()).isEqualTo("a text");
      assertThat(text.headers().get("from")).isEqualTo(ann.toString());
      assertThat(text.headers().get("channel")).isEqualTo("data");
      assertThat(text.headers().get("link")).isEqualTo(link.getString("connection_id"));
      assertThat(next(inbox).body()).isEqualTo(Buffer.buffer("bytes"));

      await(world.vertx.eventBus().request(Addresses.peer(ann), action("disconnect").put("remote", bob.toString())));
      assertThat(next(events, event -> "link".equals(event.getString("event"))).getString("state")).isEqualTo("connecting");
      next(events, event -> "channel".equals(event.getString("event")) && "open".equals(event.getString("state")));
      next(events, event -> "closed".equals(event.getString("state")) && "link".equals(event.getString("event")));
    }
  }

  @Test
  void agentsAskEachOtherWithJsonAlone() {
    try (World world = World.of("loopback")) {
      world.vertx.eventBus().<JsonObject>consumer("app.add", message ->
        message.reply(message.body().getInteger("a") + message.body().getInteger("b")));
      world.vertx.eventBus().<JsonObject>consumer("app.intents", message ->
        message.reply(new JsonObject().put("status", "understood")));
      Did ann = host(world, new JsonObject());
      Did bob = host(world, new JsonObject().put("capabilities", new JsonObject().put("add", "app.add"))
        .put("intent_address", "app.intents"));

      assertThat(world.ask(Addresses.peer(ann), action("exec").put("to", bob.toString()).put("capability", "add")
        .put("args", new JsonObject().put("a", 2).put("b", 3)))).isEqualTo(new JsonObject().put("result", 5));
      assertThat(world.ask(Addresses.peer(ann), action("intent").put("to", bob.toString())
        .put("intent", new JsonObject().put("query", "?")))).isEqualTo(new JsonObject().put("status", "understood"));
    }
  }

  @Test
  void anInboxThatNobodyReadsYetKeepsItsMessagesInOrder() {
    try (World world = World.of("loopback", new JsonObject().put("peer", new JsonObject().put("inbox_window", 4)))) {
      Did ann = host(world, new JsonObject());
      Did bob = host(world, new JsonObject());
      world.ask(Addresses.peer(ann), action("connect").put("remote", bob.toString()));
      for (int i = 0; i < 20; i++) {
        send(world, ann, bob, "data", "m" + i);
      }

      BlockingQueue<Message<Object>> inbox = inboxOf(world, bob);

      Message<Object> first = next(inbox);
      assertThat(first.body()).isEqualTo("m0");
      first.reply(null);
      for (int i = 1; i < 5; i++) {
        assertThat(next(inbox).body()).isEqualTo("m" + i);
      }
      // A window of four is out and nothing was replied: no more may come.
      world.ask(Addresses.peer(bob), action("links"));
      assertThat(inbox).isEmpty();
    }
  }

  @Test
  void anInboxGoesOnWithEveryReply() {
    try (World world = World.of("loopback", new JsonObject().put("peer", new JsonObject().put("inbox_window", 2)))) {
      Did ann = host(world, new JsonObject());
      Did bob = host(world, new JsonObject());
      BlockingQueue<Message<Object>> inbox = inboxOf(world, bob);
      world.ask(Addresses.peer(ann), action("connect").put("remote", bob.toString()));
      for (int i = 0; i < 50; i++) {
        send(world, ann, bob, "data", "m" + i);
      }

      for (int i = 0; i < 50; i++) {
        Message<Object> message = next(inbox);
        assertThat(message.body()).isEqualTo("m" + i);
        if (i % 7 == 0) {
          message.fail(1, "a reader's failure is a credit too");
        } else {
          message.reply(null);
        }
      }
    }
  }

  @Test
  void hostingIsToldOfAndEnds(@TempDir Path directory) {
    try (World world = World.of("loopback")) {
      BlockingQueue<JsonObject> events = world.listen(Addresses.EVENTS);
      Path file = directory.resolve("agent.key");
      Did ann = host(world, new JsonObject().put("key_file", file.toString()));
      assertThat(file).exists();

      JsonObject list = world.ask(Addresses.PEERS, action("list"));
      assertThat(list.getJsonArray("agents").getJsonObject(0).getString("did")).isEqualTo(ann.toString());
      assertThat(list.getJsonArray("agents").getJsonObject(0).getBoolean("registered")).isTrue();
      assertThat(list.getJsonObject("engine").getString("engine")).isEqualTo("loopback");
      assertThat(world.refusal(Addresses.PEERS, action("host").put("key_file", file.toString())))
        .as("twice").isEqualTo(Failure.BAD_REQUEST);
      JsonObject registered = next(events, event -> "registered".equals(event.getString("event")));
      assertThat(registered.getString("agent")).isEqualTo(ann.toString());

      await(world.vertx.eventBus().request(Addresses.PEERS, action("unhost").put("did", ann.toString())));

      assertThat(world.refusal(Addresses.PEERS, action("unhost").put("did", ann.toString()))).isEqualTo(Failure.NOT_FOUND);
      assertThat(host(world, new JsonObject().put("key_file", file.toString()))).isEqualTo(ann);
    }
  }

  @Test
  void anAgentThatCannotRegisterLeavesNothing() throws Exception {
    try (World world = World.of("loopback")) {
      JsonObject nowhere = action("host").put("gateway", "ws://127.0.0.1:1");

      assertThat(world.refusal(Addresses.PEERS, nowhere)).isEqualTo(Failure.SIGNALING_UNAVAILABLE);
      assertThat(world.ask(Addresses.PEERS, action("list")).getJsonArray("agents")).isEmpty();
    }
  }

  @Test
  void wrongCommandsAreRefusedByName() throws Exception {
    try (World world = World.of("loopback")) {
      Did ann = host(world, new JsonObject());
      Path notAKey = Files.createTempFile("not-a-key", ".key");
      Files.writeString(notAKey, "nonsense");

      assertThat(world.refusal(Addresses.PEERS, "no JSON")).isEqualTo(Failure.BAD_REQUEST);
      assertThat(world.refusal(Addresses.PEERS, null)).isEqualTo(Failure.BAD_REQUEST);
      assertThat(why(world, Addresses.PEERS, new JsonObject())).contains("action is missing");
      assertThat(why(world, Addresses.PEERS, action("dance"))).contains("host, unhost or list", "dance");
      assertThat(why(world, Addresses.PEERS, action("host").put("keyfile", "x"))).contains("keyfile is unknown");
      assertThat(why(world, Addresses.PEERS, action("host").put("gateway", "http://x"))).contains("ws:// or wss://");
      assertThat(why(world, Addresses.PEERS, action("host").put("accept", new JsonArray().add("x")))).contains("accept is");
      assertThat(why(world, Addresses.PEERS, action("host").put("key_file", notAKey.toString()))).isNotEmpty();
      String agent = Addresses.peer(ann);
      assertThat(world.refusal(agent, "no JSON")).isEqualTo(Failure.BAD_REQUEST);
      assertThat(why(world, agent, action("dance"))).contains("connect, disconnect, restart_ice, links");
      assertThat(why(world, agent, action("connect"))).contains("remote is missing");
      assertThat(why(world, agent, action("connect").put("remote", "did:web:x"))).contains("remote is");
      assertThat(why(world, agent, action("connect").put("remote", 5))).contains("remote must be a text");
      assertThat(why(world, agent, action("connect").put("remote", ann.toString()).put("timeout_ms", 0)))
        .contains("timeout_ms must be a whole number of 1 to 3600000, was 0");
      assertThat(why(world, agent, action("connect").put("remote", ann.toString()).put("retry", true)))
        .contains("retry must be an object, was true");
      assertThat(why(world, agent, action("connect").put("remote", ann.toString()).put("channels", new JsonArray()
        .add(new JsonObject().put("label", "x").put("ordred", true))))).contains("ordred");
      assertThat(world.refusal(agent, action("disconnect").put("remote", ann.toString()))).isEqualTo(Failure.NOT_CONNECTED);
      assertThat(failureOf(world.vertx.eventBus().request(Addresses.peerSend(ann), "x"))).isEqualTo(Failure.BAD_REQUEST);
      DeliveryOptions to = new DeliveryOptions().addHeader("to", ann.toString());
      assertThat(failureOf(world.vertx.eventBus().request(Addresses.peerSend(ann), "x", to)))
        .isEqualTo(Failure.NOT_CONNECTED);
      assertThat(failureOf(world.vertx.eventBus().request(Addresses.peerSend(ann), new JsonObject(), to)))
        .isEqualTo(Failure.BAD_REQUEST);
      Files.delete(notAKey);
    }
  }

  @Test
  void sendingFasterThanTheReaderReadsIsOverloaded() {
    try (World world = World.of("loopback")) {
      Did ann = host(world, new JsonObject());
      Did bob = host(world, new JsonObject());
      world.ask(Addresses.peer(ann), action("connect").put("remote", bob.toString()));
      DeliveryOptions to = new DeliveryOptions().addHeader("to", bob.toString());
      Buffer large = Buffer.buffer(new byte[100_000]);
      await(world.vertx.eventBus().request(Addresses.peerSend(ann), "first", to));

      Future<Message<Object>> last = world.vertx.eventBus().request(Addresses.peerSend(ann), large, to);
      for (int i = 0; i < 500 && !last.failed(); i++) {
        last = world.vertx.eventBus().request(Addresses.peerSend(ann), large, to);
        world.ask(Addresses.peer(ann), action("links"));
      }

      assertThat(failureOf(last)).isEqualTo(Failure.OVERLOADED);
    }
  }

  @Test
  void whatIsSentBeforeTheChannelIsOpenIsBounded() {
    try (World world = World.of("loopback")) {
      Did ann = host(world, new JsonObject());
      Did bob = host(world, new JsonObject());
      world.ask(Addresses.peer(ann), action("connect").put("remote", bob.toString()));
      DeliveryOptions to = new DeliveryOptions().addHeader("to", bob.toString());

      Buffer over = Buffer.buffer(new byte[1_100_000]);
      assertThat(failureOf(world.vertx.eventBus().request(Addresses.peerSend(ann), over, to)))
        .as("more than may wait for a channel").isEqualTo(Failure.OVERLOADED);
      await(world.vertx.eventBus().request(Addresses.peerSend(ann), "opens it", to));
      assertThat(failureOf(world.vertx.eventBus().request(Addresses.peerSend(ann), over, to)))
        .as("more than the channel takes").isEqualTo(Failure.MESSAGE_TOO_LARGE);
    }
  }

  private static JsonObject action(String name) {
    return new JsonObject().put("action", name);
  }

  private static Did host(World world, JsonObject options) {
    return Did.parse(world.ask(Addresses.PEERS, options.put("action", "host")).getString("did"));
  }

  private static void send(World world, Did from, Did to, String channel, Object body) {
    await(world.vertx.eventBus().request(Addresses.peerSend(from), body,
      new DeliveryOptions().addHeader("to", to.toString()).addHeader("channel", channel)));
  }

  private static BlockingQueue<Message<Object>> inboxOf(World world, Did agent) {
    BlockingQueue<Message<Object>> inbox = new LinkedBlockingQueue<>();
    await(world.vertx.eventBus().consumer(Addresses.peerInbox(agent), inbox::add).completion());
    return inbox;
  }

  private static String why(World world, String address, JsonObject command) {
    Throwable cause = World.causeOf(world.vertx.eventBus().request(address, command));
    assertThat(Failure.of(cause)).isEqualTo(Failure.BAD_REQUEST);
    return cause.getMessage();
  }
}
