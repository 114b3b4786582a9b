package io.aiconexus.webrtc.sctp;

import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what a peer's INIT said into a cookie, so that nothing needs to be remembered until it comes back (RFC 9260
 * section 5.1.3): the fields, when it was made, and an HMAC-SHA-256 over both.
 */
final class StateCookie {

  static final int KEY_BYTES = 32;

  private static final String ALGORITHM = "HmacSHA256";
  private static final int MAC_BYTES = 32;
  private static final int FIELDS = 8 + 4 + 4 + 4 + 2 + 2 + 4 + 4;

  /** The fields of a cookie whose seal is right. */
  record Opened(long madeAt, int localTag, InitChunk peer) {
  }

  private final byte[] key;

  StateCookie(byte[] key) {
    this.key = key.clone();
  }

  byte[] seal(InitChunk peer, int localTag, long now) {
    ByteBuffer cookie = ByteBuffer.allocate(FIELDS + MAC_BYTES)
      .putLong(now)
      .putInt(localTag)
      .putInt(peer.tag())
      .putInt((int) peer.window())
      .putShort((short) peer.outbound())
      .putShort((short) peer.inbound())
      .putInt(peer.initialTsn())
      .putInt((peer.forwardTsn() ? 1 : 0) | (peer.reconfiguration() ? 2 : 0));
    return cookie.put(mac(Arrays.copyOf(cookie.array(), FIELDS))).array();
  }

  /** The cookie's fields, or nothing when it is not one of ours. */
  Optional<Opened> open(byte[] cookie) {
    if (cookie.length != FIELDS + MAC_BYTES) {
      return Optional.empty();
    }
    byte[] seal = Arrays.copyOfRange(cookie, FIELDS, cookie.length);
    if (!MessageDigest.isEqual(mac(Arrays.copyOf(cookie, FIELDS)), seal)) {
      return Optional.empty();
    }
    ByteBuffer fields = ByteBuffer.wrap(cookie);
    long madeAt = fields.getLong();
    int localTag = fields.getInt();
    int tag = fields.getInt();
    long window = fields.getInt() & 0xFFFF_FFFFL;
    int outbound = fields.getShort() & 0xFFFF;
    int inbound = fields.getShort() & 0xFFFF;
    int initialTsn = fields.getInt();
    int features = fields.getInt();
    return Optional.of(new Opened(madeAt, localTag, new InitChunk(tag, window, outbound, inbound, initialTsn,
      (features & 1) != 0, (features & 2) != 0, null, new byte[0])));
  }

  private byte[] mac(byte[] fields) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(fields);
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
    }
  }
}
