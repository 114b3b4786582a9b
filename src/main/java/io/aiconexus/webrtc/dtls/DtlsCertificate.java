package io.aiconexus.webrtc.dtls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;

/**
 * A self-signed P-256 certificate with its key: what a node shows in every DTLS handshake (RFC 8827, section 6.5).
 * <p>
 * Generated once for a node and kept in memory only. Immutable, usable from every thread.
 */
public final class DtlsCertificate {

  /** As long as browsers make theirs valid (W3C WebRTC, section 4.9). */
  static final Duration VALIDITY = Duration.ofDays(30);
  /** A peer whose clock is behind must not find the certificate to come from the future. */
  private static final Duration CLOCK_SKEW = Duration.ofDays(1);
  /** Says nothing about the node: names would link its connections. */
  private static final X500Name NAME = new X500Name("CN=WebRTC");
  private static final int SERIAL_BITS = 64;

  private final AsymmetricKeyParameter privateKey;
  private final byte[] encoded;
  private final DtlsFingerprint fingerprint;
  private final Instant notAfter;

  private DtlsCertificate(AsymmetricKeyParameter privateKey, X509CertificateHolder certificate) throws IOException {
    this.privateKey = privateKey;
    this.encoded = certificate.getEncoded();
    this.fingerprint = DtlsFingerprint.of(encoded);
    this.notAfter = certificate.getNotAfter().toInstant();
  }

  /** A new key and a certificate for it, valid for 30 days from {@code now}. Takes about a millisecond. */
  public static DtlsCertificate generate(Instant now, SecureRandom random) {
    var curve = new ECNamedDomainParameters(SECObjectIdentifiers.secp256r1,
      CustomNamedCurves.getByOID(SECObjectIdentifiers.secp256r1));
    var generator = new ECKeyPairGenerator();
    generator.init(new ECKeyGenerationParameters(curve, random));
    AsymmetricCipherKeyPair pair = generator.generateKeyPair();
    try {
      return new DtlsCertificate(pair.getPrivate(), signed(pair, now, random));
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException("no certificate could be made", e);
    }
  }

  private static X509CertificateHolder signed(AsymmetricCipherKeyPair pair, Instant now, SecureRandom random)
      throws IOException, OperatorCreationException {
    BigInteger serial = new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1);
    var builder = new X509v3CertificateBuilder(NAME, serial, Date.from(now.minus(CLOCK_SKEW)),
      Date.from(now.plus(VALIDITY)), NAME, SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(pair.getPublic()));
    var algorithm = new DefaultSignatureAlgorithmIdentifierFinder().find("SHA256withECDSA");
    var digest = new DefaultDigestAlgorithmIdentifierFinder().find(algorithm);
    var signer = new BcECContentSignerBuilder(algorithm, digest).setSecureRandom(random).build(pair.getPrivate());
    return builder.build(signer);
  }

  /** The sha-256 fingerprint, for {@code a=fingerprint:} of the session description. */
  public DtlsFingerprint fingerprint() {
    return fingerprint;
  }

  /** When the certificate ends; a node that runs longer generates the next one before. */
  public Instant notAfter() {
    return notAfter;
  }

  byte[] encoded() {
    return encoded.clone();
  }

  AsymmetricKeyParameter privateKey() {
    return privateKey;
  }
}
