package io.aiconexus.webrtc.jvm;

import io.aiconexus.webrtc.dtls.DtlsCertificate;
import io.aiconexus.webrtc.dtls.DtlsEndpoint;
import io.aiconexus.webrtc.dtls.DtlsSettings;
import io.aiconexus.webrtc.dtls.DtlsWorkers;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** The certificate of this node, made anew before it ends; a connection keeps the one it began with. Any thread. */
final class Certificates implements Supplier<DtlsEndpoint> {

  /** Far longer than any connection attempt, and half of what a certificate has. */
  private static final Duration AHEAD = Duration.ofDays(15);

  private record Current(DtlsEndpoint endpoint, Instant renewal) { }

  private final DtlsSettings settings;
  private final DtlsWorkers workers;
  private final SecureRandom random;
  private final Clock clock;
  private final Executor background;
  private final AtomicBoolean renewing = new AtomicBoolean();
  private volatile Current current;

  /** Makes the first one in this very call. */
  Certificates(DtlsSettings settings, DtlsWorkers workers, SecureRandom random, Clock clock, Executor background) {
    this.settings = settings;
    this.workers = workers;
    this.random = random;
    this.clock = clock;
    this.background = background;
    this.current = make();
  }

  /** The one for a new connection. */
  @Override
  public DtlsEndpoint get() {
    Current now = current;
    if (clock.instant().isAfter(now.renewal()) && renewing.compareAndSet(false, true)) {
      background.execute(() -> {
        current = make();
        renewing.set(false);
      });
    }
    return now.endpoint();
  }

  private Current make() {
    DtlsCertificate certificate = DtlsCertificate.generate(clock.instant(), random);
    return new Current(new DtlsEndpoint(certificate, settings, workers, random), certificate.notAfter().minus(AHEAD));
  }
}
