package io.aiconexus.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.AgentKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FieldsTest {

  private static final String DID = AgentKey.ofSeed(new byte[32]).did().toString();
  private static final Fields FIELDS = new Fields(new JsonObject("""
    {"text": "hello", "empty": "", "did": "%s", "ms": 250, "broken": 2.5, "whole": 2.0, "zero": 0, "huge": 1e300,
     "object": {"a": 1}, "objects": [{"a": 1}, {}], "mixed": [{}, 1], "null": null}""".formatted(DID)));

  @Test
  void everyKindOfFieldIsRead() {
    assertThat(FIELDS.string("text")).isEqualTo("hello");
    assertThat(FIELDS.required("empty")).isEmpty();
    assertThat(FIELDS.did("did")).hasToString(DID);
    assertThat(FIELDS.millis("ms", 1, 1_000)).isEqualTo(250);
    assertThat(FIELDS.millis("whole", 1, 1_000)).as("2.0 is a whole number").isEqualTo(2);
    assertThat(FIELDS.object("object")).isEqualTo(new JsonObject().put("a", 1));
    assertThat(FIELDS.objects("objects")).isEqualTo(List.of(new JsonObject().put("a", 1), new JsonObject()));
  }

  @Test
  void whatIsAbsentOrNullHasItsDefault() {
    for (String name : List.of("null", "absent")) {
      assertThat(FIELDS.string(name)).isNull();
      assertThat(FIELDS.millis(name, 7, 1_000)).isEqualTo(7);
      assertThat(FIELDS.object(name)).isEqualTo(new JsonObject());
      assertThat(FIELDS.objects(name)).isEmpty();
    }
  }

  @Test
  void aCommandIsAnObject() {
    assertThat(Fields.of(FIELDS.json())).isEqualTo(FIELDS);
    for (Object body : new Object[] {null, "text", 1, new JsonArray()}) {
      refused(() -> Fields.of(body), "the body must be a JSON object");
    }
  }

  @Test
  void aWrongTypeIsNamedWithFieldRuleAndValue() {
    refused(() -> FIELDS.string("ms"), "ms must be a text, was 250");
    refused(() -> FIELDS.millis("text", 1, 1_000), "text must be a whole number, was hello");
    refused(() -> FIELDS.object("text"), "text must be an object, was hello");
    refused(() -> FIELDS.objects("object"), "object must be a list of objects, was {\"a\":1}");
    refused(() -> FIELDS.objects("mixed"), "mixed must be a list of objects");
  }

  @Test
  void whatMustBeThereIsMissedByName() {
    refused(() -> FIELDS.required("absent"), "absent is missing");
    refused(() -> FIELDS.did("null"), "null is missing");
  }

  @Test
  void whatIsNoDidIsNamedWithTheRuleItBreaks() {
    assertThatThrownBy(() -> FIELDS.did("text")).hasMessageStartingWith("text is not a DID: \"hello\": ")
      .satisfies(e -> assertThat(Failure.of(e)).isEqualTo(Failure.BAD_REQUEST));
  }

  @Test
  void millisecondsAreWholeAndInTheirRange() {
    assertThat(FIELDS.millis("ms", 1, 250)).isEqualTo(250);
    refused(() -> FIELDS.millis("ms", 1, 249), "ms must be a whole number of 1 to 249, was 250");
    refused(() -> FIELDS.millis("zero", 1, 249), "zero must be a whole number of 1 to 249, was 0");
    refused(() -> FIELDS.millis("broken", 1, 249), "broken must be a whole number of 1 to 249, was 2.5");
    refused(() -> FIELDS.millis("huge", 1, 249), "huge must be a whole number of 1 to 249, was 1.0E300");
  }

  @Test
  void aFieldThatIsUnknownIsNamedWithThoseThereAre() {
    Fields two = new Fields(new JsonObject().put("action", "x").put("actoin", "y"));

    assertThat(two.only("action", "actoin")).isSameAs(two);
    refused(() -> two.only("action", "did"), "actoin is unknown here; there are action, did");
  }

  private static void refused(ThrowingCallable read, String message) {
    assertThatThrownBy(read).hasMessage(message)
      .satisfies(e -> assertThat(Failure.of(e)).isEqualTo(Failure.BAD_REQUEST));
  }
}
