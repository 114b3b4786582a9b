package io.aiconexus.webrtc.dtls;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.bouncycastle.tls.crypto.impl.TlsAEADCipherImpl;

/**
 * AES-GCM of the Java runtime for BouncyCastle's records: it uses the processor's AES instructions, which
 * BouncyCastle's own cipher in Java cannot. One direction of one connection.
 */
final class AesGcm implements TlsAEADCipherImpl {

  private final int mode;
  private final Cipher cipher;
  private SecretKey key;

  AesGcm(boolean encrypting) {
    mode = encrypting ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
    try {
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no AES/GCM/NoPadding", e);
    }
  }

  @Override
  public void setKey(byte[] bytes, int offset, int length) {
    key = new SecretKeySpec(bytes, offset, length, "AES");
  }

  @Override
  public void init(byte[] nonce, int tagBytes) {
    try {
      cipher.init(mode, key, new GCMParameterSpec(tagBytes * Byte.SIZE, nonce));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM refused its nonce", e);
    }
  }

  @Override
  public int getOutputSize(int inputLength) {
    return cipher.getOutputSize(inputLength);
  }

  /** @throws IllegalStateException if the tag is wrong, which the record layer answers by dropping the record */
  @Override
  public int doFinal(byte[] additionalData, byte[] input, int inputOffset, int inputLength, byte[] output,
      int outputOffset) {
    cipher.updateAAD(additionalData);
    try {
      return cipher.doFinal(input, inputOffset, inputLength, output, outputOffset);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM refused a record", e);
    }
  }
}
