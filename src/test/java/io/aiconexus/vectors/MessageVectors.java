package io.aiconexus.vectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.CanonicalJson;
import io.aiconexus.identity.Signatures;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.HexFormat;

/** Messages of every type, signed with keys that everybody can make from their seeds, and messages to refuse. */
final class MessageVectors {

  static final byte[] ANN_SEED = seed(0x01);
  static final byte[] BOB_SEED = seed(0x02);
  static final byte[] GATEWAY_SEED = seed(0x03);
  static final AgentKey ANN = AgentKey.ofSeed(ANN_SEED);
  static final AgentKey BOB = AgentKey.ofSeed(BOB_SEED);
  static final AgentKey GATEWAY = AgentKey.ofSeed(GATEWAY_SEED);
  static final String TIMESTAMP = "2026-01-31T12:00:00Z";

  private static final String NONCE = "q83vEjRWeJCrze8SNFZ4kA";
  private static final String SDP = "v=0\r\no=- 4611731400430051336 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"
    + "a=group:BUNDLE 0\r\n"
    + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\n"
    + "a=ice-ufrag:8hhY\r\na=ice-pwd:asd88fgpdd777uzjYhagZg\r\n"
    + "a=fingerprint:sha-256 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:"
    + "19:E5:7C:AB:4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF\r\n"
    + "a=setup:actpass\r\na=mid:0\r\na=sctp-port:5000\r\na=max-message-size:262144\r\n";

  private final JsonArray good = new JsonArray();
  private int count;

  private MessageVectors() {
  }

  static JsonObject all() {
    MessageVectors vectors = new MessageVectors();
    vectors.addSession();
    vectors.addConnection();
    vectors.addRequests();
    vectors.addUnusualForms();
    return new JsonObject()
      .put("keys", new JsonObject().put("ann", key(ANN_SEED, ANN)).put("bob", key(BOB_SEED, BOB))
        .put("gateway", key(GATEWAY_SEED, GATEWAY)))
      .put("good", vectors.good)
      .put("bad", MalformedVectors.all());
  }

  private void addSession() {
    add("a challenge goes to nobody yet", GATEWAY,
      message(GATEWAY, "", "CHALLENGE", new JsonObject().put("nonce", NONCE).put("expires_ms", 5000)));
    add("a registration", ANN, message(ANN, did(GATEWAY), "REGISTER", new JsonObject().put("nonce", NONCE)
      .put("audience", "localhost:7000").put("public_key", ANN.did().publicKeyBase58())
      .put("capabilities", new JsonArray().add("echo").add("sum"))));
    add("a registration that resumes", ANN, message(ANN, did(GATEWAY), "REGISTER", new JsonObject().put("nonce", NONCE)
      .put("audience", "gateway.example.org").put("public_key", ANN.did().publicKeyBase58())
      .put("resume", "r-0123456789")));
    add("a welcome", GATEWAY,
      message(GATEWAY, did(ANN), "REGISTERED", new JsonObject().put("session_id", "s-1").put("node_id", "node-1")
      .put("resume_token", "r-0123456789").put("resume_window_ms", 30_000).put("resumed", false)
      .put("ice_servers", new JsonArray()
      .add(new JsonObject().put("urls", new JsonArray().add("stun:stun.example.org:3478")))
        .add(new JsonObject().put("urls", "turn:turn.example.org:3478").put("username", "ann")
        .put("credential", "secret")))
      .put("heartbeat_ms", 25_000)
      .put("limits", new JsonObject().put("max_message_bytes", 262_144).put("messages_per_second", 100)))
      .put("correlation_id", "m-02"));
    add("a leave", ANN, message(ANN, did(GATEWAY), "UNREGISTER", new JsonObject().put("reason", "done")));
    add("a leave without a reason", ANN, message(ANN, did(GATEWAY), "UNREGISTER", new JsonObject()));
    add("an error", GATEWAY, message(GATEWAY, did(ANN), "ERROR", new JsonObject().put("code", "RATE_LIMITED")
      .put("message", "more than 100 messages a second").put("retryable", true).put("retry_after_ms", 250)
      .put("details", new JsonObject().put("messages_per_second", 100))).put("correlation_id", "m-08"));
    add("an error before the registration", GATEWAY,
      message(GATEWAY, "", "ERROR", new JsonObject().put("code", "NOT_REGISTERED")
      .put("message", "REGISTER first").put("retryable", false)));
    add("a ping", ANN, message(ANN, did(GATEWAY), "PING", new JsonObject().put("sequence", 7)));
    add("a pong", GATEWAY, message(GATEWAY, did(ANN), "PONG", new JsonObject().put("sequence", 7))
      .put("correlation_id", "m-09"));
  }

  private void addConnection() {
    add("an offer", ANN, message(ANN, did(BOB), "OFFER", new JsonObject().put("connection_id", "c-1").put("sdp", SDP)));
    add("an answer", BOB, message(BOB, did(ANN), "ANSWER",
      new JsonObject().put("connection_id", "c-1").put("sdp", SDP.replace("actpass", "active")))
        .put("correlation_id", "m-11"));
    add("a candidate", ANN, message(ANN, did(BOB), "ICE_CANDIDATE", new JsonObject().put("connection_id", "c-1")
      .put("candidate", "candidate:1 1 udp 2130706431 192.0.2.1 50000 typ host").put("sdp_mid", "0")
      .put("sdp_mline_index", 0)
      .put("username_fragment", "8hhY")));
    add("the end of candidates", ANN, message(ANN, did(BOB), "ICE_CANDIDATE",
      new JsonObject().put("connection_id", "c-1").put("candidate", "").put("sdp_mid", "0").put("sdp_mline_index", 0)));
    add("a goodbye", BOB,
      message(BOB, did(ANN), "BYE", new JsonObject().put("connection_id", "c-1").put("reason", "idle")));
    add("relayed text", ANN, message(ANN, did(BOB), "RELAY",
      new JsonObject().put("connection_id", "c-1").put("channel", "chat").put("seq", 0).put("text", "hello")));
    add("relayed data", ANN, message(ANN, did(BOB), "RELAY",
      new JsonObject().put("connection_id", "c-1").put("channel", "data").put("seq", 1).put("data", "AAEC/w==")));
  }

  private void addRequests() {
    add("an intent in words", ANN, message(ANN, did(BOB), "INTENT",
      new JsonObject().put("query", "Wie ist das Wetter in Z\u00fcrich?")
        .put("context", new JsonObject().put("lang", "de"))));
    add("an intent with a task", ANN, message(ANN, did(BOB), "INTENT",
      new JsonObject().put("task", "sum")
        .put("params", new JsonObject().put("numbers", new JsonArray().add(0.1).add(1e21).add(-7)))));
    add("the answer to an intent", BOB, message(BOB, did(ANN), "INTENT", new JsonObject().put("status", "needs_input")
      .put("required_input", new JsonArray().add("city")).put("cost", 3)).put("correlation_id", "m-18"));
    add("a request", ANN, message(ANN, did(BOB), "EXEC_REQUEST", new JsonObject().put("capability", "sum")
      .put("args", new JsonObject().put("a", 1.5).put("b", 9007199254740993L).put("c", 1e-7)).put("timeout_ms", 5000)
      .put("stream", false)));
    add("a result", BOB,
      message(BOB, did(ANN), "EXEC_RESPONSE", new JsonObject().put("status", "success").put("result", 2.5e-8)
      .put("execution_time_ms", 12)).put("correlation_id", "m-21"));
    add("a failure", BOB, message(BOB, did(ANN), "EXEC_RESPONSE", new JsonObject().put("status", "error")
      .put("error", new JsonObject().put("message", "b is too large")).put("execution_time_ms", 0))
      .put("correlation_id", "m-21"));
  }

  private void addUnusualForms() {
    add("unknown fields are signed and ignored", ANN,
      message(ANN, did(BOB), "PING", new JsonObject().put("of_tomorrow", "\u20ac"))
      .put("trace", new JsonObject().put("\ud83d\ude00", 1).put("\ufb33", 2)));
    add("a null correlation_id is signed as null", ANN, message(ANN, did(BOB), "PING", new JsonObject())
      .putNull("correlation_id"));
    add("another minor version", ANN, message(ANN, did(BOB), "PING", new JsonObject()).put("version", "1.7"));
    add("a timestamp with fraction and offset", ANN,
      message(ANN, did(BOB), "PING", new JsonObject()).put("timestamp", "2026-01-31T13:00:00.123456+01:00"));
    JsonObject spaced = message(ANN, did(BOB), "PING", new JsonObject().put("sequence", -9007199254740991L));
    add("white space and escapes do not matter", spaced,
      Signatures.sign(spaced, ANN).encodePrettily().replace("\r\n", "\n").replace("PING", "\\u0050ING"));
    JsonObject unsigned = message(GATEWAY, did(ANN), "PONG", new JsonObject()).put("correlation_id", "m-09");
    good.add(entry("a gateway may leave the signature out", unsigned).put("signature", null)
      .put("text", unsigned.encode()));
  }

  private void add(String name, AgentKey key, JsonObject message) {
    add(name, message, Signatures.sign(message, key).encode());
  }

  private void add(String name, JsonObject signed, String text) {
    good.add(entry(name, signed).put("signature", signed.getString("signature")).put("text", text));
  }

  private JsonObject message(AgentKey from, String to, String type, JsonObject payload) {
    count++;
    return envelope("m-" + (count < 10 ? "0" : "") + count, from, to, type, payload);
  }

  static JsonObject envelope(String id, AgentKey from, String to, String type, JsonObject payload) {
    return new JsonObject().put("id", id).put("timestamp", TIMESTAMP).put("from", did(from)).put("to", to)
      .put("type", type)
      .put("payload", payload).put("version", "1.0");
  }

  static String did(AgentKey key) {
    return key.did().toString();
  }

  private static JsonObject entry(String name, JsonObject message) {
    JsonObject covered = message.copy();
    covered.remove("signature");
    return new JsonObject().put("name", name).put("type", message.getString("type"))
      .put("canonical", new String(CanonicalJson.encode(covered), UTF_8));
  }

  private static JsonObject key(byte[] seed, AgentKey key) {
    return new JsonObject().put("seed", HexFormat.of().formatHex(seed)).put("did", did(key));
  }

  private static byte[] seed(int value) {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) value);
    return seed;
  }
}
