package io.aiconexus.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.identity.AgentKey;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(VertxExtension.class)
class MessagesFlowTest {

  private final AgentKey ann = AgentKey.generate();
  private final AgentKey bob = AgentKey.generate();

  @Test
  void aMessageArrivesCharacterForCharacter(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx);
    Wire annWire = Wire.join(vertx, port, ann);
    Wire bobWire = Wire.join(vertx, port, bob);
    List<String> texts = new ArrayList<>();
    bobWire.socket.textMessageHandler(text -> {
      texts.add(text);
      bobWire.received.add(new JsonObject(text));
    });
    String odd = "  " + Wire.offer(ann, bob.did().toString(), "v=0 \u00e9\u4e2d\ud83d\ude00").put("future", 1)
      .encodePrettily() + " \n";

    annWire.send(odd);

    bobWire.next("OFFER");
    assertThat(texts).containsExactly(odd);
  }

  @Test
  void agentsMayAlsoPingAndRefuseEachOther(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx);
    Wire annWire = Wire.join(vertx, port, ann);
    Wire bobWire = Wire.join(vertx, port, bob);
    String to = bob.did().toString();

    for (String type : List.of("PING", "PONG", "BYE", "INTENT", "EXEC_REQUEST", "EXEC_RESPONSE", "ICE_CANDIDATE",
      "RELAY", "ERROR")) {
      annWire.send(Wire.message(ann, to, type, new JsonObject().put("connection_id", "c")));
      bobWire.next(type);
    }
  }

  @Test
  void theGatewayAnswersAPingWithItsNumber(Vertx vertx) throws Exception {
    Wire wire = Wire.join(vertx, Gateways.start(vertx), ann);
    JsonObject ping = Wire.message(ann, wire.gateway, "PING", new JsonObject().put("sequence", 7));

    wire.send(ping);

    JsonObject pong = wire.next("PONG");
    assertThat(pong.getString("correlation_id")).isEqualTo(ping.getString("id"));
    assertThat(pong.getJsonObject("payload").getInteger("sequence")).isEqualTo(7);
    assertThat(pong.getString("to")).isEqualTo(ann.did().toString());
  }

  @Test
  void aSessionSpeaksOnlyForItself(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx);
    Wire annWire = Wire.join(vertx, port, ann);

    annWire.send(Wire.offer(bob, ann.did().toString(), "v=0"));

    annWire.nextError("FORBIDDEN");
    annWire.send(Wire.message(ann, annWire.gateway, "PING", new JsonObject()));
    annWire.next("PONG");
  }

  @Test
  void whatOnlyAGatewaySaysIsForbidden(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx);
    Wire annWire = Wire.join(vertx, port, ann);
    Wire bobWire = Wire.join(vertx, port, bob);

    annWire.send(Wire.message(ann, bob.did().toString(), "REGISTERED", new JsonObject()));
    annWire.nextError("FORBIDDEN");
    annWire.send(Wire.message(ann, annWire.gateway, "OFFER", new JsonObject().put("connection_id", "c")
      .put("sdp", "v")));
    annWire.nextError("FORBIDDEN");
    annWire.send(Wire.message(ann, bob.did().toString(), "UNREGISTER", new JsonObject()));
    annWire.nextError("MALFORMED_MESSAGE");
    assertThat(bobWire.received).isEmpty();
  }

  @Test
  void anErrorThatReachesNobodyMakesNoFurtherError(Vertx vertx) throws Exception {
    Wire wire = Wire.join(vertx, Gateways.start(vertx), ann);

    wire.send(Wire.message(ann, bob.did().toString(), "ERROR", new JsonObject().put("code", "X").put("message", "")));
    wire.send(Wire.message(ann, wire.gateway, "PING", new JsonObject()));

    wire.next("PONG");
    assertThat(wire.received).isEmpty();
  }

  @Test
  void verifyingAllRefusesAForgedMessage(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx, new JsonObject().put("verify", "all"));
    Wire annWire = Wire.join(vertx, port, ann);
    Wire bobWire = Wire.join(vertx, port, bob);

    annWire.send(Wire.offer(ann, bob.did().toString(), "v=0").put("id", "changed"));
    annWire.nextError("INVALID_SIGNATURE");
    annWire.send(Wire.offer(ann, bob.did().toString(), "v=1"));

    assertThat(bobWire.next("OFFER").getJsonObject("payload").getString("sdp")).isEqualTo("v=1");
  }

  static Stream<String> malformed() {
    AgentKey key = AgentKey.generate();
    String to = AgentKey.generate().did().toString();
    JsonObject good = Wire.offer(key, to, "v=0");
    Stream<String> texts = Stream.of("", "{", "[]", "null", "7", "\"text\"", "not json", good.encode() + "x", "\u0000",
      "{\"id\":\"a\",\"id\":\"b\"}", good.encode().replace("\"sdp\":\"v=0\"", "\"sdp\":1.5"),
      good.encode().replace("\"sdp\":\"v=0\"", "\"sdp\":\"v=0\",\"sdp\":\"v=1\""), "[".repeat(20_000),
      good.encode().replace("\"sdp\":\"v=0\"", "\"sdp\":" + "[".repeat(2_000) + "]".repeat(2_000)),
      good.copy().put("to", "did:key:z6Mk").encode(), good.copy().put("to", "").encode(),
      good.copy().put("from", "me").encode(),
      good.copy().put("type", "SHOUT").encode(), good.copy().put("payload", "text").encode(),
      good.copy().put("id", "").encode(),
      good.copy().put("id", "x".repeat(65)).encode(), good.copy().put("timestamp", "yesterday").encode(),
      good.copy().put("version", 1).encode());
    Stream<String> withoutOne = Stream.of("id", "timestamp", "from", "to", "type", "payload", "version", "signature")
      .map(field -> {
      JsonObject less = good.copy();
      less.remove(field);
      return less.encode();
    });
    return Stream.concat(texts, withoutOne);
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void everyMalformedShapeIsAnsweredAndForgiven(String text, Vertx vertx) throws Exception {
    Wire wire = Wire.join(vertx, Gateways.start(vertx), ann);

    wire.send(text);

    assertThat(wire.nextError("MALFORMED_MESSAGE").getBoolean("retryable")).isFalse();
    wire.send(Wire.message(ann, wire.gateway, "PING", new JsonObject()));
    wire.next("PONG");
  }

  @Test
  void aBinaryFrameIsMalformed(Vertx vertx) throws Exception {
    Wire wire = Wire.join(vertx, Gateways.start(vertx), ann);

    wire.socket.writeBinaryMessage(Buffer.buffer("{}"));

    wire.nextError("MALFORMED_MESSAGE");
  }

  @Test
  void anotherMajorVersionIsNamed(Vertx vertx) throws Exception {
    Wire wire = Wire.join(vertx, Gateways.start(vertx), ann);

    wire.send(Wire.offer(ann, bob.did().toString(), "v=0").put("version", "2.0"));

    wire.nextError("UNSUPPORTED_VERSION");
  }

  @Test
  void theTenthMalformedMessageEndsTheSession(Vertx vertx) throws Exception {
    Wire wire = Wire.join(vertx, Gateways.start(vertx), ann);

    for (int i = 0; i < 10; i++) {
      wire.send("{");
      wire.nextError("MALFORMED_MESSAGE");
    }

    assertThat(wire.closeCode()).isEqualTo(4501);
  }

  @Test
  void tenMalformedMessagesEndAStrangersSessionToo(Vertx vertx) throws Exception {
    Wire wire = Wire.open(vertx, Gateways.start(vertx));
    wire.next("CHALLENGE");

    for (int i = 0; i < 10; i++) {
      wire.send("{");
    }

    assertThat(wire.closeCode()).isEqualTo(4501);
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.ValueSource(ints = {262_145, 300_000, 600_000})
  void aMessageOverTheLimitIsNamedAndEndsTheSession(int size, Vertx vertx) throws Exception {
    Wire wire = Wire.join(vertx, Gateways.start(vertx), ann);

    wire.send("x".repeat(size));

    wire.nextError("MESSAGE_TOO_LARGE");
    assertThat(wire.closeCode()).isEqualTo(1009);
  }

  @Test
  void aFrameFarOverTheLimitEndsTheSessionWithoutBeingReadToItsEnd(Vertx vertx) throws Exception {
    Wire wire = Wire.join(vertx, Gateways.start(vertx), ann);

    wire.socket.writeTextMessage("x".repeat(1_500_000));

    assertThat(wire.closeCode()).as("a reset may overtake the close frame").isIn(1009, 1006);
  }

  @Test
  void fragmentsCountTogether(Vertx vertx) throws Exception {
    Wire wire = Wire.join(vertx, Gateways.start(vertx), ann);

    wire.socket.writeFrame(WebSocketFrame.textFrame("x".repeat(200_000), false));
    wire.socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("x".repeat(200_000)), true));

    wire.nextError("MESSAGE_TOO_LARGE");
    assertThat(wire.closeCode()).isEqualTo(1009);
  }

  @Test
  void theLimitCountsBytesAndNotCharacters(Vertx vertx) throws Exception {
    Wire wire = Wire.join(vertx, Gateways.start(vertx), ann);

    wire.send("\u4e2d".repeat(100_000));

    wire.nextError("MESSAGE_TOO_LARGE");
    assertThat(wire.closeCode()).isEqualTo(1009);
  }

  @Test
  void aMessageOfExactlyTheLimitArrives(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx);
    Wire annWire = Wire.join(vertx, port, ann);
    Wire bobWire = Wire.join(vertx, port, bob);
    String frame = Wire.offer(ann, bob.did().toString(), "").encode();

    annWire.send(Wire.offer(ann, bob.did().toString(), "x".repeat(262_144 - frame.length())));

    assertThat(bobWire.next("OFFER").encode()).hasSize(262_144);
  }

  @Test
  void whoIsOverItsRateIsToldWhenToComeBack(Vertx vertx) throws Exception {
    Wire wire = Wire.join(vertx, Gateways.start(vertx, new JsonObject().put("messages_per_second", 1)
      .put("burst", 3)), ann);
    Set<String> ids = new HashSet<>();

    for (int i = 0; i < 4; i++) {
      JsonObject ping = Wire.message(ann, wire.gateway, "PING", new JsonObject());
      ids.add(ping.getString("id"));
      wire.send(ping);
    }

    wire.next("PONG");
    wire.next("PONG");
    JsonObject error = wire.next("ERROR");
    assertThat(error.getJsonObject("payload").getString("code")).isEqualTo("RATE_LIMITED");
    assertThat(error.getJsonObject("payload").getLong("retry_after_ms")).isBetween(1L, 1000L);
    assertThat(ids).contains(error.getString("correlation_id"));
  }

  @Test
  void tenThousandMessagesASecondEndTheSession(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx);
    Wire annWire = Wire.join(vertx, port, ann);
    Wire bobWire = Wire.join(vertx, port, bob);
    String offer = Wire.offer(ann, bob.did().toString(), "v=0").encode();

    for (int i = 0; i < 10_000; i++) {
      annWire.socket.writeTextMessage(offer);
    }

    assertThat(annWire.closeCode()).isEqualTo(4005);
    List<JsonObject> errors = new ArrayList<>(annWire.received);
    assertThat(errors).allMatch(error -> error.getJsonObject("payload").getString("code").equals("RATE_LIMITED"));
    assertThat(bobWire.received.size()).isBetween(399, 1000);
    bobWire.send(Wire.message(bob, bobWire.gateway, "PING", new JsonObject()));
  }
}
