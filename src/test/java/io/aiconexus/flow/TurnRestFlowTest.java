package io.aiconexus.flow;

import static io.aiconexus.flow.World.await;
import static io.aiconexus.flow.World.causeOf;
import static io.aiconexus.flow.World.next;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.bus.Addresses;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.peer.Agent;
import io.aiconexus.peer.Channel;
import io.aiconexus.peer.ConnectVerdict;
import io.aiconexus.peer.HostOptions;
import io.aiconexus.peer.Link;
import io.aiconexus.webrtc.turn.Coturn;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials that a gateway makes for a while, and a real TURN server that shares the secrets. */
class TurnRestFlowTest {

  private static final String NEW = "the secret that signs from now on";
  private static final String OLD = "the secret that is on its way out";

  private static Coturn server;

  @BeforeAll
  static void startServer() throws Exception {
    server = Coturn.startOutside("--use-auth-secret", "--static-auth-secret=" + OLD, "--static-auth-secret=" + NEW);
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"native, udp", "native, tcp", "jvm, udp", "jvm, tcp"})
  void agentsTalkThroughTheRelayWithWhatTheirGatewayHandsOut(String engine, String transport) throws Exception {
    try (World world = World.of(engine, settings(transport, NEW, OLD))) {
      Agent ann = world.host();
      Agent bob = world.hostOverWebSocket();

      Link link = await(ann.connect(bob.did()));

      assertThat(await(link.stats()).candidatePair()).isEqualTo("relay/relay udp");
      assertThat(await(await(link.channel("data")).writeText("through the relay"))).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {NEW, OLD})
  void whileTheSecretIsReplacedBothSign(String first) throws Exception {
    try (World world = World.of("jvm", settings("udp", first))) {
      Agent ann = world.host();
      Agent bob = world.host();

      assertThat(await(await(ann.connect(bob.did())).stats()).localCandidateType()).isEqualTo("relay");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "jvm"})
  void aSecretThatTheServerDoesNotShareIsAVerdict(String engine) throws Exception {
    try (World world = World.of(engine, settings("udp", "a secret of another server"));
        Wire mute = Wire.join(world)) {
      Agent ann = world.host();

      causeOf(ann.connect(mute.key.did()));

      assertThat(await(ann.failure(mute.key.did())).orElseThrow().verdict()).isEqualTo(ConnectVerdict.TURN_AUTH);
    }
  }

  /** What a gateway whose clock is slow by more than the time that credentials last hands out. */
  @ParameterizedTest
  @ValueSource(strings = {"native", "jvm"})
  void credentialsThatHaveEndedAreAVerdict(String engine) throws Exception {
    String user = Instant.now().getEpochSecond() - 60 + ":ann";
    JsonObject settings = new JsonObject().put("webrtc", new JsonObject().put("ice_transport_policy", "relay")
      .put("ice_servers", new JsonArray().add(new JsonObject().put("urls", url("udp")).put("username", user)
        .put("credential", signed(user)))));
    try (World world = World.of(engine, settings); Wire mute = Wire.join(world)) {
      Agent ann = world.host();

      causeOf(ann.connect(mute.key.did()));

      assertThat(await(ann.failure(mute.key.did())).orElseThrow().verdict()).isEqualTo(ConnectVerdict.TURN_AUTH);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "jvm"})
  void anIceRestartBeginsWithFreshCredentials(String engine) throws Exception {
    try (HostileGateway gateway = new HostileGateway(UnaryOperator.identity());
        World world = gateway.world(engine, settings("udp", NEW))) {
      Agent ann = world.host(HostOptions.DEFAULTS.at(gateway.url()));
      Agent bob = world.host();
      BlockingQueue<String> heard = new LinkedBlockingQueue<>();
      await(bob.onChannel(channel -> channel.messageHandler(message -> heard.add(message.text()))));
      Link link = await(ann.connect(bob.did()));
      Channel data = await(link.channel("data"));
      String first = user(next(gateway.seen, message -> "REGISTERED".equals(message.getString("type"))));

      world.ask(Addresses.peer(ann.did()), new JsonObject().put("action", "restart_ice")
        .put("remote", bob.did().toString()));

      String second = user(next(gateway.seen, message -> "PONG".equals(message.getString("type"))));
      assertThat(second.split(":")[1]).isEqualTo(first.split(":")[1]);
      assertThat(Long.parseLong(second.split(":")[0])).isBetween(Long.parseLong(first.split(":")[0]),
        Instant.now().getEpochSecond() + 3_600);
      next(gateway.seen, message -> "ANSWER".equals(message.getString("type")));
      await(data.writeText("still there"));
      assertThat(next(heard)).isEqualTo("still there");
      assertThat(await(link.stats()).localCandidateType()).isEqualTo("relay");
    }
  }

  @Test
  void aPingThatAsksForNoServersGetsNone() throws Exception {
    try (World world = World.of("loopback", settings("udp", NEW)); Wire ann = Wire.join(world, AgentKey.generate())) {
      String gateway = world.node.gateway().toString();
      ann.send(ann.message("PING", gateway, new JsonObject().put("sequence", 1)));
      assertThat(ann.next("PONG")).isEqualTo(new JsonObject().put("sequence", 1));

      ann.send(ann.message("PING", gateway, new JsonObject().put("ice_servers", true)));
      JsonObject pong = ann.next("PONG");
      assertThat(pong.getLong("ice_servers_ttl_ms")).isEqualTo(3_600_000);
      assertThat(pong.getJsonArray("ice_servers").getJsonObject(0).getString("username"))
        .matches("\\d{10}:[0-9a-f]{32}");
    }
  }

  private static JsonObject settings(String transport, String... secrets) throws Exception {
    return new JsonObject()
      .put("webrtc", new JsonObject().put("ice_transport_policy", "relay"))
      .put("signaling", new JsonObject().put("turn", new JsonObject().put("urls", new JsonArray().add(url(transport)))
        .put("secrets", new JsonArray(List.of(secrets)))));
  }

  private static String url(String transport) throws Exception {
    return "turn:" + Coturn.ownAddress() + ":" + server.address.getPort() + "?transport=" + transport;
  }

  private static String user(JsonObject message) {
    return message.getJsonObject("payload").getJsonArray("ice_servers").getJsonObject(0).getString("username");
  }

  private static String signed(String user) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(NEW.getBytes(UTF_8), "HmacSHA1"));
    return Base64.getEncoder().encodeToString(mac.doFinal(user.getBytes(UTF_8)));
  }
}
