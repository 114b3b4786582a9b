package io.aiconexus.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Signatures;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class RegistrationFlowTest {

  private final AgentKey ann = AgentKey.generate();
  private final AgentKey bob = AgentKey.generate();

  @Test
  void aStrangerIsChallengedAsSoonAsTheSocketOpens(Vertx vertx) throws Exception {
    Wire wire = Wire.open(vertx, Gateways.start(vertx));

    JsonObject challenge = wire.next("CHALLENGE");

    assertThat(wire.socket.subProtocol()).isEqualTo("ioap.v1");
    assertThat(challenge.getString("to")).isEmpty();
    assertThat(challenge.getJsonObject("payload").getString("nonce")).matches("[A-Za-z0-9_-]{22,}");
    assertThat(challenge.getJsonObject("payload").getLong("expires_ms")).isEqualTo(5000);
  }

  @Test
  void whoProvesItsKeyIsWelcomedWithTheGatewaysTerms(Vertx vertx) throws Exception {
    JsonObject ice = new JsonObject().put("urls", new JsonArray().add("turn:t.example:3478")).put("username", "u")
      .put("credential", "c");
    int port = Gateways.start(vertx, new JsonObject().put("ice_servers", new JsonArray().add(ice)));

    JsonObject welcome = Wire.join(vertx, port, ann).registered;

    assertThat(welcome.getString("node_id")).isEqualTo("node");
    assertThat(welcome.getBoolean("resumed")).isFalse();
    assertThat(welcome.getString("resume_token")).matches("[A-Za-z0-9_-]{22,}");
    assertThat(welcome.getLong("resume_window_ms")).isEqualTo(30_000);
    assertThat(welcome.getLong("heartbeat_ms")).isEqualTo(25_000);
    assertThat(welcome.getJsonArray("ice_servers")).isEqualTo(new JsonArray().add(ice));
    assertThat(welcome.getJsonObject("limits"))
      .isEqualTo(new JsonObject().put("max_message_bytes", 262_144).put("messages_per_second", 200));
  }

  @Test
  void localhostIsAnAudienceOfALoopbackGateway(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx);
    Wire wire = Wire.open(vertx, port);

    wire.send(wire.register(ann, "localhost:" + port, payload -> { }));

    wire.next("REGISTERED");
  }

  @Test
  void aProofForAnotherGatewayIsRefused(Vertx vertx) throws Exception {
    Wire wire = Wire.open(vertx, Gateways.start(vertx));

    wire.send(wire.register(ann, "gateway.example:8000", payload -> { }));

    assertRefused(wire);
  }

  @Test
  void theAudienceOfTheEventBusDoorIsRefusedOnAWebSocket(Vertx vertx) throws Exception {
    Wire wire = Wire.open(vertx, Gateways.start(vertx));

    wire.send(wire.register(ann, "aiconexus.signaling.sessions", payload -> { }));

    assertRefused(wire);
  }

  @Test
  void anotherKeysSignatureIsRefused(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx);
    Wire wire = Wire.open(vertx, port);
    JsonObject register = wire.register(ann, "127.0.0.1:" + port, payload -> { });

    wire.send(Signatures.sign(register, bob));

    assertRefused(wire);
  }

  @Test
  void aPublicKeyThatIsNotTheSendersIsRefused(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx);
    Wire wire = Wire.open(vertx, port);

    wire.send(wire.register(ann, "127.0.0.1:" + port, payload ->
      payload.put("public_key", bob.did().publicKeyBase58())));

    assertRefused(wire);
  }

  @Test
  void aChangedRegisterIsRefused(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx);
    Wire wire = Wire.open(vertx, port);
    JsonObject register = wire.register(ann, "127.0.0.1:" + port, payload -> { });
    register.getJsonObject("payload").put("capabilities", new JsonArray().add("root"));

    wire.send(register);

    assertRefused(wire);
  }

  @Test
  void aReplayedRegisterIsRefusedOnAnotherSocket(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx);
    Wire first = Wire.open(vertx, port);
    JsonObject register = first.register(ann, "127.0.0.1:" + port, payload -> { });
    first.send(register);
    first.next("REGISTERED");
    Wire second = Wire.open(vertx, port);
    second.next("CHALLENGE");

    second.send(register);

    assertRefused(second);
    first.send(Wire.message(ann, first.gateway, "PING", new JsonObject()));
    first.next("PONG");
  }

  @Test
  void aReplayedRegisterOnTheSameSocketChangesNothing(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx);
    Wire wire = Wire.open(vertx, port);
    JsonObject register = wire.register(ann, "127.0.0.1:" + port, payload -> { });
    wire.send(register);
    wire.next("REGISTERED");

    wire.send(register);

    wire.nextError("FORBIDDEN");
  }

  @Test
  void nothingIsTakenBeforeRegister(Vertx vertx) throws Exception {
    Wire wire = Wire.open(vertx, Gateways.start(vertx));
    wire.next("CHALLENGE");
    JsonObject offer = Wire.offer(ann, bob.did().toString(), "v=0");

    wire.send(offer);

    JsonObject error = wire.next("ERROR");
    assertThat(error.getString("correlation_id")).isEqualTo(offer.getString("id"));
    assertThat(error.getJsonObject("payload").getString("code")).isEqualTo("NOT_REGISTERED");
    assertThat(wire.closeCode()).isEqualTo(4500);
  }

  @Test
  void whoNeverRegistersIsLetGo(Vertx vertx) throws Exception {
    Wire wire = Wire.open(vertx, Gateways.start(vertx, new JsonObject().put("register_timeout_ms", 100)));
    wire.next("CHALLENGE");

    wire.nextError("NOT_REGISTERED");

    assertThat(wire.closeCode()).isEqualTo(4503);
  }

  @Test
  void aNewerSessionOfTheSameAgentReplacesTheOlder(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx);
    Wire older = Wire.join(vertx, port, ann);
    Wire newer = Wire.join(vertx, port, ann);

    older.nextError("NOT_REGISTERED");
    assertThat(older.closeCode()).isEqualTo(4504);
    assertThat(newer.registered.getBoolean("resumed")).isFalse();
    Wire bobWire = Wire.join(vertx, port, bob);
    bobWire.send(Wire.offer(bob, ann.did().toString(), "v=0"));
    newer.next("OFFER");
  }

  @Test
  void whoUnregistersIsGoneAtOnce(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx);
    Wire annWire = Wire.join(vertx, port, ann);
    Wire bobWire = Wire.join(vertx, port, bob);

    annWire.send(Wire.message(ann, annWire.gateway, "UNREGISTER", new JsonObject().put("reason", "done")));

    assertThat(annWire.closeCode()).isEqualTo(1000);
    JsonObject offer = Wire.offer(bob, ann.did().toString(), "v=0");
    bobWire.send(offer);
    JsonObject error = bobWire.next("ERROR");
    assertThat(error.getString("correlation_id")).isEqualTo(offer.getString("id"));
    assertThat(error.getJsonObject("payload").getString("code")).isEqualTo("UNKNOWN_AGENT");
    assertThat(error.getJsonObject("payload").getBoolean("retryable")).isTrue();
  }

  private static void assertRefused(Wire wire) throws Exception {
    wire.nextError("INVALID_SIGNATURE");
    assertThat(wire.closeCode()).isEqualTo(4500);
  }
}
