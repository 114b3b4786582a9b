package io.aiconexus.webrtc.dtls;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Vector;

import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CertificateStatusRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;

/** A {@link PeerPolicy} in the words of BouncyCastle's client. */
final class ClientPeer extends DefaultTlsClient {

  private final PeerPolicy policy;

  ClientPeer(PeerPolicy policy) {
    super(policy.crypto());
    this.policy = policy;
  }

  @Override
  public int getHandshakeTimeoutMillis() {
    return policy.timeoutMillis();
  }

  @Override
  public int getHandshakeResendTimeMillis() {
    return policy.firstRetransmissionMillis();
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return policy.versions();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return policy.cipherSuites();
  }

  @Override
  @SuppressWarnings("rawtypes")   // as in the class above
  protected Vector<Integer> getSupportedGroups(Vector roles) {
    return new Vector<>(policy.groups());
  }

  @Override
  protected Vector<SignatureAndHashAlgorithm> getSupportedSignatureAlgorithms() {
    return policy.signatureAlgorithms();
  }

  @Override
  @SuppressWarnings("unchecked")   // raw in the class above
  public Hashtable<Integer, byte[]> getClientExtensions() throws IOException {
    Hashtable<Integer, byte[]> extensions = super.getClientExtensions();
    PeerPolicy.addMediaProfile(extensions);
    return extensions;
  }

  /** Self-signed certificates have no status to ask for. */
  @Override
  protected CertificateStatusRequest getCertificateStatusRequest() {
    return null;
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    policy.completed(context);
  }

  @Override
  public void notifyAlertReceived(short level, short description) {
    policy.alertReceived(description);
  }

  @Override
  public TlsAuthentication getAuthentication() {
    return new TlsAuthentication() {
      @Override
      public void notifyServerCertificate(TlsServerCertificate shown) throws IOException {
        policy.check(shown.getCertificate());
      }

      @Override
      public TlsCredentials getClientCredentials(CertificateRequest request) {
        return policy.credentials(context);
      }
    };
  }
}
