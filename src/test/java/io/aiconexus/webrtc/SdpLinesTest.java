package io.aiconexus.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiconexus.bus.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SdpLinesTest {

  private static final String GOOD = LoopbackSdp.make().text(1, "actpass");

  @Test
  void aDescriptionWithEverythingNeededIsTakenWithEitherKindOfLineEnd() {
    assertThatCode(() -> SdpLines.check(GOOD)).doesNotThrowAnyException();
    assertThatCode(() -> SdpLines.check(GOOD.replace("\r\n", "\n"))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "v=0|v=1|does not begin with v=0",
    "s=-|nonsense|is not <type>=<value>",
    "webrtc-datachannel|5000|m=application",
    "a=ice-ufrag:|a=ice-ufrag:%|a=ice-ufrag",
    "a=ice-pwd:|a=ice-pwd:-|a=ice-pwd",
    "a=fingerprint:sha-256|a=fingerprint:md5|a=fingerprint",
    "a=setup:actpass|a=setup:holdconn|a=setup"})
  void theRuleThatIsBrokenIsNamed(String line, String broken, String rule) {
    String sdp = GOOD.replace(line, broken);

    assertThatThrownBy(() -> SdpLines.check(sdp)).hasMessageContaining(rule)
      .satisfies(cause -> assertThat(Failure.of(cause)).isEqualTo(Failure.BAD_REQUEST));
  }

  @Test
  void aDescriptionThatIsTooLongIsRefused() {
    assertThatThrownBy(() -> SdpLines.check(GOOD + "a=x\r\n".repeat(20_000))).hasMessageContaining("longer than");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "65536, 65536", "262144, 262144", "0, 262144", "1073741823, 262144",
    "9999999999999999999, 262144"})
  void theLongestMessageIsBoundedByOurOwn(String said, int taken) {
    assertThat(SdpLines.maxMessageSize(GOOD.replaceAll("max-message-size:\\d+", "max-message-size:" + said)))
      .isEqualTo(taken);
  }

  @Test
  void theLongestMessageHasTheDefaultOfTheRfcWhenItIsNotSaid() {
    assertThat(SdpLines.maxMessageSize(GOOD.replaceAll("a=max-message-size:\\d+\r\n", ""))).isEqualTo(65_536);
  }
}
