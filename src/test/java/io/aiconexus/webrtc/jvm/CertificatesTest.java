package io.aiconexus.webrtc.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.webrtc.dtls.DtlsEndpoint;
import io.aiconexus.webrtc.dtls.DtlsSettings;
import io.aiconexus.webrtc.dtls.DtlsWorkers;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class CertificatesTest {

  private Instant now = Instant.parse("2030-01-01T00:00:00Z");

  private final class Hand extends Clock {
    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  @Test
  void aCertificateIsMadeAnewOnceInTheBackgroundWellBeforeItsEnd() {
    Queue<Runnable> background = new ArrayDeque<>();
    try (DtlsWorkers workers = new DtlsWorkers("test", 1, 1)) {
      Certificates certificates =
        new Certificates(DtlsSettings.DEFAULTS, workers, new SecureRandom(), new Hand(), background::add);
      DtlsEndpoint first = certificates.get();

      now = now.plus(Duration.ofDays(14));
      assertThat(certificates.get()).isSameAs(first);
      assertThat(background).isEmpty();

      now = now.plus(Duration.ofDays(2));
      assertThat(certificates.get()).isSameAs(first);
      assertThat(certificates.get()).isSameAs(first);
      assertThat(background).hasSize(1);
      background.remove().run();
      DtlsEndpoint second = certificates.get();
      assertThat(second.fingerprint()).isNotEqualTo(first.fingerprint());
      assertThat(background).isEmpty();
    }
  }
}
