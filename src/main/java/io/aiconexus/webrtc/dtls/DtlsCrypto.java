package io.aiconexus.webrtc.dtls;

import java.io.IOException;
import java.security.SecureRandom;

import org.bouncycastle.tls.CertificateType;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.TlsAEADCipher;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * The primitives of a node's DTLS: elliptic curves of BouncyCastle, which are faster than those of Java 17, and AES-GCM
 * of the Java runtime, which is faster than BouncyCastle's. No security provider is installed or preferred, so that
 * nothing changes for the rest of the process.
 */
final class DtlsCrypto extends BcTlsCrypto {

  DtlsCrypto(SecureRandom random) {
    super(random);
  }

  @Override
  public TlsCertificate createCertificate(short type, byte[] encoded) throws IOException {
    return type == CertificateType.X509
      ? new EncodedCertificate(this, encoded) : super.createCertificate(type, encoded);
  }

  @Override
  public TlsCipher createCipher(TlsCryptoParameters parameters, int encryption, int mac) throws IOException {
    return new BoundedCipher(super.createCipher(parameters, encryption, mac));
  }

  @Override
  protected TlsAEADCipher createCipher_AES_GCM(TlsCryptoParameters parameters, int keySize, int tagSize)
      throws IOException {
    return new TlsAEADCipher(parameters, new AesGcm(true), new AesGcm(false), keySize, tagSize,
      TlsAEADCipher.AEAD_GCM, null);
  }
}
