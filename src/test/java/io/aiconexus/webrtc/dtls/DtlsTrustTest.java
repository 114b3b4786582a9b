package io.aiconexus.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DtlsTrustTest {

  private static final DtlsCertificate STRANGER = DtlsCertificate.generate(Instant.now(), Pair.RANDOM);

  private final Rig rig = new Rig();

  @AfterEach
  void leaveNoThreadBehind() throws InterruptedException {
    rig.close();
  }

  @Test
  void aClientRefusesAServerItDoesNotExpect() throws Exception {
    Pair pair = pair(STRANGER.fingerprint(), Pair.CLIENT.fingerprint());

    assertThat(pair.client.awaitClosed()).isEqualTo(DtlsCloseReason.FINGERPRINT_MISMATCH);
    assertThat(pair.server.awaitClosed()).isEqualTo(DtlsCloseReason.HANDSHAKE_FAILED);
    assertThat(pair.server.closed.get().detail()).isEqualTo("the peer's alert: bad_certificate(42)");
    assertThat(pair.client.connected).isCompletedExceptionally();
    assertThat(pair.server.connected).isCompletedExceptionally();
  }

  @Test
  void aServerRefusesAClientItDoesNotExpect() throws Exception {
    Pair pair = pair(Pair.SERVER.fingerprint(), STRANGER.fingerprint());

    assertThat(pair.server.awaitClosed()).isEqualTo(DtlsCloseReason.FINGERPRINT_MISMATCH);
    assertThat(pair.client.awaitClosed()).isEqualTo(DtlsCloseReason.HANDSHAKE_FAILED);
    assertThat(pair.client.connected).isCompletedExceptionally();
    assertThat(pair.server.connected).isCompletedExceptionally();
  }

  @Test
  void aServerRefusesAClientWithoutACertificate() throws Exception {
    assertThatServerRefuses(context -> null, DtlsCloseReason.FINGERPRINT_MISMATCH);
  }

  @Test
  void aServerRefusesTheRightCertificateWithoutItsKey() throws Exception {
    assertThatServerRefuses(DtlsTrustTest::stolen, DtlsCloseReason.HANDSHAKE_FAILED);
  }

  @Test
  void aConnectionNeedsSomebodyToTrust() {
    var endpoint = new DtlsEndpoint(Pair.SERVER, DtlsSettings.DEFAULTS, rig.workers, Pair.RANDOM);

    End nobody = new End(rig.loop);
    assertThatThrownBy(() -> endpoint.transport(DtlsRole.CLIENT, List.of(), rig.loop, datagram -> { }, nobody))
      .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("at least one fingerprint");
  }

  private Pair pair(DtlsFingerprint clientExpects, DtlsFingerprint serverExpects) {
    var settings = DtlsSettings.DEFAULTS;
    return new Pair(rig.loop, rig.workers, settings, Network.PERFECT, clientExpects, serverExpects).start();
  }

  private void assertThatServerRefuses(Function<TlsContext, TlsCredentials> shown, DtlsCloseReason reason)
      throws Exception {
    End server = new End(rig.loop);
    var endpoint = new DtlsEndpoint(Pair.SERVER, DtlsSettings.DEFAULTS, rig.workers, Pair.RANDOM);
    server.attach(endpoint, DtlsRole.SERVER, Pair.CLIENT.fingerprint());
    Wire wire = new Wire(DtlsSettings.DEFAULTS, datagram -> rig.loop.execute(() -> server.deliver(datagram)));
    server.out = datagram -> wire.offer(bytes(datagram));
    server.start();

    var client = CompletableFuture.supplyAsync(() -> alertAfter(shown, wire), rig.workers.of(DtlsRole.CLIENT));

    assertThat(server.awaitClosed()).isEqualTo(reason);
    assertThat(server.connected).isCompletedExceptionally();
    assertThat(client.get(10, TimeUnit.SECONDS)).isInstanceOf(TlsFatalAlertReceived.class);
  }

  private static Exception alertAfter(Function<TlsContext, TlsCredentials> shown, Wire wire) {
    try {
      new DTLSClientProtocol().connect(new ClientShowing(shown), wire);
      throw new AssertionError("the server let the client in");
    } catch (java.io.IOException e) {
      return e;
    }
  }

  private static byte[] bytes(ByteBuffer datagram) {
    byte[] bytes = new byte[datagram.remaining()];
    datagram.get(bytes);
    return bytes;
  }

  private static TlsCredentials stolen(TlsContext context) {
    try {
      var crypto = (BcTlsCrypto) context.getCrypto();
      var chain = new Certificate(new TlsCertificate[] {new BcTlsCertificate(crypto, Pair.CLIENT.encoded())});
      return new BcDefaultTlsCredentialedSigner(new TlsCryptoParameters(context), crypto, STRANGER.privateKey(), chain,
        SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A client that trusts everybody and shows what the test wants. */
  private static final class ClientShowing extends DefaultTlsClient {

    private final Function<TlsContext, TlsCredentials> shown;

    ClientShowing(Function<TlsContext, TlsCredentials> shown) {
      super(new BcTlsCrypto());
      this.shown = shown;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
      return ProtocolVersion.DTLSv12.only();
    }

    @Override
    public TlsAuthentication getAuthentication() {
      return new TlsAuthentication() {
        @Override
        public void notifyServerCertificate(TlsServerCertificate certificate) {
        }

        @Override
        public TlsCredentials getClientCredentials(CertificateRequest request) {
          return shown.apply(context);
        }
      };
    }
  }
}
