package io.aiconexus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.AIConexus;
import io.aiconexus.NodeOptions;
import io.aiconexus.bus.Addresses;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.peer.Agent;
import io.aiconexus.peer.HostOptions;
import io.aiconexus.peer.Link;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the log of a connection says, and what it must not. */
class LogFlowTest {

  private static final String TURN_SECRET = "turn-secret-nobody-may-read";
  private static final String ADMIN_TOKEN = "admin-token-nobody-may-read";
  private static final String MESSAGE = "message-nobody-may-read";
  /** Of a session description, of a candidate, of a private key in PEM. */
  private static final Pattern SECRETS = Pattern.compile(
    "(?m)v=0|o=- |a=fingerprint|a=ice-|ice-pwd|\\bcandidate:|typ host|\"sdp\"|\"signature\"|PRIVATE KEY");

  @Test
  void theStoryOfAConnectionIsToldAtBothEndsUnderItsId() {
    Vertx second = Vertx.vertx();
    try (LogLines log = LogLines.open(); World world = World.of("jvm")) {
      AIConexus elsewhere = World.await(AIConexus.builder(second).options(NodeOptions.from(new JsonObject()
        .put("node", new JsonObject().put("roles", new JsonArray().add("peers")))
        .put("webrtc", new JsonObject().put("engine", "jvm")))).deploy());
      Agent bob = World.await(elsewhere.host(AgentKey.generate(), HostOptions.DEFAULTS.at(world.url())));
      Agent ann = world.host();
      BlockingQueue<JsonObject> events = world.listen(Addresses.peerEvents(ann.did()));
      Link link = World.await(ann.connect(bob.did()));
      String connection = World.next(events, event ->
        "link".equals(event.getString("event")) && "connected".equals(event.getString("state")))
        .getString("connection_id");
      World.await(link.close());
      World.await(elsewhere.close());

      for (Agent each : List.of(ann, bob)) {
        Agent other = each == ann ? bob : ann;
        String start = each.did() + ": connection " + connection + ": ";
        assertThat(log.all()).contains(
          "DEBUG " + start + "OFFER " + (each == ann ? "to " : "from ") + other.did(),
          "DEBUG " + start + "ANSWER " + (each == ann ? "from " : "to ") + other.did(),
          "DEBUG " + each.did() + ": link to " + other.did() + " is connecting",
          "INFO " + start + "link to " + other.did() + " is connected");
        assertThat(log.all()).anyMatch(line -> line.startsWith("INFO " + start + "link to " + other.did() + " is closed"));
      }
    } finally {
      World.await(second.close());
    }
  }

  @Test
  void noSecretIsLoggedEvenAtTheLowestLevel() {
    byte[] seed = "a seed that nobody may ever read".getBytes(StandardCharsets.US_ASCII);
    AgentKey key = AgentKey.ofSeed(seed);
    JsonObject turn = new JsonObject().put("urls", new JsonArray().add("turn:127.0.0.1:9")).put("username", "ann")
      .put("credential", TURN_SECRET);
    try (LogLines log = LogLines.open();
         World world = World.of("jvm", new JsonObject().put("admin", new JsonObject().put("token", ADMIN_TOKEN))
           .put("signaling", new JsonObject().put("ice_servers", new JsonArray().add(turn))))) {
      Agent ann = World.await(world.node.host(key, HostOptions.DEFAULTS.at(world.url())));
      Agent bob = world.host();
      Link link = World.await(ann.connect(bob.did()));
      World.await(link.channel("data").compose(channel -> channel.write(Buffer.buffer(MESSAGE))));
      World.await(ann.exec(bob.did(), "nothing", new JsonObject().put("secret", MESSAGE)).otherwiseEmpty());
      World.await(link.close());

      assertThat(log.all()).hasSizeGreaterThan(20).noneMatch(line -> SECRETS.matcher(line).find())
        .noneMatch(line -> line.contains(TURN_SECRET) || line.contains(ADMIN_TOKEN) || line.contains(MESSAGE)
          || line.contains(Base64.getEncoder().encodeToString(seed)));
    }
  }
}
