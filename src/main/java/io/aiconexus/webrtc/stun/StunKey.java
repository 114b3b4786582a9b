package io.aiconexus.webrtc.stun;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.text.Normalizer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key for MESSAGE-INTEGRITY (RFC 8489 section 14.5). Usable from every thread.
 */
public final class StunKey {
  /** Length of an HMAC-SHA1 in bytes. */
  static final int HMAC_LENGTH = 20;

  private static final String ALGORITHM = "HmacSHA1";

  /** One for each thread: every connection has two keys, and this has three times the size of the rest of a key. */
  private static final ThreadLocal<Mac> MAC = ThreadLocal.withInitial(StunKey::mac);

  private final SecretKeySpec key;

  private StunKey(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  private static Mac mac() {
    try {
      return Mac.getInstance(ALGORITHM);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** The key of a short-term credential (RFC 8489 section 9.1.1), as ICE uses it: the password, not empty. */
  public static StunKey shortTerm(String password) {
    return new StunKey(opaque(password).getBytes(StandardCharsets.UTF_8));
  }

  /** The key of a long-term credential (RFC 8489 section 9.2.2), as TURN uses it: MD5 of the three parts. */
  public static StunKey longTerm(String username, String realm, String password) {
    String text = username + ":" + opaque(realm) + ":" + opaque(password);
    try {
      return new StunKey(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  /** The HMAC of {@code message} up to its limit, with {@code length} in the place of the header's length field. */
  byte[] hmac(ByteBuffer message, int length) {
    Mac mac = MAC.get();
    try {
      mac.init(key);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(ALGORITHM + " takes every key", e);
    }
    ByteBuffer bytes = message.duplicate();
    int end = bytes.limit();
    mac.update(bytes.limit(bytes.position() + 2));
    mac.update((byte) (length >> 8));
    mac.update((byte) length);
    mac.update(bytes.limit(end).position(bytes.position() + 2));
    return mac.doFinal();
  }

  /** The OpaqueString profile of RFC 8265 section 4.2, without its refusals. */
  private static String opaque(String text) {
    return Normalizer.normalize(text.replaceAll("\\p{Zs}", " "), Normalizer.Form.NFC);
  }
}
