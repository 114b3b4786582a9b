package io.aiconexus.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiconexus.config.ConfigurationException;
import io.aiconexus.config.Section;
import io.aiconexus.webrtc.jvm.JvmOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebrtcOptionsTest {

  @Test
  void nothingGivenMeansTheDefaults() {
    assertThat(read("{}")).isEqualTo(WebrtcOptions.DEFAULTS);
  }

  @Test
  void theConfigurationFileHoldsEveryDefault() throws IOException {
    try (InputStream file = WebrtcOptions.class.getResourceAsStream("/io/aiconexus/aiconexus.json")) {
      JsonObject webrtc = new JsonObject(new String(file.readAllBytes())).getJsonObject("webrtc");

      assertThat(read(webrtc.encode())).isEqualTo(WebrtcOptions.DEFAULTS);
      assertThat(webrtc.fieldNames())
        .containsExactlyInAnyOrder("engine", "native", "jvm", "ice_servers", "ice_transport_policy");
      assertThat(webrtc.getJsonObject("native").fieldNames()).hasSize(NativeOptions.class.getRecordComponents().length);
      assertThat(webrtc.getJsonObject("jvm").fieldNames()).hasSize(JvmOptions.class.getRecordComponents().length);
    }
  }

  @Test
  void everyKeyIsRead() {
    WebrtcOptions options = read("""
      {"engine":"native","ice_transport_policy":"relay","ice_servers":[{"urls":"turn:192.0.2.1","username":"u",
       "credential":"c"}],"native":{"lanes":3,"release_handles":false,"tcp":true,"ipv6":false,"port_min":1000,
       "port_max":2000,"high_water_bytes":100000,"low_water_bytes":5,"hard_cap_bytes":200000,
       "receive_cap_bytes":300000,"message_budget":7,"max_connections":9},
       "jvm":{"shared_sockets":false,"loopback":true,"tcp":true,"ipv6":false,
       "port_min":1000,"port_max":2000,"handshake_threads":3,"mtu":1000,
       "socket_buffer_bytes":100000,"receive_window_bytes":600000,"hard_cap_bytes":700000,"max_channels":5,
       "max_connections":9}}""");

    assertThat(options.nativeEngine())
      .isEqualTo(new NativeOptions(3, false, true, false, 1000, 2000, 100_000, 5, 200_000, 300_000, 7, 9));
    assertThat(options.jvm())
      .isEqualTo(new JvmOptions(false, true, true, false, 1000, 2000, 3, 1_000, 100_000, 600_000, 700_000, 5, 9));
    assertThat(options.connection().relayOnly()).isTrue();
    assertThat(options.connection().iceServers().get(0).urls()).containsExactly("turn:192.0.2.1");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "{\"engine\":\"fast\"}|webrtc.engine must be one of",
    "{\"ice_transport_policy\":\"none\"}|webrtc.ice_transport_policy must be all or relay, was none",
    "{\"ice_servers\":[{\"urls\":\"http://x\"}]}|webrtc.ice_servers: ",
    "{\"lanes\":1}|webrtc.lanes is not a setting",
    "{\"native\":{\"lane\":1}}|webrtc.native.lane is not a setting",
    "{\"native\":{\"lanes\":0}}|webrtc.native.lanes must be 1 to 64, was 0",
    "{\"native\":{\"port_min\":5}}|webrtc.native.port_max must be port_min to 65535, was 0",
    "{\"native\":{\"port_max\":5}}|webrtc.native.port_min and port_max must be given together, was 0, 5",
    "{\"native\":{\"high_water_bytes\":1}}|webrtc.native.high_water_bytes must be 65536 to 16777216, was 1",
    "{\"native\":{\"low_water_bytes\":2000000}}|webrtc.native.low_water_bytes must be 0 or more and less",
    "{\"native\":{\"hard_cap_bytes\":1000}}|webrtc.native.hard_cap_bytes must be high_water_bytes or more, was 1000",
    "{\"native\":{\"receive_cap_bytes\":1000}}|webrtc.native.receive_cap_bytes must be 262144 or more, was 1000",
    "{\"native\":{\"message_budget\":0}}|webrtc.native.message_budget must be 1 or more, was 0",
    "{\"native\":{\"max_connections\":0}}|webrtc.native.max_connections must be 1 or more, was 0",
    "{\"jvm\":{\"handshake_threads\":0}}|webrtc.jvm.handshake_threads must be 1 to 1024, was 0",
    "{\"jvm\":{\"mtu\":9000}}|webrtc.jvm.mtu must be 576 to 4096, was 9000",
    "{\"jvm\":{\"port_min\":7}}|webrtc.jvm.port_max must be port_min to 65535, was 0",
    "{\"jvm\":{\"port_max\":7}}|webrtc.jvm.port_min and port_max must be given together, was 0, 7",
    "{\"jvm\":{\"socket_buffer_bytes\":1}}|webrtc.jvm.socket_buffer_bytes must be 65536 to 67108864, was 1",
    "{\"jvm\":{\"receive_window_bytes\":1}}|webrtc.jvm.receive_window_bytes must be 524288 to 67108864, was 1",
    "{\"jvm\":{\"hard_cap_bytes\":1}}|webrtc.jvm.hard_cap_bytes must be 524288 to 67108864, was 1",
    "{\"jvm\":{\"max_channels\":0}}|webrtc.jvm.max_channels must be 1 to 65535, was 0",
    "{\"jvm\":{\"max_connections\":0}}|webrtc.jvm.max_connections must be 1 or more, was 0"})
  void aWrongValueIsRefusedWithKeyRuleAndValue(String json, String message) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(ConfigurationException.class).hasMessageContaining(message);
  }

  private static WebrtcOptions read(String json) {
    return WebrtcOptions.from(Section.of("webrtc", new JsonObject(json)));
  }
}
