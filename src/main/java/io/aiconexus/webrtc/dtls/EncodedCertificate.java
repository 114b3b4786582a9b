package io.aiconexus.webrtc.dtls;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.math.BigInteger;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.tls.crypto.Tls13Verifier;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsEncryptor;
import org.bouncycastle.tls.crypto.TlsVerifier;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;

/**
 * A certificate of which only the bytes stay. BouncyCastle keeps both certificates for as long as the connection lives,
 * and looks into them during the handshake only; read they take ten times as much memory. Usable from every thread.
 */
final class EncodedCertificate implements TlsCertificate {

  private final DtlsCrypto crypto;
  private final byte[] encoded;
  private volatile WeakReference<TlsCertificate> read;

  /** @throws IOException if it cannot be read */
  EncodedCertificate(DtlsCrypto crypto, byte[] encoded) throws IOException {
    this.crypto = crypto;
    this.encoded = encoded;
    read();
  }

  private TlsCertificate read() throws IOException {
    TlsCertificate known = read == null ? null : read.get();
    if (known == null) {
      known = new BcTlsCertificate(crypto, encoded);
      read = new WeakReference<>(known);
    }
    return known;
  }

  @Override
  public byte[] getEncoded() {
    return encoded;
  }

  @Override
  public TlsEncryptor createEncryptor(int role) throws IOException {
    return read().createEncryptor(role);
  }

  @Override
  public TlsVerifier createVerifier(short algorithm) throws IOException {
    return read().createVerifier(algorithm);
  }

  @Override
  public Tls13Verifier createVerifier(int scheme) throws IOException {
    return read().createVerifier(scheme);
  }

  @Override
  public byte[] getExtension(ASN1ObjectIdentifier extension) throws IOException {
    return read().getExtension(extension);
  }

  @Override
  public BigInteger getSerialNumber() {
    return readAgain().getSerialNumber();
  }

  @Override
  public String getSigAlgOID() {
    return readAgain().getSigAlgOID();
  }

  private TlsCertificate readAgain() {
    try {
      return read();
    } catch (IOException e) {
      throw new IllegalStateException("it could be read before", e);
    }
  }

  @Override
  public ASN1Encodable getSigAlgParams() throws IOException {
    return read().getSigAlgParams();
  }

  @Override
  public short getLegacySignatureAlgorithm() throws IOException {
    return read().getLegacySignatureAlgorithm();
  }

  @Override
  public boolean supportsSignatureAlgorithm(short algorithm) throws IOException {
    return read().supportsSignatureAlgorithm(algorithm);
  }

  @Override
  public boolean supportsSignatureAlgorithmCA(short algorithm) throws IOException {
    return read().supportsSignatureAlgorithmCA(algorithm);
  }

  @Override
  public TlsCertificate checkUsageInRole(int role) throws IOException {
    read().checkUsageInRole(role);
    return this;
  }
}
