package io.aiconexus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SectionTest {

  private static final JsonObject JSON = new JsonObject("""
    {"host": "::", "port": 7000, "big": 9007199254740993, "wait_ms": 250, "on": true, "names": ["a", "b"],
     "servers": [{"urls": "stun:x"}], "inner": {"port": "x", "extra": 1}, "half": 1.5}""");

  @Test
  void everyKindOfValueIsRead() {
    Section section = Section.of("signaling", JSON);

    assertThat(section.string("host", "x")).isEqualTo("::");
    assertThat(section.integer("port", 1)).isEqualTo(7000);
    assertThat(section.optionalInteger("port")).isEqualTo(7000);
    assertThat(section.number("big", 1)).isEqualTo(9007199254740993L);
    assertThat(section.millis("wait_ms", Duration.ZERO)).isEqualTo(Duration.ofMillis(250));
    assertThat(section.flag("on", false)).isTrue();
    assertThat(section.strings("names", List.of())).containsExactly("a", "b");
    assertThat(section.objects("servers")).containsExactly(new JsonObject().put("urls", "stun:x"));
  }

  @Test
  void anOptionalWholeNumberMayBeTheTextThatAVariableIs() {
    Section section = Section.of("admin", new JsonObject("{\"port\": \" 8001 \", \"none\": \"\"}"));

    assertThat(section.optionalInteger("port")).isEqualTo(8001);
    assertThatThrownBy(() -> section.optionalInteger("none")).hasMessage("admin.none must be a whole number, was \"\"");
  }

  @Test
  void whatIsAbsentOrNullHasItsDefault() {
    for (JsonObject json : new JsonObject[] {null, new JsonObject(), new JsonObject("{\"a\":null}")}) {
      Section section = Section.of("x", json);
      assertThat(section.string("a", "b")).isEqualTo("b");
      assertThat(section.string("a", null)).isNull();
      assertThat(section.integer("a", 7)).isEqualTo(7);
      assertThat(section.optionalInteger("a")).isNull();
      assertThat(section.number("a", 7L)).isEqualTo(7);
      assertThat(section.millis("a", Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
      assertThat(section.flag("a", true)).isTrue();
      assertThat(section.strings("a", List.of("z"))).containsExactly("z");
      assertThat(section.objects("a")).isEmpty();
      section.section("a").end();
      section.end();
    }
  }

  @Test
  void aWrongTypeIsNamedWithKeyRuleAndValue() {
    refused(section -> section.string("port", ""), "signaling.port must be a text, was 7000");
    refused(section -> section.integer("host", 1), "signaling.host must be a whole number, was \"::\"");
    refused(section -> section.integer("half", 1), "signaling.half must be a whole number, was 1.5");
    refused(section -> section.optionalInteger("on"), "signaling.on must be a whole number, was true");
    refused(section -> section.optionalInteger("host"), "signaling.host must be a whole number, was \"::\"");
    refused(section -> section.millis("host", Duration.ZERO), "signaling.host must be a whole number, was \"::\"");
    refused(section -> section.flag("host", true), "signaling.host must be true or false, was \"::\"");
    refused(section -> section.strings("host", List.of()), "signaling.host must be a list of texts, was \"::\"");
    refused(section -> section.strings("servers", List.of()),
      "signaling.servers must be a list of texts, was [{\"urls\":\"stun:x\"}]");
    refused(section -> section.objects("names"), "signaling.names must be a list of objects, was [\"a\",\"b\"]");
    refused(section -> section.section("names"), "signaling.names must be an object, was [\"a\",\"b\"]");
    refused(section -> section.section("inner").integer("port", 1),
      "signaling.inner.port must be a whole number, was \"x\"");
  }

  @Test
  void aNumberBeyondItsRangeIsNamedWithTheRange() {
    refused(section -> section.integer("big", 1),
      "signaling.big must be a whole number of -2147483648 to 2147483647, was 9007199254740993");
    Section section = Section.of("x", new JsonObject().put("n", BigInteger.TWO.pow(64)));
    assertThatThrownBy(() -> section.number("n", 1)).isInstanceOf(ConfigurationException.class)
      .hasMessage("x.n must be a whole number of -9223372036854775808 to 9223372036854775807, "
        + "was 18446744073709551616");
  }

  @Test
  void anUnknownKeyIsNamedWithTheKnownOnes() {
    Section section = Section.of("signaling", new JsonObject().put("prot", 1));
    section.integer("port", 1);
    section.string("host", "");

    assertThatThrownBy(section::end).isInstanceOf(ConfigurationException.class)
      .hasMessage("signaling.prot is not a setting; signaling has: host, port");
  }

  @Test
  void anUnknownKeyOnTheTopLevelIsNamedToo() {
    Section section = Section.of("", new JsonObject().put("x", 1));
    section.section("signaling");

    assertThatThrownBy(section::end).hasMessage("x is not a setting; the top level has: signaling");
  }

  @Test
  void aRefusalIsOneShortLine() {
    Section section = Section.of("x", new JsonObject().put("a\nb", 1).put("text", "1\n2" + "x".repeat(10_000))
      .put("list", new JsonArray().add("x".repeat(10_000))));

    assertThatThrownBy(() -> section.integer("text", 1))
      .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").contains("1\\n2xxx").hasSizeLessThan(200));
    assertThatThrownBy(() -> section.flag("list", true))
      .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(200));
    assertThatThrownBy(section::end).satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void aCheckNamesKeyRuleAndValue() {
    Section.check(true, "retry.jitter", "0 to 1", 0.5);

    assertThatThrownBy(() -> Section.check(false, "retry.jitter", "0 to 1", 2))
      .isInstanceOf(ConfigurationException.class)
      .hasMessage("retry.jitter must be 0 to 1, was 2");
  }

  private static void refused(Consumer<Section> read, String message) {
    assertThatThrownBy(() -> read.accept(Section.of("signaling", JSON))).isInstanceOf(ConfigurationException.class)
      .hasMessage(message);
  }
}
