package io.aiconexus.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiconexus.config.ConfigurationException;
import io.aiconexus.config.Section;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerOptionsTest {

  @Test
  void everySettingIsRead() {
    PeerOptions options = from(new JsonObject("""
      {"connect_timeout_ms": 101, "max_clock_skew_ms": 1001, "max_links": 2, "max_channels": 3, "early_candidates": 4,
       "exec_timeout_ms": 5, "exec_in_flight": 6, "inbox_window": 7, "reconnect_delay_ms": 8,
       "reconnect_max_delay_ms": 9}"""));

    assertThat(options).isEqualTo(new PeerOptions(Duration.ofMillis(101), Duration.ofMillis(1_001), 2, 3, 4,
      Duration.ofMillis(5), 6, 7, Duration.ofMillis(8), Duration.ofMillis(9)));
  }

  @Test
  void whatIsAbsentHasItsDefault() {
    assertThat(from(new JsonObject())).isEqualTo(PeerOptions.DEFAULTS);
  }

  @ParameterizedTest
  @CsvSource({
    "connect_timeout_ms, 100,  600000",
    "max_clock_skew_ms,  1000, 3600000",
    "max_links,          1,    100000",
    "max_channels,       1,    65534",
    "early_candidates,   1,    1000",
    "exec_timeout_ms,    1,    3600000",
    "exec_in_flight,     1,    100000",
    "inbox_window,       1,    10000",
    "reconnect_delay_ms, 1,    60000",
    "reconnect_max_delay_ms, 1, 600000"})
  void eachRangeEndsWhereItSays(String key, int min, int max) {
    assertThat(from(new JsonObject().put(key, min))).isNotEqualTo(PeerOptions.DEFAULTS);
    assertThat(from(new JsonObject().put(key, max))).isNotEqualTo(PeerOptions.DEFAULTS);
    for (int beyond : new int[] {min - 1, max + 1}) {
      assertThatThrownBy(() -> from(new JsonObject().put(key, beyond))).isInstanceOf(ConfigurationException.class)
        .hasMessage("peer." + key + " must be " + min + " to " + max + ", was " + beyond);
    }
  }

  @Test
  void aKeyThatIsUnknownIsNamedWithThoseThereAre() {
    assertThatThrownBy(() -> from(new JsonObject().put("max_link", 1))).isInstanceOf(ConfigurationException.class)
      .hasMessage("peer.max_link is not a setting; peer has: connect_timeout_ms, early_candidates, exec_in_flight, "
        + "exec_timeout_ms, inbox_window, max_channels, max_clock_skew_ms, max_links, reconnect_delay_ms, "
        + "reconnect_max_delay_ms");
  }

  private static PeerOptions from(JsonObject json) {
    return PeerOptions.from(Section.of("peer", json));
  }
}
