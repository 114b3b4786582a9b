package io.aiconexus.webrtc.dtls;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What all DTLS connections of a node share. Usable from every thread. */
public final class DtlsEndpoint {

  private final DtlsCertificate certificate;
  private final DtlsSettings settings;
  private final DtlsWorkers workers;
  private final DtlsCrypto crypto;

  /** @param workers belongs to the caller, who closes it after the transports */
  public DtlsEndpoint(DtlsCertificate certificate, DtlsSettings settings, DtlsWorkers workers, SecureRandom random) {
    this.certificate = certificate;
    this.settings = settings;
    this.workers = workers;
    this.crypto = new DtlsCrypto(random);
  }

  /** Goes into the session description. */
  public DtlsFingerprint fingerprint() {
    return certificate.fingerprint();
  }

  /**
   * A connection that has not begun. It takes no thread and, as a server, answers nobody before {@link
   * DtlsTransport#start}.
   *
   * @param remote the fingerprints of the peer's session description; of several algorithms the strongest decides
   * @param loop runs what workers have to say on the thread the transport is used on, in order
   * @param sink sends one datagram, on the loop; the buffer is its own to keep. It must not hand it to a transport at
   *     once
   * @throws IllegalArgumentException if {@code remote} is empty: nobody could be trusted
   */
  public DtlsTransport transport(DtlsRole role, Collection<DtlsFingerprint> remote, Executor loop,
      Consumer<ByteBuffer> sink, DtlsListener listener) {
    if (remote.isEmpty()) {
      throw new IllegalArgumentException("a DTLS connection needs at least one fingerprint of its peer");
    }
    var policy = new PeerPolicy(certificate, crypto, settings, List.copyOf(remote));
    return new DtlsTransport(role, policy, settings, workers.of(role), loop, sink, listener);
  }
}
