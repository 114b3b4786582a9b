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
 * A record cipher that lets no handshake message through which announces more bytes than {@link HandshakeLimits} allow.
 * <p>
 * BouncyCastle reserves what a fragment announces, up to 16 MiB, for each of 16 messages. Messages in the clear are judged before
 * they reach it; those under encryption can only be judged here.
 */
final class BoundedCipher implements TlsCipher {

  private final TlsCipher cipher;

  BoundedCipher(TlsCipher cipher) {
    this.cipher = cipher;
  }

  @Override
  public TlsDecodeResult decodeCiphertext(long sequence, short recordType, ProtocolVersion version, byte[] ciphertext,
      int offset, int length) throws IOException {
    TlsDecodeResult decoded = cipher.decodeCiphertext(sequence, recordType, version, ciphertext, offset, length);
    if (decoded.contentType == ContentType.handshake
        && !HandshakeLimits.allow(decoded.buf, decoded.off, decoded.off + decoded.len)) {
      throw new TlsFatalAlert(AlertDescription.bad_record_mac);   // the one alert after which a record is dropped silently
    }
    return decoded;
  }

  @Override
  public TlsEncodeResult encodePlaintext(long sequence, short contentType, ProtocolVersion version, int headerAllocation,
      byte[] plaintext, int offset, int length) throws IOException {
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
