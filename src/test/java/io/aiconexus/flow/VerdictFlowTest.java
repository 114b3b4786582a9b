package io.aiconexus.flow;

import static io.aiconexus.flow.World.await;
import static io.aiconexus.flow.World.causeOf;
import static io.aiconexus.flow.World.next;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.bus.Addresses;
import io.aiconexus.bus.Failure;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.aiconexus.identity.Signatures;
import io.aiconexus.peer.Agent;
import io.aiconexus.peer.ConnectReport;
import io.aiconexus.peer.ConnectVerdict;
import io.aiconexus.peer.HostOptions;
import io.aiconexus.peer.Link;
import io.aiconexus.peer.LinkState;
import io.aiconexus.webrtc.turn.Coturn;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Why a connect failed, each verdict brought about for real; those of TURN servers are a class of their own. */
class VerdictFlowTest {

  private static final String ENGINES = "io.aiconexus.flow.World#engines";
  private static final Duration SHORT = Duration.ofSeconds(2);

  @ParameterizedTest
  @MethodSource(ENGINES)
  void whoIsNotThereIsAbsent(String engine) {
    try (World world = World.of(engine)) {
      Agent ann = world.host();
      Did nobody = AgentKey.generate().did();
      BlockingQueue<JsonObject> events = world.listen(Addresses.peerEvents(ann.did()));
      BlockingQueue<JsonObject> audit = world.listen(Addresses.EVENTS);

      Throwable cause = causeOf(ann.connect(nobody));

      assertThat(Failure.of(cause)).isEqualTo(Failure.UNKNOWN_AGENT);
      assertThat(cause).hasMessageContaining("PEER_ABSENT");
      JsonObject event = next(events, each -> "report".equals(each.getString("event")));
      assertThat(event.getString("verdict")).isEqualTo("PEER_ABSENT");
      assertThat(event.getString("remote")).isEqualTo(nobody.toString());
      assertThat(event.getString("phase")).isEqualTo("signaling");
      assertThat(event.getJsonObject("phases_us").fieldNames()).containsExactly("engine", "signaling");
      JsonObject audited = next(audit, each -> "report".equals(each.getString("event")));
      assertThat(audited.getString("type")).isEqualTo("peer");
      assertThat(audited.getString("agent")).isEqualTo(ann.did().toString());
      event.remove("event");
      assertThat(world.ask(Addresses.peer(ann.did()), new JsonObject().put("action", "links"))
        .getJsonArray("failures")).containsExactly(event);
      assertThat(await(ann.failure(nobody)).orElseThrow().toJson()).isEqualTo(event);
    }
  }

  @ParameterizedTest
  @MethodSource(ENGINES)
  void whoRegistersAndNeverAnswersIsSilent(String engine) {
    try (World world = World.of(engine); Wire mute = Wire.join(world)) {
      Agent ann = world.host();

      ConnectReport report = failed(ann, mute.key.did());

      assertThat(report.verdict()).isEqualTo(ConnectVerdict.PEER_SILENT);
      assertThat(report.localCandidates()).contains("host");
      assertThat(report.remoteCandidates()).isEmpty();
      assertThat(mute.next("BYE")).isNotNull();
    }
  }

  @ParameterizedTest
  @MethodSource(ENGINES)
  void whoDoesNotWantToRefuses(String engine) {
    try (World world = World.of(engine)) {
      Agent ann = world.host();
      Agent bob = world.host(HostOptions.DEFAULTS.accepting(anybody -> false));

      assertThat(failed(ann, bob.did()).verdict()).isEqualTo(ConnectVerdict.PEER_REFUSED);
    }
  }

  @ParameterizedTest
  @MethodSource(ENGINES)
  void aReportIsForgottenOnceTheAgentIsReached(String engine) {
    try (World world = World.of(engine)) {
      AgentKey key = AgentKey.generate();
      Agent ann = world.host();
      failed(ann, key.did());

      await(world.node.host(key, HostOptions.DEFAULTS));
      await(ann.connect(key.did()));

      assertThat(await(ann.failure(key.did()))).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(ENGINES)
  void onlyRelaysAndNoServerLeaveNoCandidateAtOnce(String engine) {
    try (World world = World.of(engine, relayOnly())) {
      Agent ann = world.host();
      Agent bob = world.host();

      ConnectReport report = failed(ann, bob.did(), Duration.ofSeconds(25));

      assertThat(report.verdict()).isEqualTo(ConnectVerdict.NO_LOCAL_CANDIDATES);
      assertThat(report.failure()).isEqualTo(Failure.CONNECT_FAILED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "jvm"})
  void candidatesThatDoNotFitAreNamed(String engine) throws IOException {
    try (World world = World.of(engine); Wire odd = Wire.join(world)) {
      Agent ann = world.host();

      Future<Link> connecting = ann.connect(odd.key.did(), SHORT, Map.of());
      odd.send("ANSWER", ann, Answers.with(odd.next("OFFER").getString("connection_id"),
        "candidate:1 1 tcp 1518280447 " + Coturn.ownAddress() + " 9 typ host tcptype active"));
      causeOf(connecting);

      ConnectReport report = await(ann.failure(odd.key.did())).orElseThrow();
      assertThat(report.verdict()).isEqualTo(ConnectVerdict.NO_COMMON_CANDIDATES);
      assertThat(report.remoteCandidates()).containsExactly("host");
      assertThat(report.checks().answered()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "jvm"})
  void silenceOfEveryAddressAndEveryServerIsBlockedUdp(String engine) throws IOException {
    try (DatagramSocket hole = hole(); DatagramSocket stun = hole()) {
      ConnectReport report = answeredFrom(hole, engine, "stun:" + Coturn.ownAddress() + ":" + stun.getLocalPort());

      assertThat(report.verdict()).isEqualTo(ConnectVerdict.UDP_BLOCKED);
      assertThat(report.phase().toString()).isEqualTo("ice");
      assertThat(report.checks().sent()).isPositive();
      assertThat(report.checks().answered()).isZero();
      assertThat(report.checks().lastPair()).isEqualTo("host/host udp");
      assertThat(report.servers().get(0).getString("state")).isEqualTo("asked");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "jvm"})
  void silenceOfTheOtherEndAloneIsNot(String engine) throws Exception {
    try (DatagramSocket hole = hole(); Coturn stun = Coturn.startOutside()) {
      ConnectReport report =
        answeredFrom(hole, engine, "stun:" + Coturn.ownAddress() + ":" + stun.address.getPort());

      assertThat(report.verdict()).isEqualTo(ConnectVerdict.ICE_TIMEOUT);
      assertThat(report.servers().get(0).getString("state")).isEqualTo("answered");
    }
  }

  @ParameterizedTest
  @MethodSource(ENGINES)
  void aGatewayThatSwapsTheFingerprintIsFoundOut(String engine) {
    try (HostileGateway gateway = new HostileGateway(swapped("OFFER", null)); World world = gateway.world(engine)) {
      Agent ann = world.host();
      Agent bob = world.host(HostOptions.DEFAULTS.at(gateway.url()));

      assertThat(failed(ann, bob.did()).verdict()).isEqualTo(ConnectVerdict.FINGERPRINT_MISMATCH);
    }
  }

  @ParameterizedTest
  @MethodSource(ENGINES)
  void aGatewayThatSwapsTheFingerprintOfTheAnswerIsFoundOut(String engine) {
    try (HostileGateway gateway = new HostileGateway(swapped("ANSWER", null)); World world = gateway.world(engine)) {
      Agent ann = world.host(HostOptions.DEFAULTS.at(gateway.url()));
      Agent bob = world.host();

      assertThat(failed(ann, bob.did(), Duration.ofSeconds(25)).verdict())
        .isEqualTo(ConnectVerdict.FINGERPRINT_MISMATCH);
    }
  }

  @ParameterizedTest
  @CsvSource({"jvm, FINGERPRINT_MISMATCH", "native, DTLS_FAILED"})
  void aCertificateThatIsNotTheOneItsOwnerSignedForIsRefused(String engine, ConnectVerdict verdict) {
    AgentKey liar = AgentKey.generate();
    try (HostileGateway gateway = new HostileGateway(swapped("ANSWER", liar)); World world = gateway.world(engine)) {
      Agent ann = world.host(HostOptions.DEFAULTS.at(gateway.url()));
      Agent bob = await(world.node.host(liar, HostOptions.DEFAULTS));
      BlockingQueue<JsonObject> events = world.listen(Addresses.peerEvents(bob.did()));

      ConnectReport report = failed(ann, bob.did(), Duration.ofSeconds(25));

      assertThat(report.verdict()).as("libwebrtc does not tell what it refused").isEqualTo(verdict);
      assertThat(report.phase().toString()).isEqualTo("dtls");
      assertThat(report.dtls()).isEqualTo("failed");
      assertThat(next(events, each -> "report".equals(each.getString("event"))).getString("verdict"))
        .as("what the one who lied sees").isEqualTo("DTLS_FAILED");
    }
  }

  @ParameterizedTest
  @MethodSource(ENGINES)
  void anIceRestartThatDoesNotComeThroughIsReportedThoughTheLinkStays(String engine) {
    AtomicBoolean hostile = new AtomicBoolean();
    UnaryOperator<JsonObject> forging = swapped("OFFER", null);
    try (HostileGateway gateway = new HostileGateway(each -> hostile.get() ? forging.apply(each) : each);
        World world = gateway.world(engine)) {
      Agent ann = world.host();
      Agent bob = world.host(HostOptions.DEFAULTS.at(gateway.url()));
      Link link = await(ann.connect(bob.did()));
      BlockingQueue<JsonObject> audit = world.listen(Addresses.EVENTS);
      hostile.set(true);

      world.ask(Addresses.peer(ann.did()), new JsonObject().put("action", "restart_ice")
        .put("remote", bob.did().toString()));

      JsonObject event = next(audit, each -> "report".equals(each.getString("event")));
      assertThat(event.getString("verdict")).isEqualTo("FINGERPRINT_MISMATCH");
      assertThat(event.getString("phase")).isEqualTo("signaling");
      JsonObject answer = world.ask(Addresses.peer(ann.did()), new JsonObject().put("action", "links"));
      assertThat(answer.getJsonArray("failures").getJsonObject(0).getString("reason"))
        .isEqualTo(event.getString("reason"));
      assertThat(link.state()).isEqualTo(LinkState.CONNECTED);
    }
  }

  @Test
  void anAgentWhoseClockIsWrongIsRefusedWithThatReason() {
    AgentKey key = AgentKey.generate();
    UnaryOperator<JsonObject> late = message -> !message.getString("type").equals("OFFER") ? message
      : signedAnew(message.put("timestamp", Instant.now().minusSeconds(120).toString()), key);
    try (HostileGateway gateway = new HostileGateway(late); World world = gateway.world("loopback")) {
      Agent ann = await(world.node.host(key, HostOptions.DEFAULTS));
      Agent bob = world.host(HostOptions.DEFAULTS.at(gateway.url()));

      ConnectReport report = failed(ann, bob.did());

      assertThat(report.verdict()).isEqualTo(ConnectVerdict.PEER_REFUSED);
      assertThat(report.reason()).contains("MALFORMED_MESSAGE", "timestamp", "60000 ms");
    }
  }

  /** The report of a connect to an agent whose only candidate is {@code hole}, with that server. */
  private static ConnectReport answeredFrom(DatagramSocket hole, String engine, String server) throws IOException {
    JsonObject settings = new JsonObject().put("webrtc", new JsonObject()
      .put("ice_servers", new JsonArray().add(new JsonObject().put("urls", server))));
    try (World world = World.of(engine, settings); Wire wire = Wire.join(world)) {
      Agent ann = world.host();
      Future<Link> connecting = ann.connect(wire.key.did(), SHORT, Map.of());
      wire.send("ANSWER", ann, Answers.with(wire.next("OFFER").getString("connection_id"),
        Answers.host(Coturn.ownAddress(), hole.getLocalPort())));
      causeOf(connecting);
      return await(ann.failure(wire.key.did())).orElseThrow();
    }
  }

  /** A socket that nobody reads. */
  private static DatagramSocket hole() throws IOException {
    return new DatagramSocket(new InetSocketAddress(Coturn.ownAddress(), 0));
  }

  private static ConnectReport failed(Agent agent, Did remote) {
    return failed(agent, remote, SHORT);
  }

  private static ConnectReport failed(Agent agent, Did remote, Duration timeout) {
    Throwable cause = causeOf(agent.connect(remote, timeout, Map.of()));
    ConnectReport report = await(agent.failure(remote)).orElseThrow();
    assertThat(cause).hasMessageContaining(report.verdict().name());
    return report;
  }

  private static JsonObject relayOnly() {
    return new JsonObject().put("webrtc", new JsonObject().put("ice_transport_policy", "relay"));
  }

  /** Changes the fingerprint in messages of that type, and signs them anew if it has their sender's key. */
  private static UnaryOperator<JsonObject> swapped(String type, AgentKey key) {
    return message -> {
      if (!message.getString("type").equals(type)) {
        return message;
      }
      JsonObject payload = message.getJsonObject("payload");
      payload.put("sdp", payload.getString("sdp").replaceAll("(a=fingerprint:\\S+ )..", "$100"));
      return key == null ? message.put("signature", "A".repeat(86) + "==") : signedAnew(message, key);
    };
  }

  private static JsonObject signedAnew(JsonObject message, AgentKey key) {
    message.remove("signature");
    return Signatures.sign(message, key);
  }
}
