package io.aiconexus.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudiencesTest {

  @ParameterizedTest
  @CsvSource({"127.0.0.1,8000,127.0.0.1:8000", "127.0.0.1,8000,localhost:8000", "localhost,8000,LOCALHOST:8000",
    "::1,8000,[::1]:8000", "::1,8000,localhost:8000", "192.0.2.1,8000,192.0.2.1:8000", "gw.example,80,gw.example",
    "gw.example,80,gw.example:80"})
  void theHostAndPortListenedOnAreAccepted(String host, int port, String audience) {
    assertThat(audiences(host, port, new JsonObject()).accept(audience)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1,8000,127.0.0.1", "127.0.0.1,8000,localhost:8001", "192.0.2.1,8000,localhost:8000",
    "192.0.2.1,8000,evil.example:8000", "gw.example,8000,gw.example"})
  void otherNamesAreNot(String host, int port, String audience) {
    assertThat(audiences(host, port, new JsonObject()).accept(audience)).isFalse();
  }

  @Test
  void withTlsThePortThatMayBeLeftOutIs443() {
    JsonObject tls = new JsonObject().put("tls", new JsonObject().put("cert_file", "c").put("key_file", "k"));

    assertThat(audiences("gw.example", 443, tls).accept("gw.example")).isTrue();
    assertThat(audiences("gw.example", 80, tls).accept("gw.example")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0.0.0.0", "::"})
  void aWildcardWithoutNamesAcceptsEveryNameButNoForeignPage(String host) {
    Audiences audiences = audiences(host, 8000, new JsonObject());

    assertThat(audiences.any()).isTrue();
    assertThat(audiences.accept("anything:1")).isTrue();
    assertThat(audiences.isOwnOrigin("http://anything:1")).isFalse();
  }

  @Test
  void configuredNamesReplaceTheDefault() {
    Audiences audiences = audiences("0.0.0.0", 8000, new JsonObject()
      .put("audiences", new JsonArray().add("gw.example")));

    assertThat(audiences.accept("gw.example")).isTrue();
    assertThat(audiences.accept("localhost:8000")).isFalse();
    assertThat(audiences.isOwnOrigin("https://gw.example")).isTrue();
    assertThat(audiences.isOwnOrigin("null")).isFalse();
  }

  private static Audiences audiences(String host, int port, JsonObject settings) {
    return Audiences.of(SignalingOptions.from(settings.copy().put("host", host)), port);
  }
}
