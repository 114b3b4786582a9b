package io.aiconexus.vectors;

import static io.aiconexus.vectors.MessageVectors.ANN;
import static io.aiconexus.vectors.MessageVectors.BOB;
import static io.aiconexus.vectors.MessageVectors.GATEWAY;
import static io.aiconexus.vectors.MessageVectors.did;

import io.aiconexus.identity.Signatures;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;

/**
 * Messages that a reader must refuse, with the code of the ERROR that answers them and the stage that refuses: {@code
 * envelope} (reading the outside), {@code payload} (reading the inside of that type) or {@code signature} (verifying).
 */
final class MalformedVectors {

  private final JsonArray bad = new JsonArray();

  private MalformedVectors() {
  }

  static JsonArray all() {
    MalformedVectors vectors = new MalformedVectors();
    vectors.addTexts();
    vectors.addFields();
    vectors.addValues();
    vectors.addNumbers();
    vectors.addPayloads();
    vectors.addSignatures();
    return vectors.bad;
  }

  private void addTexts() {
    String text = signed().encode();
    raw("an empty text", "");
    raw("not JSON", "hello");
    raw("an array", "[" + text + "]");
    raw("cut off", text.substring(0, text.length() - 1));
    raw("something follows", text + "{}");
    raw("a trailing comma", text.substring(0, text.length() - 1) + ",}");
    raw("a comment", "/* */" + text);
    raw("a byte order mark", "\ufeff" + text);
    raw("a duplicate field", text.replace("\"version\"", "\"type\":\"PING\",\"version\""));
    raw("a duplicate field, escaped", text.replace("\"version\"", "\"typ\\u0065\":\"PING\",\"version\""));
    raw("a duplicate field in the payload", text.replace("\"sequence\":7", "\"sequence\":7,\"sequence\":7"));
    raw("a duplicate field deep inside", text.replace("\"sequence\":7", "\"a\":[{\"b\":{\"c\":1,\"c\":1}}]"));
    raw("33 levels", text.replace("\"sequence\":7", "\"a\":" + "[".repeat(31) + "]".repeat(31)));
  }

  private void addFields() {
    for (String field : new String[] {"id", "timestamp", "from", "to", "type", "payload", "version"}) {
      envelope("no " + field, message -> message.remove(field));
      envelope(field + " is null", message -> message.putNull(field));
      envelope(field + " is a number", message -> message.put(field, 1));
    }
    envelope("correlation_id is a number", message -> message.put("correlation_id", 1));
    raw("signature is null", message().putNull("signature").encode());
    raw("signature is a number", message().put("signature", 1).encode());
    envelope("payload is a string", message -> message.put("payload", "{}"));
  }

  private void addValues() {
    envelope("an empty id", message -> message.put("id", ""));
    envelope("an id of 65 characters", message -> message.put("id", "x".repeat(65)));
    envelope("a space in the id", message -> message.put("id", "m 1"));
    envelope("an empty correlation_id", message -> message.put("correlation_id", ""));
    envelope("an unknown type", message -> message.put("type", "HELLO"));
    envelope("a type in lower case", message -> message.put("type", "ping"));
    envelope("from is not a did:key", message -> message.put("from", "did:web:example.org"));
    envelope("from is the form of the original gateway", message ->
      message.put("from", "did:key:z6Mk" + ANN.did().publicKeyBase58()));
    envelope("from is empty", message -> message.put("from", ""));
    envelope("to is empty outside a CHALLENGE or an ERROR", message -> message.put("to", ""));
    envelope("version 1", message -> message.put("version", "1"));
    envelope("version v1.0", message -> message.put("version", "v1.0"));
    for (String timestamp
      : new String[] {"2026-01-31", "2026-01-31 12:00:00Z", "2026-01-31T12:00:00", "2026-02-30T12:00:00Z",
      "2026-01-31T24:00:00Z", "2026-01-31T12:00:60Z", "2026-01-31T12:00:00+0100", "2026-01-31T12:00:00.Z",
      "1769860800"}) {
      envelope("timestamp " + timestamp, message -> message.put("timestamp", timestamp));
    }
    JsonObject future = Signatures.sign(message().put("version", "2.0").put("type", "HELLO"), ANN);
    add("another major version, whatever its type", "envelope", "UNSUPPORTED_VERSION", future.encode());
  }

  private void addNumbers() {
    for (String number
      : new String[] {"1.5", "1.0", "1e3", "9007199254740992", "-9007199254740992", "-9223372036854775808",
      "123456789012345678901234567890"}) {
      raw("the number " + number + " in a payload", signed().encode()
        .replace("\"sequence\":7", "\"sequence\":" + number));
    }
    raw("a fraction in an unknown field", signed().put("trace", 0.5).encode());
    raw("args outside the payload are no args", signed().put("args", 0.5).encode());
    raw("a number beyond a double in args",
      signed().put("type", "EXEC_REQUEST").encode()
        .replace("\"sequence\":7", "\"capability\":\"sum\",\"args\":{\"a\":1e309}"));
  }

  private void addPayloads() {
    payload("CHALLENGE", "{\"nonce\":\"short\",\"expires_ms\":1}");
    payload("CHALLENGE", "{\"nonce\":\"q83vEjRWeJCrze8SNFZ4k+\",\"expires_ms\":1}");
    payload("REGISTER", "{\"audience\":\"localhost\",\"public_key\":\"x\"}");
    payload("REGISTER", "{\"nonce\":\"x\",\"audience\":\"localhost\",\"public_key\":\"x\",\"capabilities\":\"echo\"}");
    payload("REGISTER", "{\"nonce\":\"x\",\"audience\":\"localhost\",\"public_key\":\"x\",\"capabilities\":[\""
      + "x".repeat(129) + "\"]}");
    payload("REGISTERED", "{\"session_id\":\"s\",\"node_id\":\"n\"}");
    payload("UNREGISTER", "{\"reason\":1}");
    payload("OFFER", "{\"connection_id\":\"c-1\"}");
    payload("OFFER", "{\"connection_id\":\"c 1\",\"sdp\":\"v=0\"}");
    payload("ANSWER", "{\"sdp\":\"v=0\"}");
    payload("ICE_CANDIDATE", "{\"connection_id\":\"c-1\",\"sdp_mid\":\"0\"}");
    payload("ICE_CANDIDATE", "{\"connection_id\":\"c-1\",\"candidate\":\"\",\"sdp_mline_index\":-1}");
    payload("BYE", "{\"reason\":\"idle\"}");
    payload("INTENT", "{\"context\":{}}");
    payload("EXEC_REQUEST", "{\"capability\":\"sum\"}");
    payload("EXEC_REQUEST", "{\"capability\":\"sum\",\"args\":[1]}");
    payload("EXEC_RESPONSE", "{\"status\":\"done\",\"execution_time_ms\":1}");
    payload("EXEC_RESPONSE", "{\"status\":\"success\",\"execution_time_ms\":1}");
    payload("EXEC_RESPONSE", "{\"status\":\"error\",\"execution_time_ms\":1}");
    payload("RELAY", "{\"connection_id\":\"c-1\",\"channel\":\"d\",\"seq\":0}");
    payload("RELAY", "{\"connection_id\":\"c-1\",\"channel\":\"d\",\"seq\":0,\"text\":\"\",\"data\":\"\"}");
    payload("RELAY", "{\"connection_id\":\"c-1\",\"channel\":\"d\",\"seq\":0,\"data\":\"AAE\"}");
    payload("ERROR", "{\"message\":\"no code\"}");
    payload("PING", "{\"sequence\":\"7\"}");
    JsonObject unrelated = message().put("type", "PONG");
    add("a PONG that answers nothing", "payload", "MALFORMED_MESSAGE", Signatures.sign(unrelated, ANN).encode());
  }

  private void addSignatures() {
    String signature = signed().getString("signature");
    signature("no signature", message -> message.remove("signature"));
    signature("signed by somebody else", message -> Signatures.sign(message, BOB));
    signature("from was changed", message -> message.put("from", did(BOB)));
    signature("the payload was changed", message -> message.put("payload", new JsonObject().put("sequence", 8)));
    signature("a field was added", message -> message.put("trace", 1));
    signature("correlation_id became null", message -> message.putNull("correlation_id"));
    signature("an empty signature", message -> message.put("signature", ""));
    signature("no padding", message -> message.put("signature", signature.substring(0, 86)));
    signature("the URL-safe alphabet", message ->
      message.put("signature", signature.replace('+', '-').replace('/', '_')));
    signature("another Base64 form of the same bytes",
      message -> message.put("signature", signature.substring(0, 85) + (char) (signature.charAt(85) + 1) + "=="));
    add("half a surrogate pair cannot be signed", "signature", "INVALID_SIGNATURE",
      signed().encode().replace("\"sequence\":7", "\"note\":\"\\ud800\""));
  }

  private void envelope(String name, Consumer<JsonObject> damage) {
    JsonObject message = message();
    damage.accept(message);
    raw(name, Signatures.sign(message, ANN).encode());
  }

  private void payload(String type, String json) {
    JsonObject message = message().put("type", type).put("payload", new JsonObject(json)).put("correlation_id", "m-0");
    add(type + " " + (json.length() > 90 ? "with an overlong field" : json), "payload", "MALFORMED_MESSAGE",
      Signatures.sign(message, ANN).encode());
  }

  private void signature(String name, Consumer<JsonObject> damage) {
    JsonObject message = signed();
    damage.accept(message);
    add(name, "signature", "INVALID_SIGNATURE", message.encode());
  }

  private void raw(String name, String text) {
    add(name, "envelope", "MALFORMED_MESSAGE", text);
  }

  private void add(String name, String stage, String code, String text) {
    bad.add(new JsonObject().put("name", name).put("stage", stage).put("code", code).put("text", text));
  }

  private static JsonObject signed() {
    return Signatures.sign(message(), ANN);
  }

  private static JsonObject message() {
    return MessageVectors.envelope("m-1", ANN, did(GATEWAY), "PING", new JsonObject().put("sequence", 7));
  }
}
