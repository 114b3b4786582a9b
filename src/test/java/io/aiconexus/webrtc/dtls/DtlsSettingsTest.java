package io.aiconexus.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DtlsSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "511, 200, 30000, 64, dtls.datagramSize must be 512 to 4096",
    "4097, 200, 30000, 64, dtls.datagramSize must be 512 to 4096",
    "1200, 19, 30000, 64, dtls.firstRetransmissionMs must be 20 to 10000",
    "1200, 10001, 30000, 64, dtls.firstRetransmissionMs must be 20 to 10000",
    "1200, 200, 999, 64, dtls.handshakeTimeoutMs must be 1000 to 300000",
    "1200, 200, 300001, 64, dtls.handshakeTimeoutMs must be 1000 to 300000",
    "1200, 200, 30000, 3, dtls.earlyDatagrams must be 4 to 1024",
    "1200, 200, 30000, 1025, dtls.earlyDatagrams must be 4 to 1024"})
  void aValueOutOfRangeIsRefusedByName(int size, long first, long timeout, int early, String rule) {
    assertThatThrownBy(() -> new DtlsSettings(size, Duration.ofMillis(first), Duration.ofMillis(timeout), early))
      .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(rule);
  }
}
