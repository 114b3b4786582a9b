package io.aiconexus.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

import org.junit.jupiter.api.Test;

class DtlsCertificateTest {

  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  private final DtlsCertificate certificate = DtlsCertificate.generate(NOW, Pair.RANDOM);

  @Test
  void theJavaRuntimeReadsAndVerifiesIt() throws Exception {
    X509Certificate read = read(certificate);

    assertThatCode(() -> read.verify(read.getPublicKey())).doesNotThrowAnyException();
    assertThat(((ECPublicKey) read.getPublicKey()).getParams().getOrder().bitLength()).isEqualTo(256);
    assertThat(read.getSigAlgName()).isEqualTo("SHA256withECDSA");
    assertThat(read.getSerialNumber()).isPositive();
  }

  @Test
  void itIsValidForThirtyDaysAndForPeersWhoseClockIsBehind() throws Exception {
    X509Certificate read = read(certificate);

    assertThat(certificate.notAfter()).isEqualTo(NOW.plus(Duration.ofDays(30)));
    assertThatCode(() -> read.checkValidity(Date.from(NOW.minus(Duration.ofHours(23))))).doesNotThrowAnyException();
    assertThatCode(() -> read.checkValidity(Date.from(NOW.plus(Duration.ofDays(29))))).doesNotThrowAnyException();
  }

  @Test
  void theFingerprintIsThatOfTheWholeCertificate() throws Exception {
    assertThat(certificate.fingerprint()).isEqualTo(DtlsFingerprint.of(read(certificate).getEncoded()));
  }

  @Test
  void noTwoAreAlike() {
    assertThat(DtlsCertificate.generate(NOW, Pair.RANDOM).fingerprint()).isNotEqualTo(certificate.fingerprint());
  }

  private static X509Certificate read(DtlsCertificate certificate) throws Exception {
    return (X509Certificate) CertificateFactory.getInstance("X.509")
      .generateCertificate(new ByteArrayInputStream(certificate.encoded()));
  }
}
