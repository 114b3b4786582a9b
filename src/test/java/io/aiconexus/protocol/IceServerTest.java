package io.aiconexus.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IceServerTest {

  @Test
  void oneUrlMayStandWithoutAList() {
    IceServer server = IceServer.from(new JsonObject().put("urls", "stun:stun.example.org"));

    assertThat(server).isEqualTo(new IceServer(List.of("stun:stun.example.org"), null, null));
    assertThat(server.toJson()).isEqualTo(new JsonObject().put("urls", new JsonArray().add("stun:stun.example.org")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://example.org", "stun:", "example.org", "STUN:example.org", ""})
  void otherUrlsAreRefused(String url) {
    assertThatThrownBy(() -> IceServer.from(new JsonObject().put("urls", url))).isInstanceOf(ProtocolException.class)
      .hasMessageContaining("urls");
  }

  @Test
  void aServerWithoutUrlsIsRefused() {
    assertThatThrownBy(() -> IceServer.from(new JsonObject())).isInstanceOf(ProtocolException.class)
      .hasMessageContaining("urls");
    assertThatThrownBy(() -> IceServer.from(new JsonObject().put("urls", 1))).isInstanceOf(ProtocolException.class)
      .hasMessage("urls must be an array");
  }

  @Test
  void itsTextHidesTheCredential() {
    assertThat(new IceServer(List.of("turn:t.example.org"), "ann", "secret").toString())
      .isEqualTo("turn:t.example.org");
  }
}
