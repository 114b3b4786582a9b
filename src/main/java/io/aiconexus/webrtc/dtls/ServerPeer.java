package io.aiconexus.webrtc.dtls;

import java.io.IOException;
import java.util.Hashtable;

import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentials;

/** A {@link PeerPolicy} in the words of BouncyCastle's server. */
final class ServerPeer extends DefaultTlsServer {

  private final PeerPolicy policy;
  private boolean mediaOffered;

  ServerPeer(PeerPolicy policy) {
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
  protected boolean preferLocalCipherSuites() {
    return true;
  }

  @Override
  public int[] getSupportedGroups() {
    return policy.groups().stream().mapToInt(Integer::intValue).toArray();
  }

  /** The client's first choice among ours; without a list, the curve every peer of WebRTC must have. */
  @Override
  protected int selectECDH(int minimumCurveBits) {
    int[] offered = context.getSecurityParametersHandshake().getClientSupportedGroups();
    if (offered == null) {
      return NamedGroup.secp256r1;
    }
    for (int group : offered) {
      if (policy.groups().contains(group)) {
        return group;
      }
    }
    return -1;
  }

  @Override
  @SuppressWarnings({"rawtypes", "unchecked"})   // as in the class above
  public void processClientExtensions(Hashtable offered) throws IOException {
    super.processClientExtensions(offered);
    mediaOffered = PeerPolicy.offersMediaProfile(offered);
  }

  @Override
  @SuppressWarnings("unchecked")   // raw in the class above
  public Hashtable<Integer, byte[]> getServerExtensions() throws IOException {
    Hashtable<Integer, byte[]> extensions = super.getServerExtensions();
    if (mediaOffered) {
      PeerPolicy.addMediaProfile(extensions);
    }
    return extensions;
  }

  @Override
  public TlsCredentials getCredentials() {
    return policy.credentials(context);
  }

  @Override
  public CertificateRequest getCertificateRequest() {
    return new CertificateRequest(new short[] {ClientCertificateType.ecdsa_sign}, policy.signatureAlgorithms(), null);
  }

  @Override
  public void notifyClientCertificate(Certificate shown) throws IOException {
    policy.check(shown);
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
}
