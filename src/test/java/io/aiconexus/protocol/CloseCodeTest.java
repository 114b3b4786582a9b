package io.aiconexus.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CloseCodeTest {

  @Test
  void theNumbersAreThoseOfTheWire() {
    assertThat(Stream.of(CloseCode.values()).map(code -> code.number() + " " + code.reason()))
      .containsExactly("1000 normal",
      "1001 going away", "1009 too large", "4001 draining", "4002 heartbeat lost", "4003 slow reader",
      "4005 rate limited",
      "4006 node full", "4500 not authenticated", "4501 protocol errors", "4503 register timeout", "4504 replaced");
  }

  @ParameterizedTest
  @EnumSource
  void aNumberOfOursTellsByItselfWhetherToComeBack(CloseCode code) {
    if (code.number() >= 4000) {
      assertThat(code.reconnect()).isEqualTo(code.number() < 4500);
    }
    assertThat(CloseCode.mayReconnect(code.number())).isEqualTo(code.reconnect());
  }

  @ParameterizedTest
  @CsvSource({"1006, true", "1011, true", "1012, true", "4000, true", "4499, true", "4502, false", "4999, false"})
  void numbersThatAreNotInTheTableFollowTheSameSplit(int number, boolean comeBack) {
    assertThat(CloseCode.mayReconnect(number)).isEqualTo(comeBack);
  }

  @ParameterizedTest
  @EnumSource
  void everyReasonFitsACloseFrame(CloseCode code) {
    assertThat(code.reason().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(123);
  }
}
