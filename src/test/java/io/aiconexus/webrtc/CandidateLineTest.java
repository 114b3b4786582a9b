package io.aiconexus.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiconexus.bus.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CandidateLineTest {

  @ParameterizedTest
  @ValueSource(strings = {
    "candidate:1 1 udp 2130706431 192.0.2.1 9 typ host",
    "candidate:1424969240 1 udp 2122194687 192.0.2.2 38310 typ host generation 0 ufrag d85a network-id 1",
    "candidate:2676592632 1 UDP 2122265343 fd00::2 41274 typ host generation 0 ufrag d85a network-id 2",
    "candidate:0 1 UDP 2122187007 0b2a5e10-3b0f-4bb7-9d5a-3f6f3e9b0a11.local 57113 typ host",
    "candidate:842163049 1 udp 1677729535 203.0.113.5 46154 typ srflx raddr 0.0.0.0 rport 0 generation 0",
    "candidate:1 1 TCP 1518280447 192.0.2.1 9 typ host tcptype active",
    "a=candidate:1 2 udp 1 ::ffff:192.0.2.1 65535 typ relay raddr 192.0.2.9 rport 1"})
  void whatBrowsersSendIsTaken(String line) {
    assertThatCode(() -> CandidateLine.check(line)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "candidate:", "candidate:1", "candidate:1 1 udp 1 192.0.2.1 9 typ",
    "candidate:1 1 udp 1 192.0.2.1 9 typ best", "candidate:1 1 sctp 1 192.0.2.1 9 typ host",
    "candidate:1 0 udp 1 192.0.2.1 9 typ host", "candidate:1 1 udp -1 192.0.2.1 9 typ host",
    "candidate:1 1 udp 4294967296 192.0.2.1 9 typ host", "candidate:1 1 udp 1 192.0.2.1 65536 typ host",
    "candidate:1 1 udp 1 example.org 9 typ host", "candidate:1 1 udp 1 a.b.local 9 typ host",
    "candidate:1 1 udp 1 192.0.2.1 9 typ host odd", "candidate:1 1 udp 1 192.0.2.1 9 typ host\n",
    "candidate:1 1 udp 1 192.0.2.1 9 typ host a \u0000", "candidate:\u00e9 1 udp 1 192.0.2.1 9 typ host"})
  void whatIceCannotUseIsRefused(String line) {
    assertThatThrownBy(() -> CandidateLine.check(line))
      .satisfies(cause -> assertThat(Failure.of(cause)).isEqualTo(Failure.BAD_REQUEST));
  }

  @Test
  void aLineWithoutEndIsRefusedAtOnce() {
    String line = "candidate:1 1 udp 1 192.0.2.1 9 typ host" + " a b".repeat(100_000);

    assertThatThrownBy(() -> CandidateLine.check(line)).isNotNull();
  }

  @Test
  void theGenerationIsReadFromTheLine() {
    assertThat(CandidateLine.ufrag("candidate:1 1 udp 1 192.0.2.1 9 typ host generation 0 ufrag d85a network-id 1"))
      .isEqualTo("d85a");
    assertThat(CandidateLine.ufrag("candidate:1 1 udp 1 192.0.2.1 9 typ host")).isNull();
  }
}
