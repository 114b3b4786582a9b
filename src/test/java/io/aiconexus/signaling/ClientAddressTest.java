package io.aiconexus.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

  private final ClientAddress behindProxies = new ClientAddress(List.of("10.0.0.0/8", "2001:db8::/32", "192.0.2.7"));

  @Test
  void withoutAProxyItIsThePeer() {
    assertThat(new ClientAddress(List.of()).of("198.51.100.1", List.of("203.0.113.9"))).isEqualTo("198.51.100.1");
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {
    "10.1.1.1; 203.0.113.9; 203.0.113.9",
    "10.1.1.1; 1.2.3.4, 203.0.113.9, 10.2.2.2; 203.0.113.9",
    "2001:db8::5; 203.0.113.9; 203.0.113.9",
    "192.0.2.7; 10.0.0.1; 10.0.0.1",
    "192.0.2.8; 203.0.113.9; 192.0.2.8",
    "10.1.1.1; 203.0.113.9, nonsense; 10.1.1.1",
    "::ffff:10.1.1.1; 203.0.113.9; 203.0.113.9"})
  void itIsTheFirstStrangerFromTheRight(String peer, String header, String client) {
    assertThat(behindProxies.of(peer, List.of(header))).isEqualTo(client);
  }

  @Test
  void severalHeadersAreOneList() {
    assertThat(behindProxies.of("10.1.1.1", List.of("1.1.1.1", "203.0.113.9", "10.3.3.3"))).isEqualTo("203.0.113.9");
  }

  @Test
  void aProxyThatSaysNothingIsItself() {
    assertThat(behindProxies.of("10.1.1.1", List.of())).isEqualTo("10.1.1.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "host.example", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "10.0.0.0/", "1.2.3",
    "::1/129"})
  void whatIsNoBlockIsNone(String text) {
    assertThat(AddressBlock.isValid(text)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0.0.0.0/0,1.2.3.4,true", "10.128.0.0/9,10.127.0.1,false", "10.128.0.0/9,10.200.0.1,true",
    "::1,::1,true", "::1,127.0.0.1,false", "10.0.0.1,10.0.0.1,true", "10.0.0.1,nonsense,false"})
  void aBlockHoldsWhatSharesItsFirstBits(String block, String address, boolean holds) {
    assertThat(AddressBlock.parse(block).contains(address)).isEqualTo(holds);
  }
}
