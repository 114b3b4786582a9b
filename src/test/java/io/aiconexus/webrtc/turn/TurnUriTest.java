package io.aiconexus.webrtc.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TurnUriTest {

  /** The tables of RFC 7064 appendix B and RFC 7065 appendix B, and IPv6. */
  @ParameterizedTest
  @CsvSource({
    "stun:example.org, false, example.org, 3478, UDP",
    "stuns:example.org, false, example.org, 5349, TLS",
    "stun:example.org:8000, false, example.org, 8000, UDP",
    "turn:example.org, true, example.org, 3478, UDP",
    "turns:example.org, true, example.org, 5349, TLS",
    "turn:example.org:8000, true, example.org, 8000, UDP",
    "turn:example.org?transport=udp, true, example.org, 3478, UDP",
    "turn:example.org?transport=tcp, true, example.org, 3478, TCP",
    "turns:example.org?transport=tcp, true, example.org, 5349, TLS",
    "turns:example.org?transport=udp, true, example.org, 5349, DTLS",
    "TURN:Example.org:443?transport=TCP, true, Example.org, 443, TCP",
    "turn:192.0.2.1:443, true, 192.0.2.1, 443, UDP",
    "turn:[2001:db8::1]:443?transport=tcp, true, 2001:db8::1, 443, TCP",
    "stun:[::1], false, ::1, 3478, UDP"})
  void aUriSaysWhereTheServerIsAndHowToTalkToIt(String uri, boolean relay, String host, int port,
      TurnTransport transport) {
    assertThat(TurnUri.parse(uri)).isEqualTo(new TurnUri(relay, host, port, transport));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "turn:", "turn", "http:example.org", "turn://example.org", "turn:ann@example.org",
    "turn:example.org:0", "turn:example.org:65536", "turn:example.org:", "turn:example.org:99999999999",
    "turn:example.org?transport=sctp", "turn:example.org?transport=", "turn:example.org?ttl=1",
    "turn:example.org?transport=udp&x=y", "stun:example.org?transport=udp", "turn:[::1", "turn:[1:2]", "turn:::1",
    "turn:256.1.1.1", "turn:1.2.3", "turn:exa mple.org", "turn:example..org", "turn:[fe80::1%eth0]",
    "turn:[::ffff:999.1.1.1]", " turn:example.org"})
  void anythingElseIsRefused(String uri) {
    assertThatThrownBy(() -> TurnUri.parse(uri)).isInstanceOf(IllegalArgumentException.class)
      .hasMessageStartingWith("not a STUN or TURN URI: ");
  }

  @Test
  void anEndlessUriIsRefused() {
    assertThatThrownBy(() -> TurnUri.parse("turn:" + "a".repeat(100_000))).hasMessageContaining("512");
  }
}
