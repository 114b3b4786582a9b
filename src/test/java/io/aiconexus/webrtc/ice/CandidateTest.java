package io.aiconexus.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CandidateTest {

  @ParameterizedTest
  @ValueSource(strings = {
    "candidate:1467250027 1 udp 2122260223 192.168.0.196 46243 typ host generation 0 ufrag EsAw network-id 1 "
      + "network-cost 10",
    "candidate:842163049 1 udp 1677729535 203.0.113.7 46243 typ srflx raddr 192.168.0.196 rport 46243 generation 0",
    "candidate:2 1 udp 41885439 198.51.100.3 61000 typ relay raddr 203.0.113.7 rport 46243",
    "candidate:0 1 udp 2122252543 2001:db8::7 58000 typ host",
    "candidate:1 1 tcp 1518280447 192.168.0.196 9 typ host tcptype active",
    "candidate:a+/9 256 udp 1 192.0.2.1 0 typ prflx raddr 0.0.0.0 rport 0",
    "candidate:1 1 udp 2113937151 5e3f0c1c-6d0e-4b3b-8f6a-0f1d2c3b4a59.local 51472 typ host generation 0",
  })
  void whatPeersSendIsReadAndWrittenAgain(String line) {
    assertThat(Candidate.parse(line).line()).isEqualTo(line);
    assertThat(Candidate.parse("a=" + line)).isEqualTo(Candidate.parse(line));
    assertThat(Candidate.parse(line + " ")).as("a space at the end").isEqualTo(Candidate.parse(line));
  }

  @Test
  void readsEveryPart() {
    Candidate candidate = Candidate.parse("candidate:842163049 1 UDP 1677729535 203.0.113.7 46243 typ srflx "
      + "raddr 192.168.0.196 rport 5 tcptype passive ufrag abcd network-cost 10");

    assertThat(candidate.foundation()).isEqualTo("842163049");
    assertThat(candidate.transport()).isEqualTo("udp");
    assertThat(candidate.priority()).isEqualTo(1_677_729_535);
    assertThat(candidate.address()).isEqualTo(new InetSocketAddress("203.0.113.7", 46_243));
    assertThat(candidate.type()).isEqualTo(CandidateType.SERVER_REFLEXIVE);
    assertThat(candidate.related()).isEqualTo(new InetSocketAddress("192.168.0.196", 5));
    assertThat(candidate.tcpType()).isEqualTo("passive");
    assertThat(candidate.extensions()).containsExactly(Map.entry("ufrag", "abcd"),
      Map.entry("network-cost", "10"));
  }

  @Test
  void namesStayNames() {
    Candidate candidate = Candidate.parse("candidate:1 1 udp 1 example.local 5 typ host");

    assertThat(candidate.isHostname()).isTrue();
    assertThat(candidate.address().getHostString()).isEqualTo("example.local");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "candidates:1 1 udp 1 192.0.2.1 5 typ host | a candidate line begins with \"candidate:\"",
    "candidate:ä 1 udp 1 192.0.2.1 5 typ host | the foundation must be 1 to 32 letters, digits, + or /",
    "candidate:1 0 udp 1 192.0.2.1 5 typ host | the component must be a number from 1 to 256",
    "candidate:1 1 udp 0 192.0.2.1 5 typ host | the priority must be a number from 1 to 2147483647",
    "candidate:1 1 udp 2147483648 192.0.2.1 5 typ host | the priority must be a number from 1 to 2147483647",
    "candidate:1 1 udp 1 192.0.2.256 5 typ host | the IP address is malformed",
    "candidate:1 1 udp 1 2001::db8::1 5 typ host | the IP address is malformed",
    "candidate:1 1 udp 1 fe80::1%eth0 5 typ host | the address must be an IP address or a name",
    "candidate:1 1 udp 1 192.0.2.1 65536 typ host | the port must be a number from 0 to 65535",
    "candidate:1 1 udp 1 192.0.2.1 5 type host | \"typ\" must follow the port",
    "candidate:1 1 udp 1 192.0.2.1 5 typ | the type must be a word",
    "candidate:1 1 udp 1 192.0.2.1 5 typ srflx raddr 1.2.3.4 | \"rport\" must follow the related address",
    "candidate:1 1 udp 1 192.0.2.1 5 typ host generation | an extension must have a value",
    "candidate:1  1 udp 1 192.0.2.1 5 typ host | the component must be a number from 1 to 256",
    "candidate:1 1 tcp 1 192.0.2.1 5 typ host tcptype fast | tcptype must be active, passive or so",
  })
  void saysWhichRuleIsBroken(String line, String rule) {
    assertThatThrownBy(() -> Candidate.parse(line)).isInstanceOf(CandidateException.class).hasMessage(rule)
      .satisfies(e -> assertThat(((CandidateException) e).ignorable()).isFalse());
  }

  @Test
  void aTypeOfTheFutureIsToBePassedOver() {
    assertThatThrownBy(() -> Candidate.parse("candidate:1 1 udp 1 192.0.2.1 5 typ quantum"))
      .satisfies(e -> assertThat(((CandidateException) e).ignorable()).isTrue());
  }

  @Test
  void isBounded() {
    String line = "candidate:1 1 udp 1 192.0.2.1 5 typ host";
    assertThatThrownBy(() -> Candidate.parse(line + " a b".repeat(300))).hasMessageContaining("1024 characters");
    assertThatThrownBy(() -> Candidate.parse(line + " a b".repeat(30))).hasMessageContaining("20 extensions");
    assertThat(Candidate.parse(line + " a b".repeat(20)).extensions()).hasSize(1);
  }
}
