package io.aiconexus.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class IceSettingsTest {

  @Test
  void namesTheSettingTheRuleAndTheValue() {
    assertThatThrownBy(() -> IceSettings.DEFAULTS.withPatience(Duration.ofMillis(999)))
      .isInstanceOf(IllegalArgumentException.class).hasMessage("ice patience must be 1000 to 300000 ms, was 999");
  }
}
