package io.aiconexus.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DtlsFingerprintTest {

  private static final byte[] ABC = "abc".getBytes(StandardCharsets.UTF_8);
  /** FIPS 180-2, appendices B.1 and C.1. */
  private static final String SHA_256 = "sha-256 BA:78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23:"
    + "B0:03:61:A3:96:17:7A:9C:B4:10:FF:61:F2:00:15:AD";
  private static final String SHA_512 = "sha-512 DD:AF:35:A1:93:61:7A:BA:CC:41:73:49:AE:20:41:31:"
    + "12:E6:FA:4E:89:A9:7E:A2:0A:9E:EE:E6:4B:55:D3:9A:21:92:99:2A:27:4F:C1:A8:36:BA:3C:23:"
    + "A3:FE:EB:BD:45:4D:44:23:64:3C:E8:0E:2A:9A:C9:4F:A5:4C:A4:9F";

  @Test
  void itIsWrittenAsInASessionDescription() {
    assertThat(DtlsFingerprint.of(ABC)).hasToString(SHA_256);
  }

  @Test
  void theCaseOfWhatIsReadDoesNotMatter() {
    assertThat(DtlsFingerprint.parse(SHA_256.toLowerCase())).isEqualTo(DtlsFingerprint.of(ABC));
    assertThat(DtlsFingerprint.parse(SHA_256.toUpperCase())).isEqualTo(DtlsFingerprint.of(ABC));
  }

  @Test
  void oneMatchAmongSeveralIsEnough() {
    DtlsFingerprint other = DtlsFingerprint.of(new byte[1]);

    assertThat(DtlsFingerprint.anyMatches(List.of(other, DtlsFingerprint.of(ABC)), ABC)).isTrue();
    assertThat(DtlsFingerprint.anyMatches(List.of(other), ABC)).isFalse();
    assertThat(DtlsFingerprint.anyMatches(List.of(), ABC)).isFalse();
  }

  @Test
  void theStrongestAlgorithmDecides() {
    DtlsFingerprint strong = DtlsFingerprint.parse(SHA_512);
    DtlsFingerprint wrong = new DtlsFingerprint("sha-512", strong.value().replace("DD:AF", "DD:AE"));

    assertThat(DtlsFingerprint.anyMatches(List.of(strong), ABC)).isTrue();
    assertThat(DtlsFingerprint.anyMatches(List.of(DtlsFingerprint.of(ABC), wrong), ABC)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sha-256", "sha-256 ", "sha-256 BA:78", "sha-256 XX",
    "md5 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF",
    "sha-1 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB"})
  void whatIsNoFingerprintOrNotTrustedIsRefused(String text) {
    assertThatThrownBy(() -> DtlsFingerprint.parse(text)).isInstanceOf(IllegalArgumentException.class)
      .hasMessageContaining("fingerprint");
  }
}
