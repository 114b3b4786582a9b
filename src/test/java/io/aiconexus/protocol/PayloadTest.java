package io.aiconexus.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aiconexus.identity.AgentKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PayloadTest {

  private static final AgentKey ANN = AgentKey.ofSeed(new byte[32]);

  static List<Payload> all() {
    return Payloads.ALL;
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatIsWrittenIsReadBack(Payload payload) {
    Envelope envelope = Envelope.read(Messages.signed(ANN, ANN.did(), payload, "m-1", "m-0", 0));

    assertThat(Payload.of(envelope)).isEqualTo(payload);
    assertThat(envelope.type()).isEqualTo(payload.type());
    assertThat(envelope.verifies()).isTrue();
  }

  @Test
  void thereIsAnExampleOfEveryType() {
    assertThat(Payloads.ALL.stream().map(Payload::type).collect(Collectors.toSet()))
      .containsExactlyInAnyOrder(MessageType.values());
  }

  @ParameterizedTest
  @MethodSource("all")
  void unknownFieldsOfAPayloadAreIgnored(Payload payload) {
    if (payload.type() != MessageType.INTENT) {
      assertThat(read(payload.type(), payload.toJson().put("of_tomorrow", 1))).isEqualTo(payload);
    }
  }

  @Test
  void furtherFieldsOfAnIntentAreKept() {
    JsonObject body = new JsonObject().put("query", "weather").put("of_tomorrow", new JsonArray().add(1));

    assertThat(read(MessageType.INTENT, body)).isEqualTo(new Intent(body));
  }

  @ParameterizedTest
  @CsvSource({
    "CHALLENGE, nonce", "CHALLENGE, expires_ms",
    "REGISTER, nonce", "REGISTER, audience", "REGISTER, public_key",
    "REGISTERED, session_id", "REGISTERED, node_id", "REGISTERED, resume_token", "REGISTERED, resume_window_ms",
    "REGISTERED, heartbeat_ms",
    "REGISTERED, limits", "REGISTERED, resumed", "REGISTERED, ice_servers",
    "OFFER, connection_id", "OFFER, sdp", "ANSWER, connection_id", "ANSWER, sdp",
    "ICE_CANDIDATE, connection_id", "ICE_CANDIDATE, candidate", "BYE, connection_id",
    "EXEC_REQUEST, capability", "EXEC_REQUEST, args",
    "EXEC_RESPONSE, status", "EXEC_RESPONSE, execution_time_ms",
    "RELAY, connection_id", "RELAY, channel", "RELAY, seq", "ERROR, code", "ERROR, message"})
  void aMissingRequiredFieldIsNamed(MessageType type, String field) {
    JsonObject json = example(type);
    json.remove(field);
    assertRefused(type, json, "payload." + field + " is missing");
    assertRefused(type, json.putNull(field), "payload." + field + " is missing");
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyFieldOfAnotherTypeIsNamed(Payload payload) {
    for (String field : payload.toJson().fieldNames()) {
      boolean free = field.equals("result") || payload.type() == MessageType.INTENT
        && !List.of("query", "task", "status").contains(field);
      if (!free) {
        Object wrong = payload.toJson().getValue(field) instanceof Boolean ? "yes" : true;
        assertRefused(payload.type(), payload.toJson().put(field, wrong), "payload." + field + " must ");
      }
    }
  }

  static Stream<Object[]> brokenRules() {
    String long129 = "x".repeat(129);
    String long257 = "x".repeat(257);
    List<Object[]> rules = new ArrayList<>();
    rule(rules, MessageType.CHALLENGE, "nonce", "A".repeat(21), "must have at least 22 characters");
    rule(rules, MessageType.CHALLENGE, "nonce", "A".repeat(257), "must have at most 256 characters");
    rule(rules, MessageType.CHALLENGE, "nonce", "A".repeat(21) + "+", "must be URL-safe");
    rule(rules, MessageType.CHALLENGE, "nonce", "A".repeat(22) + "=", "must be URL-safe");
    rule(rules, MessageType.CHALLENGE, "expires_ms", -1, "must be an integer of 0 to 9007199254740991");
    rule(rules, MessageType.REGISTER, "nonce", "", "must have at least 1 characters");
    rule(rules, MessageType.REGISTER, "nonce", long257, "must have at most 256 characters");
    rule(rules, MessageType.REGISTER, "audience", "", "must have at least 1 characters");
    rule(rules, MessageType.REGISTER, "public_key", "x".repeat(45), "must have at most 44 characters");
    rule(rules, MessageType.REGISTER, "capabilities", strings(65, "x"), "must have at most 64 entries");
    rule(rules, MessageType.REGISTER, "capabilities", strings(1, long129), "must hold strings of 1 to 128 characters");
    rule(rules, MessageType.REGISTER, "capabilities", strings(1, ""), "must hold strings of 1 to 128 characters");
    rule(rules, MessageType.REGISTER, "capabilities", new JsonArray().add(1),
      "must hold strings of 1 to 128 characters");
    rule(rules, MessageType.REGISTER, "capabilities", new JsonArray().addNull(),
      "must hold strings of 1 to 128 characters");
    rule(rules, MessageType.REGISTER, "resume", long257, "must have at most 256 characters");
    rule(rules, MessageType.REGISTERED, "heartbeat_ms", 0, "must be an integer of 1 to 9007199254740991");
    rule(rules, MessageType.REGISTERED, "ice_servers", new JsonArray().add(1), "must hold objects");
    rule(rules, MessageType.UNREGISTER, "reason", long257, "must have at most 256 characters");
    rule(rules, MessageType.BYE, "reason", long257, "must have at most 256 characters");
    for (MessageType type : List.of(MessageType.OFFER, MessageType.ANSWER)) {
      rule(rules, type, "sdp", "", "must have at least 1 characters");
      rule(rules, type, "sdp", "x".repeat(65_537), "must have at most 65536 characters");
    }
    for (MessageType type
      : List.of(MessageType.OFFER, MessageType.ANSWER, MessageType.ICE_CANDIDATE, MessageType.BYE, MessageType.RELAY)) {
      rule(rules, type, "connection_id", "", "must have at least 1 characters");
      rule(rules, type, "connection_id", "x".repeat(65), "must have at most 64 characters");
      rule(rules, type, "connection_id", "a b", "must be 1 to 64 characters of A-Za-z0-9._:-");
    }
    rule(rules, MessageType.ICE_CANDIDATE, "candidate", "x".repeat(1025), "must have at most 1024 characters");
    rule(rules, MessageType.ICE_CANDIDATE, "sdp_mid", "x".repeat(65), "must have at most 64 characters");
    rule(rules, MessageType.ICE_CANDIDATE, "sdp_mline_index", -1, "must be an integer of 0 to 1023");
    rule(rules, MessageType.ICE_CANDIDATE, "sdp_mline_index", 1024, "must be an integer of 0 to 1023");
    rule(rules, MessageType.ICE_CANDIDATE, "username_fragment", long257, "must have at most 256 characters");
    rule(rules, MessageType.EXEC_REQUEST, "capability", "", "must have at least 1 characters");
    rule(rules, MessageType.EXEC_REQUEST, "capability", long129, "must have at most 128 characters");
    rule(rules, MessageType.EXEC_REQUEST, "timeout_ms", 0, "must be an integer of 1 to 3600000");
    rule(rules, MessageType.EXEC_REQUEST, "timeout_ms", 3_600_001, "must be an integer of 1 to 3600000");
    rule(rules, MessageType.EXEC_RESPONSE, "status", "done", "must be success or error");
    rule(rules, MessageType.EXEC_RESPONSE, "execution_time_ms", -1, "must be an integer of 0 to 9007199254740991");
    rule(rules, MessageType.RELAY, "channel", long129, "must have at most 128 characters");
    rule(rules, MessageType.RELAY, "seq", -1, "must be an integer of 0 to 9007199254740991");
    rule(rules, MessageType.ERROR, "code", "", "must have at least 1 characters");
    rule(rules, MessageType.ERROR, "code", "not a code", "must be 1 to 64 characters of A-Za-z0-9._:-");
    rule(rules, MessageType.ERROR, "retry_after_ms", -1, "must be an integer of 0 to 9007199254740991");
    return rules.stream();
  }

  @ParameterizedTest
  @MethodSource("brokenRules")
  void aBrokenRuleIsNamedWithItsField(MessageType type, String field, Object value, String reason) {
    assertRefused(type, example(type).put(field, value), "payload." + field + " " + reason);
  }

  @Test
  void theLimitsOfARegistrationAreNamedWithTheirPath() {
    JsonObject json = example(MessageType.REGISTERED).put("limits", new JsonObject().put("max_message_bytes", 1));

    assertRefused(MessageType.REGISTERED, json, "payload.limits.messages_per_second is missing");
    assertRefused(MessageType.REGISTERED, json.put("limits", new JsonObject().put("max_message_bytes", 0)),
      "payload.limits.max_message_bytes must be an integer of 1 to 2147483647");
  }

  @Test
  void aRelayCarriesEitherTextOrData() {
    JsonObject neither = new JsonObject().put("connection_id", "c-1").put("channel", "d").put("seq", 0);

    assertRefused(MessageType.RELAY, neither, "payload must have either text or data");
    assertRefused(MessageType.RELAY, neither.copy().put("text", "").put("data", ""),
      "payload must have either text or data");
  }

  @ParameterizedTest
  @CsvSource({"A", "AA", "AAA", "AA=", "A===", "AAE-", "AA==AA==", "'AA =='", "'AA==\n'", "AB=="})
  void dataOfARelayIsPaddedBase64(String data) {
    JsonObject json = new JsonObject().put("connection_id", "c-1").put("channel", "d").put("seq", 0).put("data", data);

    assertRefused(MessageType.RELAY, json, "payload.data must be Base64");
  }

  @Test
  void anIntentSaysWhatItWants() {
    assertRefused(MessageType.INTENT, new JsonObject().put("context", "x"),
      "payload must have query, task or, in an answer, status");
  }

  @Test
  void aFailedExecutionSaysWhy() {
    JsonObject json = new JsonObject().put("status", "error").put("execution_time_ms", 1);

    assertRefused(MessageType.EXEC_RESPONSE, json, "payload.error is missing");
  }

  @Test
  void aSuccessfulExecutionHasAResultEvenIfItIsNull() {
    JsonObject json = new JsonObject().put("status", "success").put("execution_time_ms", 1);

    assertRefused(MessageType.EXEC_RESPONSE, json, "payload.result is missing");
    assertThat(read(MessageType.EXEC_RESPONSE, json.putNull("result")))
      .isEqualTo(new ExecResponse(true, null, null, 1));
  }

  @Test
  void anExecutionIsAnsweredByItsCorrelationId() {
    JsonObject message = new JsonObject(Messages.signed(ANN, ANN.did(), new ExecResponse(true, 1, null, 0), "m-1",
      null, 0));

    ProtocolException e = catchThrowableOfType(ProtocolException.class, () ->
      Payload.of(Envelope.read(message.encode())));

    assertThat(e).hasMessage("correlation_id is missing: EXEC_RESPONSE answers a message");
  }

  @Test
  void anErrorWithoutRetryableIsNotToBeTriedAgain() {
    JsonObject json = new JsonObject().put("code", "TIMEOUT").put("message", "x");

    assertThat(read(MessageType.ERROR, json)).isEqualTo(new Fault("TIMEOUT", "x", false, null, null));
  }

  @Test
  void theFaultOfACodeIsRetryableAsItsTableSays() {
    for (ErrorCode code : ErrorCode.values()) {
      Fault fault = Fault.of(code, "why");
      assertThat(fault).isEqualTo(new Fault(code.name(), "why", code.retryable(), null, null));
      assertThat(fault.is(code)).isTrue();
    }
    assertThat(Fault.of(ErrorCode.TIMEOUT, "why").is(ErrorCode.FORBIDDEN)).isFalse();
    assertThat(Fault.of(ErrorCode.RATE_LIMITED, "why").retryAfter(5).with(new JsonObject().put("a", 1)))
      .isEqualTo(new Fault("RATE_LIMITED", "why", true, 5L, new JsonObject().put("a", 1)));
  }

  @Test
  void aLongErrorTextIsCutBetweenCharacters() {
    String text = "x".repeat(Limits.ERROR_TEXT_LENGTH - 1) + "\ud83d\ude00";

    Fault fault = Fault.of(ErrorCode.INTERNAL_ERROR, text);

    assertThat(fault.message()).isEqualTo("x".repeat(Limits.ERROR_TEXT_LENGTH - 1));
    assertThat(Envelope.read(Messages.signed(ANN, ANN.did(), fault, "m-1", null, 0)).verifies()).isTrue();
  }

  private static void rule(List<Object[]> rules, MessageType type, String field, Object value, String reason) {
    rules.add(new Object[] {type, field, value, reason});
  }

  private static JsonArray strings(int count, String text) {
    return new JsonArray(Stream.generate(() -> text).limit(count).collect(Collectors.<Object>toList()));
  }

  private static JsonObject example(MessageType type) {
    return Payloads.ALL.stream().filter(payload -> payload.type() == type).findFirst().orElseThrow().toJson();
  }

  private static Payload read(MessageType type, JsonObject payload) {
    JsonObject message = new JsonObject(Messages.signed(ANN, ANN.did(), new Ping(null), "m-1", "m-0", 0))
      .put("type", type.name()).put("payload", payload);
    return Payload.of(Envelope.read(message.encode()));
  }

  private static void assertRefused(MessageType type, JsonObject payload, String reason) {
    ProtocolException e = catchThrowableOfType(ProtocolException.class, () -> read(type, payload));
    assertThat(e).as("refusal of %s %s", type, payload).isNotNull().hasMessageContaining(reason);
    assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_MESSAGE);
    assertThat(e.messageId()).isEqualTo("m-1");
  }
}
