package io.aiconexus.webrtc.dtls;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;

import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SRTPProtectionProfile;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;

/** What both roles of one handshake offer, show and demand. */
final class PeerPolicy {

  private static final List<Integer> GROUPS = List.of(NamedGroup.x25519, NamedGroup.secp256r1);
  private static final SignatureAndHashAlgorithm OURS =
    SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa);
  private static final SignatureAndHashAlgorithm STRONGER =
    SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha384, SignatureAlgorithm.ecdsa);

  /** Required of everybody (RFC 8827, section 6.5). */
  private static final int SRTP_PROFILE = SRTPProtectionProfile.SRTP_AES128_CM_HMAC_SHA1_80;

  private final DtlsCertificate certificate;
  private final DtlsCrypto crypto;
  private final DtlsSettings settings;
  private final Collection<DtlsFingerprint> expected;
  private boolean verified;
  private boolean mismatched;
  private short alertReceived = -1;
  private DtlsCipherSuite cipherSuite;

  PeerPolicy(DtlsCertificate certificate, DtlsCrypto crypto, DtlsSettings settings,
      Collection<DtlsFingerprint> expected) {
    this.certificate = certificate;
    this.crypto = crypto;
    this.settings = settings;
    this.expected = expected;
  }

  DtlsCrypto crypto() {
    return crypto;
  }

  int firstRetransmissionMillis() {
    return (int) settings.firstRetransmission().toMillis();
  }

  int timeoutMillis() {
    return (int) settings.handshakeTimeout().toMillis();
  }

  ProtocolVersion[] versions() {
    return ProtocolVersion.DTLSv12.only();
  }

  int[] cipherSuites() {
    return DtlsCipherSuite.codes();
  }

  List<Integer> groups() {
    return GROUPS;
  }

  Vector<SignatureAndHashAlgorithm> signatureAlgorithms() {
    return new Vector<>(List.of(OURS, STRONGER));
  }

  /**
   * Adds that keys for media could be agreed on (RFC 5764), which nobody here ever uses: some stacks, pion among them,
   * end the handshake without it even when there is no media.
   */
  static void addMediaProfile(Hashtable<Integer, byte[]> extensions) throws IOException {
    TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(new int[] {SRTP_PROFILE}, TlsUtils.EMPTY_BYTES));
  }

  /** Whether the other end would agree on those keys in the way we could. */
  static boolean offersMediaProfile(Hashtable<Integer, byte[]> extensions) throws IOException {
    UseSRTPData offered = TlsSRTPUtils.getUseSRTPExtension(extensions);
    return offered != null && Arrays.stream(offered.getProtectionProfiles()).anyMatch(each -> each == SRTP_PROFILE);
  }

  /**
   * Refuses every certificate but the one the session description names; no chain, date or name is looked at (RFC
   * 8827).
   */
  void check(Certificate shown) throws IOException {
    if (shown.isEmpty() || !DtlsFingerprint.anyMatches(expected, shown.getCertificateAt(0).getEncoded())) {
      mismatched = true;
      throw new TlsFatalAlert(AlertDescription.bad_certificate);
    }
    verified = true;
  }

  TlsCredentials credentials(TlsContext context) {
    var chain = new Certificate(new TlsCertificate[] {leaf()});
    return new BcDefaultTlsCredentialedSigner(
      new TlsCryptoParameters(context), crypto, certificate.privateKey(), chain, OURS);
  }

  private TlsCertificate leaf() {
    try {
      return new EncodedCertificate(crypto, certificate.encoded());
    } catch (IOException e) {
      throw new IllegalStateException("our own certificate cannot be read", e);
    }
  }

  void alertReceived(short description) {
    alertReceived = description;
  }

  void completed(TlsContext context) {
    cipherSuite = DtlsCipherSuite.of(context.getSecurityParametersConnection().getCipherSuite());
  }

  DtlsCipherSuite cipherSuite() {
    return cipherSuite;
  }

  boolean verified() {
    return verified;
  }

  boolean mismatched() {
    return mismatched;
  }

  boolean goodbyeReceived() {
    return alertReceived == AlertDescription.close_notify;
  }
}
