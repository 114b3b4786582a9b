package io.aiconexus.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NativeReleaseTest {

  @Test
  void theVersionOnTheClassPathIsTheOneItWasProvedWith() {
    assertThat(NativeRelease.version()).isEqualTo(NativeRelease.VERSION);
    assertThat(NativeRelease.of(true, NativeRelease.version()).off()).isNull();
  }

  @Test
  void itSwitchesItselfOffWithAnyOtherVersion() {
    assertThat(NativeRelease.of(true, "0.15.0").off()).contains("0.15.0");
    assertThat(NativeRelease.of(true, "unknown").off()).contains("unknown");
  }

  @Test
  void itCanBeSwitchedOff() {
    assertThat(NativeRelease.of(false, NativeRelease.VERSION).off()).contains("release_handles");
  }

  @Test
  void nothingIsReleasedWhenItIsOff() {
    NativeRelease off = NativeRelease.of(false, NativeRelease.VERSION);

    assertThat(off.handleOf(null)).isZero();
    assertThat(off.release(0)).isFalse();
  }
}
