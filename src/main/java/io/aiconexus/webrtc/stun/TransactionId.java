package io.aiconexus.webrtc.stun;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * The 96 bits that tie a response to its request (RFC 8489 section 5).
 *
 * @param head the first 8 bytes
 * @param tail the last 4 bytes
 */
public record TransactionId(long head, int tail) {
  /** Length in bytes. */
  public static final int LENGTH = 12;

  /** Draws a new one; {@code random} must be cryptographically strong, because guessing it forges a response. */
  public static TransactionId random(RandomGenerator random) {
    return new TransactionId(random.nextLong(), random.nextInt());
  }

  static TransactionId at(ByteBuffer bytes, int index) {
    return new TransactionId(bytes.getLong(index), bytes.getInt(index + 8));
  }
}
