package io.aiconexus.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

  @Test
  void theExampleOfTheRfcComesOutAsTheRfcSaysIt() {
    String json = "{\"numbers\":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"
      + "\"string\":\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\",\"literals\":[null,true,false]}";

    assertThat(canonical(json))
      .isEqualTo("{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
      + "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  @Test
  void keysAreSortedByTheirUtf16Units() {
    String json = "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}";

    assertThat(canonical(json)).isEqualTo(
      "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u00f6\":7,\"\u20ac\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}");
  }

  @Test
  void textAndObjectHaveTheSameForm() {
    String json = "{\"z\":[1,{\"b\":0.1,\"a\":1e21}],\"a\":\"\u00e9\",\"n\":null,\"big\":12345678901234567890}";

    assertThat(CanonicalJson.encode(new JsonObject(json))).isEqualTo(CanonicalJson.encode(json));
    assertThat(canonical(json))
      .isEqualTo("{\"a\":\"\u00e9\",\"big\":12345678901234567000,\"n\":null,\"z\":[1,{\"a\":1e+21,\"b\":0.1}]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":\"\\ud800\"}", "{\"a\":\"\\udc00\"}", "{\"a\":\"\\udc00\\ud800\"}",
    "{\"a\":\"x\\ud83d\"}",
    "{\"\\ud83dx\":1}", "{\"a\":[{\"b\":\"\\ud83d\\ud83d\\ude00\"}]}"})
  void halfACharacterHasNoCanonicalForm(String json) {
    assertThatThrownBy(() -> CanonicalJson.encode(json)).isInstanceOf(IllegalArgumentException.class)
      .hasMessageContaining("surrogate");
    assertThatThrownBy(() -> CanonicalJson.encode(new JsonObject(json))).isInstanceOf(IllegalArgumentException.class)
      .hasMessageContaining("surrogate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":1,\"a\":1}", "{\"b\":{\"a\":1,\"\\u0061\":2}}", "{\"a\":1e400}", "{\"a\":-1e400}",
    "{\"a\":NaN}",
    "{\"a\":Infinity}", "{\"a\":01}", "{\"a\":+1}", "{\"a\":1.}", "{\"a\":.5}", "{\"a\":0x1}", "{a:1}", "{'a':1}",
    "{\"a\":1}x",
    "{\"a\":1,}", "{\"a\":\"\n\"}", "{\"a\":tru}", "{", "", "nul", "{\"a\":\"\\x\"}", "{\"a\":\"\\u00g0\"}", "[1,]",
    "/**/{}"})
  void whatIsNotInternetJsonIsRefused(String json) {
    assertThatThrownBy(() -> CanonicalJson.encode(json)).isInstanceOf(IllegalArgumentException.class)
      .hasMessageStartingWith("not canonicalizable JSON: ");
  }

  @Test
  void numbersThatJsonCannotWriteAreRefusedInsteadOfBecomingStrings() {
    for (Number number : List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Float.NaN)) {
      for (Object value : List.of(number, List.of(1, number), Map.of("b", number), new JsonArray().add(number),
        new JsonObject().put("c", number))) {
        JsonObject json = new JsonObject().put("a", value);
        assertThatThrownBy(() -> CanonicalJson.encode(json)).isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("not canonicalizable JSON: ");
      }
    }
  }

  @Test
  void deepNestingIsRefusedBeforeTheStackEnds() {
    String json = "[".repeat(1_000_000) + "]".repeat(1_000_000);

    assertThatThrownBy(() -> CanonicalJson.encode(json)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void deepObjectsAreRefusedBeforeTheStackEnds() {
    JsonObject json = new JsonObject();
    for (int i = 0; i < 100_000; i++) {
      json = new JsonObject().put("a", json);
    }
    JsonObject deep = json;

    assertThatThrownBy(() -> CanonicalJson.encode(deep)).isInstanceOf(IllegalArgumentException.class);
  }

  private static String canonical(String json) {
    return new String(CanonicalJson.encode(json), UTF_8);
  }
}
