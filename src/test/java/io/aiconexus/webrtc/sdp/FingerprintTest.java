package io.aiconexus.webrtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class FingerprintTest {

  @Test
  void caseDoesNotMatterAndUpperCaseIsWritten() {
    Fingerprint upper = Fingerprint.parse("sha-256 " + Samples.HASH);
    Fingerprint lower = Fingerprint.parse("SHA-256 " + Samples.HASH.toLowerCase(Locale.ROOT));

    assertThat(lower).isEqualTo(upper).hasSameHashCodeAs(upper).hasToString("sha-256 " + Samples.HASH);
  }

  @Test
  void nobodyCanChangeTheHashInside() {
    Fingerprint fingerprint = Fingerprint.parse("sha-256 " + Samples.HASH);
    fingerprint.hash()[0]++;

    assertThat(fingerprint).hasToString("sha-256 " + Samples.HASH);
  }

  @Test
  void aWrongLengthIsRefused() {
    assertThatThrownBy(() -> Fingerprint.parse("sha-256 " + Samples.HASH.substring(3)))
      .hasMessage("a sha-256 fingerprint has 32 bytes, was 31");
    assertThatThrownBy(() -> Fingerprint.parse("sha-256")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Fingerprint.parse("sha-256  " + Samples.HASH))
      .isInstanceOf(IllegalArgumentException.class);
  }
}
