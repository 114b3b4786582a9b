package io.aiconexus.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiconexus.config.ConfigurationException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalingOptionsTest {

  @Test
  void anEmptyObjectGivesTheDefaults() {
    assertThat(SignalingOptions.from(new JsonObject())).isEqualTo(SignalingOptions.DEFAULTS);
  }

  @Test
  void theShippedFileHoldsEveryKeyWithItsDefault() throws Exception {
    JsonObject shipped = new JsonObject(Files.readString(Path.of("conf/aiconexus.json"))).getJsonObject("signaling");

    assertThat(SignalingOptions.from(shipped)).isEqualTo(SignalingOptions.DEFAULTS);
    assertThatThrownBy(() -> SignalingOptions.from(new JsonObject().put("no_such_key", 1)))
      .hasMessageContaining(String.join(", ", shipped.fieldNames().stream().sorted().toList()));
  }

  @Test
  void durationsAreMilliseconds() {
    assertThat(SignalingOptions.from(new JsonObject().put("heartbeat_ms", 1500)).session().heartbeat())
      .isEqualTo(Duration.ofMillis(1500));
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {
    "{\"port\":65536}; signaling.port must be 0 to 65535, was 65536",
    "{\"host\":\"\"}; signaling.host",
    "{\"port\":\"x\"}; signaling.port must be a whole number, was \"x\"",
    "{\"instances\":-1}; signaling.instances",
    "{\"verify\":\"some\"}; signaling.verify must be \"register\" or \"all\", was \"some\"",
    "{\"audiences\":[\"http://x/\"]}; signaling.audiences",
    "{\"allowed_origins\":[\"example\"]}; signaling.allowed_origins",
    "{\"trusted_proxies\":[\"proxy\"]}; signaling.trusted_proxies",
    "{\"tls\":{\"cert_file\":\"c\"}}; signaling.tls.key_file",
    "{\"tls\":{\"cert\":\"c\"}}; signaling.tls.cert is not a setting",
    "{\"register_timeout_ms\":0}; signaling.register_timeout_ms",
    "{\"heartbeat_ms\":0}; signaling.heartbeat_ms",
    "{\"resume_window_ms\":-1}; signaling.resume_window_ms",
    "{\"resume_messages\":-1}; signaling.resume_messages",
    "{\"resume_bytes\":-1}; signaling.resume_bytes",
    "{\"max_message_bytes\":10}; signaling.max_message_bytes",
    "{\"messages_per_second\":0}; signaling.messages_per_second",
    "{\"burst\":0}; signaling.burst",
    "{\"outbox_bytes\":1000}; signaling.outbox_bytes",
    "{\"queue_bytes\":1000}; signaling.queue_bytes",
    "{\"max_sessions\":0}; signaling.max_sessions",
    "{\"max_sessions_per_address\":0}; signaling.max_sessions_per_address",
    "{\"handshakes_per_second\":0}; signaling.handshakes_per_second",
    "{\"send_timeout_ms\":0}; signaling.send_timeout_ms",
    "{\"route_cache_size\":0}; signaling.route_cache_size",
    "{\"route_window\":0}; signaling.route_window",
    "{\"route_queue_bytes\":0}; signaling.route_queue_bytes",
    "{\"drain_ms\":-1}; signaling.drain_ms",
    "{\"ice_servers\":[{\"urls\":\"http://x\"}]}; signaling.ice_servers",
    "{\"Port\":1}; signaling.Port is not a setting"})
  void aWrongSettingIsNamedWithItsRule(String json, String message) {
    assertThatThrownBy(() -> SignalingOptions.from(new JsonObject(json)))
      .isInstanceOf(ConfigurationException.class).hasMessageContaining(message);
  }
}
