package io.aiconexus.webrtc.sctp;

import java.util.Arrays;

/** A cursor over the type-length-value parameters inside a chunk (RFC 9260 section 3.2.1). */
final class Parameters {

  static final int HEADER = 4;

  private final byte[] packet;
  private final int end;
  private int at;
  private int next;

  Parameters(byte[] packet, int from, int end) {
    this.packet = packet;
    this.next = from;
    this.end = end;
  }

  /** Moves to the next parameter; false at the end. Fails with a {@link Violation} when its length is wrong. */
  boolean next() {
    if (end - next < HEADER) {
      return false;
    }
    at = next;
    int size = Wire.uint16(packet, at + 2);
    if (size < HEADER || size > end - at) {
      throw new Violation("parameter " + type() + " says it is " + size + " bytes long, " + (end - at) + " are left");
    }
    next = at + Wire.padded(size);
    return true;
  }

  int type() {
    return Wire.uint16(packet, at);
  }

  /** Where the value begins. */
  int body() {
    return at + HEADER;
  }

  /** The value's length without header and padding. */
  int length() {
    return Wire.uint16(packet, at + 2) - HEADER;
  }

  byte[] value() {
    return Arrays.copyOfRange(packet, body(), body() + length());
  }

  /** The parameter as it came, header included, padded. */
  byte[] whole() {
    return Arrays.copyOf(Arrays.copyOfRange(packet, at, body() + length()), Wire.padded(HEADER + length()));
  }

  void require(int bytes) {
    if (length() < bytes) {
      throw new Violation("parameter " + type() + " has " + length() + " bytes, needs " + bytes);
    }
  }
}
