package io.aiconexus.webrtc.dtls;

import java.io.IOException;

import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsDecodeResult;
import org.bouncycastle.tls.crypto.TlsEncodeResult;

/**
 * A record cipher that drops what must not reach BouncyCastle's record layer.
 * <p>
 * Records too short for their tag: it would end the connection, although anybody can send one (RFC 6347, section
 * 4.1.2.7 has them dropped). Handshake messages beyond {@link HandshakeLimits}: it reserves what a fragment announces,
 * up to 16 MiB, for each of 16 messages; those in the clear are judged before, those under encryption can only be
 * judged here.
 */
final class BoundedCipher implements TlsCipher {

  private final TlsCipher cipher;

  BoundedCipher(TlsCipher cipher) {
    this.cipher = cipher;
  }

  @Override
  public TlsDecodeResult decodeCiphertext(long sequence, short recordType, ProtocolVersion version, byte[] ciphertext,
      int offset, int length) throws IOException {
    if (cipher.getPlaintextDecodeLimit(length) < 0) {
      throw dropped();
    }
    TlsDecodeResult decoded = cipher.decodeCiphertext(sequence, recordType, version, ciphertext, offset, length);
    if (decoded.contentType == ContentType.handshake
        && !HandshakeLimits.allow(decoded.buf, decoded.off, decoded.off + decoded.len)) {
      throw dropped();
    }
    return decoded;
  }

  /** The one alert that makes the record layer drop a record silently. */
  private static TlsFatalAlert dropped() {
    return new TlsFatalAlert(AlertDescription.bad_record_mac);
  }

  @Override
  public TlsEncodeResult encodePlaintext(long sequence, short contentType, ProtocolVersion version,
      int headerAllocation, byte[] plaintext, int offset, int length) throws IOException {
    return cipher.encodePlaintext(sequence, contentType, version, headerAllocation, plaintext, offset, length);
  }

  @Override
  public int getCiphertextDecodeLimit(int plaintextLimit) {
    return cipher.getCiphertextDecodeLimit(plaintextLimit);
  }

  @Override
  public int getCiphertextEncodeLimit(int plaintextLimit) {
    return cipher.getCiphertextEncodeLimit(plaintextLimit);
  }

  @Override
  public int getPlaintextDecodeLimit(int ciphertextLimit) {
    return cipher.getPlaintextDecodeLimit(ciphertextLimit);
  }

  @Override
  public int getPlaintextEncodeLimit(int ciphertextLimit) {
    return cipher.getPlaintextEncodeLimit(ciphertextLimit);
  }

  @Override
  public void rekeyDecoder() throws IOException {
    cipher.rekeyDecoder();
  }

  @Override
  public void rekeyEncoder() throws IOException {
    cipher.rekeyEncoder();
  }

  @Override
  public boolean usesOpaqueRecordTypeDecode() {
    return cipher.usesOpaqueRecordTypeDecode();
  }

  @Override
  public boolean usesOpaqueRecordTypeEncode() {
    return cipher.usesOpaqueRecordTypeEncode();
  }
}
