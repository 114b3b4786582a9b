package io.aiconexus.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

  private static final AgentKey ANN = AgentKey.ofSeed(new byte[32]);
  private static final Did BOB = AgentKey.ofSeed(Arrays.copyOf(new byte[] {1}, 32)).did();

  private static JsonObject message() {
    return new JsonObject().put("id", "m-1").put("timestamp", "2026-01-31T12:00:00Z").put("from", ANN.did().toString())
      .put("to", BOB.toString()).put("type", "PING").put("payload", new JsonObject().put("sequence", 7))
      .put("version", "1.0");
  }

  @Test
  void everyFieldOfAMessageIsRead() {
    String text = message().put("correlation_id", "m-0").put("signature", "x").encode();

    Envelope envelope = Envelope.read(text);

    assertThat(envelope).isEqualTo(
      new Envelope("m-1", "m-0", 1_769_860_800_000L, ANN.did(), BOB, MessageType.PING, true, text));
    assertThat(envelope.payload()).isEqualTo(new JsonObject().put("sequence", 7));
    assertThat(envelope.message()).isEqualTo(new JsonObject(text));
  }

  @Test
  void theTextThatArrivedIsKeptByteForByte() {
    String text = "  " + message().encodePrettily().replace("m-1", "m\\u002d1") + "\r\n\t ";

    Envelope envelope = Envelope.read(text);

    assertThat(envelope.text()).isSameAs(text);
    assertThat(envelope.id()).isEqualTo("m-1");
  }

  @Test
  void theOrderOfFieldsDoesNotMatter() {
    JsonObject reversed = new JsonObject();
    List<String> names = List.copyOf(message().fieldNames());
    for (int i = names.size() - 1; i >= 0; i--) {
      reversed.put(names.get(i), message().getValue(names.get(i)));
    }

    assertThat(Envelope.read(reversed.encode()).type()).isEqualTo(MessageType.PING);
  }

  @Test
  void unknownFieldsAreIgnored() {
    JsonObject message = message()
      .put("trace", new JsonObject().put("span", new JsonArray().add(1).addNull().add(true).add("x")))
      .put("hop", 1).putNull("nothing");

    assertThat(Envelope.read(message.encode()).id()).isEqualTo("m-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "timestamp", "from", "to", "type", "payload", "version"})
  void everyRequiredFieldIsMissedByName(String field) {
    JsonObject message = message();
    message.remove(field);

    assertMalformed(message.encode(), field + " is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "timestamp", "from", "to", "type", "version", "signature", "correlation_id"})
  void aFieldOfAnotherTypeIsNamedWithItsRule(String field) {
    for (Object value : new Object[] {1, true, new JsonObject(), new JsonArray().add("x")}) {
      assertMalformed(message().put(field, value).encode(), field + " must be a string");
    }
    if (!field.equals("correlation_id")) {
      assertMalformed(message().putNull(field).encode(), field + " must be a string");
    }
  }

  @Test
  void aPayloadIsAnObject() {
    for (Object value : new Object[] {1, "x", true, new JsonArray().add(new JsonObject())}) {
      assertMalformed(message().put("payload", value).encode(), "payload must be an object");
    }
    assertMalformed(message().putNull("payload").encode(), "payload must be an object");
  }

  @Test
  void aCorrelationIdMayBeNullOrAbsent() {
    assertThat(Envelope.read(message().encode()).correlationId()).isNull();
    assertThat(Envelope.read(message().putNull("correlation_id").encode()).correlationId()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "A-Za-z0-9._:-", "8c5b4d0e-6d4f-4c0b-9f0e-3b1f5f1c7a11",
    "0123456789012345678901234567890123456789012345678901234567890123"})
  void anIdHasUpToSixtyFourPlainCharacters(String id) {
    Envelope envelope = Envelope.read(message().put("id", id).put("correlation_id", id).encode());

    assertThat(envelope.id()).isEqualTo(id).isEqualTo(envelope.correlationId());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a/b", "\u00e9", "a\n", "\u0000", "a,b", "a@b", "a[", "a`", "a{",
    "\ud83d\ude00",
    "01234567890123456789012345678901234567890123456789012345678901234"})
  void otherIdsAreRefused(String id) {
    assertMalformed(message().put("id", id).encode(), "id must be 1 to 64 characters of A-Za-z0-9._:-");
    assertMalformed(message().put("correlation_id", id).encode(), "correlation_id must be 1 to 64 characters");
  }

  @Test
  void badDidsAreNamedWithTheRuleTheyBreak() {
    assertMalformed(message().put("from", "ann").encode(), "from is not a DID: \"ann\": it must start with did:key:z");
    assertMalformed(message().put("to", "did:key:z6Mkann").encode(), "to is not a DID");
    assertMalformed(message().put("from", "").encode(), "from is not a DID");
    assertMalformed(message().put("to", "").encode(), "to is not a DID");
  }

  @Test
  void onlyAChallengeOrAnErrorMayGoToNobody() {
    for (MessageType type : MessageType.values()) {
      String text = message().put("to", "").put("type", type.name()).encode();
      if (type == MessageType.CHALLENGE || type == MessageType.ERROR) {
        assertThat(Envelope.read(text).to()).isNull();
      } else {
        assertMalformed(text, "to is not a DID");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyTypeIsReadByItsName(MessageType type) {
    assertThat(Envelope.read(message().put("type", type.name()).encode()).type()).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ping", "HELLO", "PING ", "TO_GATEWAY"})
  void unknownTypesAreRefused(String type) {
    assertMalformed(message().put("type", type).encode(), "type is unknown: \"" + type + "\"");
  }

  @Test
  void aHugeUnknownTypeIsShownShort() {
    ProtocolException e = refusal(message().put("type", "\u202e\n".repeat(10_000)).encode());

    assertThat(e.getMessage()).hasSizeLessThan(200).matches("[\\x20-\\x7e]*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0", "1.1", "1.10", "1.9999"})
  void everyMinorVersionOfOneIsAccepted(String version) {
    assertThat(Envelope.read(message().put("version", version).encode()).id()).isEqualTo("m-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.9", "2.0", "10.0", "11.1"})
  void anotherMajorVersionIsUnsupported(String version) {
    ProtocolException e = refusal(message().put("version", version).put("type", "FROM_THE_FUTURE").encode());

    assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED_VERSION);
    assertThat(e.messageId()).isEqualTo("m-1");
    assertThat(e).hasMessageContaining(version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1.", ".1", "v1.0", "1.0.0", "1.0 ", "1.x", "1.99999", "one", "1,0", "-1.0",
    "1.\u0660"})
  void whatIsNoVersionIsMalformed(String version) {
    assertMalformed(message().put("version", version).encode(), "version must be \"1.0\"");
  }

  @Test
  void duplicateFieldsAreRefusedOnEveryLevel() {
    String text = message().encode();
    assertMalformed(text.replace("\"id\":", "\"type\":\"PING\",\"id\":"), "duplicate field");
    assertMalformed(text.replace("\"id\":", "\"i\\u0064\":\"m-1\",\"id\":"), "duplicate field");
    assertMalformed(text.replace("\"sequence\":", "\"sequence\":7,\"sequence\":"), "duplicate field");
    assertMalformed(text.replace("\"sequence\":7", "\"params\":{\"a\":[{\"b\":1,\"c\":2,\"d\":3,\"b\":1}]}"),
      "duplicate field");
    assertMalformed(text.replace("\"id\":", "\"x\":[0,{\"y\":1,\"y\":1}],\"id\":"), "duplicate field");
  }

  @Test
  void theSameNameInDifferentObjectsIsNoDuplicate() {
    String text = message()
      .put("payload", new JsonObject("{\"id\":\"x\",\"a\":{\"id\":1},\"b\":[{\"id\":1},{\"id\":1}]}")).encode();

    assertThat(Envelope.read(text).id()).isEqualTo("m-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "{}", "1", ",", "]", "}", "null", "\u0000", "\ufeff"})
  void nothingMayFollowTheMessage(String more) {
    assertThat(refusal(message().encode() + more).code()).isEqualTo(ErrorCode.MALFORMED_MESSAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "null", "1", "\"x\"", "[]", "[{}]", "{", "{]", "{\"id\"", "{\"id\":",
    "{\"id\":\"m-1\"", "{id:1}",
    "{'id':'x'}", "{\"id\":\"a\",}", "// comment\n{}", "{\"id\":\"a\nb\"}", "{\"id\":\"\\q\"}", "{\"id\":NaN}",
    "\ufeff{}", "{\"x\":01}",
    "{\"x\":+1}", "{\"x\":.5}", "{\"x\":tru}", "<html>"})
  void whatIsNotOneJsonObjectIsRefused(String text) {
    assertThat(refusal(text).code()).isEqualTo(ErrorCode.MALFORMED_MESSAGE);
  }

  @Test
  void aRefusalSaysWhereTheJsonBreaks() {
    assertThat(refusal("{\"id\":\"m-1\",\"x\":tru}")).hasMessageMatching("not JSON at character 1[0-9]");
  }

  @Test
  void theIdOfAMalformedMessageIsKnownOnceItWasRead() {
    assertThat(refusal("{\"id\":\"m-1\",\"to\":1}").messageId()).isEqualTo("m-1");
    assertThat(refusal("{\"id\":\"m-1\",oops").messageId()).isEqualTo("m-1");
    assertThat(refusal("{\"to\":1,\"id\":\"m-1\"}").messageId()).isNull();
    assertThat(refusal("{\"id\":\"not an id\"}").messageId()).isNull();
  }

  @Test
  void thirtyTwoLevelsAreReadAndOneMoreIsRefused() {
    String text = message().encode();
    String deepest = "[".repeat(30) + "]".repeat(30);

    assertThat(Envelope.read(text.replace(":7", ":" + deepest)).id()).isEqualTo("m-1");
    assertMalformed(text.replace(":7", ":" + "[" + deepest + "]"), "nested deeper than 32 levels");
    assertMalformed(text.replace(":7", ":" + "{\"a\":".repeat(100_000)), "nested deeper than 32 levels");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0", "1", "-1", "9007199254740991", "-9007199254740991"})
  void integersOfFiftyThreeBitsAreAcceptedAnywhere(String number) {
    assertThat(Envelope.read(message().encode().replace(":7", ":" + number)).id()).isEqualTo("m-1");
    assertThat(Envelope.read(message().put("hop", new JsonArray().add("N")).encode().replace("\"N\"", number)).id())
      .isEqualTo("m-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "1.0", "1e3", "1E-3", "9007199254740992", "-9007199254740992", "9223372036854775807",
    "-9223372036854775808", "9223372036854775808", "18446744073709551616", "-18446744073709551616", "1e400",
    "1111111111111111111111111111111111111111111111111111111111111"})
  void otherNumbersAreRefusedOutsideArgsParamsAndResult(String number) {
    assertThat(refusal(message().encode().replace(":7", ":" + number)).code()).isEqualTo(ErrorCode.MALFORMED_MESSAGE);
    assertThat(refusal(message().encode().replace(":7", ":" + "[{\"args\":" + number + "}]")).code())
      .isEqualTo(ErrorCode.MALFORMED_MESSAGE);
    assertThat(refusal("{\"args\":" + number + "," + message().encode().substring(1)).code())
      .isEqualTo(ErrorCode.MALFORMED_MESSAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"args", "params", "result"})
  void anyFiniteNumberIsAcceptedInsideArgsParamsAndResult(String field) {
    for (String number
      : new String[] {"1.5", "-1e3", "9007199254740992", "1e308", "5e-324", "18446744073709551616", "-0.0",
      "-9223372036854775808"}) {
      String value = "\"" + field + "\":{\"a\":[" + number + "],\"b\":" + number + "}";
      assertThat(Envelope.read(message().encode().replace("\"sequence\":7", value)).id()).isEqualTo("m-1");
      assertThat(Envelope.read(message().encode().replace("\"sequence\":7", "\"" + field + "\":" + number)).id())
        .isEqualTo("m-1");
    }
    assertMalformed(message().encode().replace("\"sequence\":7", "\"" + field + "\":[1e309]"),
      "beyond the range of a double");
    assertMalformed(message().encode().replace("\"sequence\":7", "\"" + field + "\":{},\"x\":1.5"), "must be integers");
  }

  @Test
  void aHugeMessageIsReadInOnePass() {
    String text = message().put("payload", new JsonObject().put("text", "x".repeat(10_000_000))).encode();

    assertThat(Envelope.read(text).text()).isSameAs(text);
  }

  @Test
  void aHundredThousandDifferentNamesAreJustNames() {
    JsonObject payload = new JsonObject();
    for (int i = 0; i < 100_000; i++) {
      payload.put("k" + i, i);
    }

    assertThat(Envelope.read(message().put("payload", payload).encode()).id()).isEqualTo("m-1");
  }

  @Test
  void namesThatShareOneHashDoNotStopTheReader() {
    StringBuilder payload = new StringBuilder("{");
    for (int i = 0; i < 1 << 12; i++) {
      payload.append(i == 0 ? "\"" : ",\"");
      for (int bit = 0; bit < 12; bit++) {
        payload.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      payload.append("\":1");
    }
    String text = message().encode().replace("{\"sequence\":7}", payload.append('}'));

    assertThat(Envelope.read(text).id()).isEqualTo("m-1");
  }

  @Test
  void aHugeNameOrNumberIsRefusedAsAMalformedMessage() {
    assertThat(refusal(message().encode().replace("sequence", "x".repeat(1_000_000))).code())
      .isEqualTo(ErrorCode.MALFORMED_MESSAGE);
    assertThat(refusal(message().encode().replace("\"sequence\":7", "\"args\":" + "1".repeat(1_000_000))).code())
      .isEqualTo(ErrorCode.MALFORMED_MESSAGE);
    assertThat(refusal(message().encode().replace("\"sequence\":7", "\"args\":1e" + "1".repeat(30))).code())
      .isEqualTo(ErrorCode.MALFORMED_MESSAGE);
  }

  @Test
  void onlyASignedUnchangedMessageVerifies() {
    String text = Messages.signed(ANN, BOB, new Ping(1L), "m-1", null, 0);

    assertThat(Envelope.read(text).verifies()).isTrue();
    assertThat(Envelope.read(new JsonObject(text).encodePrettily()).verifies()).isTrue();
    assertThat(Envelope.read(text.replace("\"sequence\":1", "\"sequence\":2")).verifies()).isFalse();
    assertThat(Envelope.read(text.replace(ANN.did().toString(), BOB.toString())).verifies()).isFalse();
    assertThat(Envelope.read(message().encode()).verifies()).isFalse();
    assertThat(Envelope.read(message().put("signature", "x").encode()).verifies()).isFalse();
  }

  @Test
  void unknownFieldsAreCoveredByTheSignature() {
    String text = Messages.signed(ANN, BOB, new Ping(1L), "m-1", null, 0);

    assertThat(Envelope.read(text.replace("{\"id\"", "{\"trace\":1,\"id\"")).verifies()).isFalse();
  }

  @Test
  void aMessageWithHalfACharacterDoesNotVerify() {
    String text = message().put("signature", "A".repeat(86) + "==").encode().replace(":7", ":" + "\"\\ud800\"");

    assertThat(Envelope.read(text).verifies()).isFalse();
  }

  private static void assertMalformed(String text, String reason) {
    ProtocolException e = refusal(text);
    assertThat(e).hasMessageContaining(reason);
    assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_MESSAGE);
  }

  private static ProtocolException refusal(String text) {
    ProtocolException e = catchThrowableOfType(ProtocolException.class, () -> Envelope.read(text));
    assertThat(e).as("refusal of %.200s", text).isNotNull();
    return e;
  }
}
