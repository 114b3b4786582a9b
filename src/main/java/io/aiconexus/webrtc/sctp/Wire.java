package io.aiconexus.webrtc.sctp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Big-endian fields in a byte array, as every SCTP header has them. */
final class Wire {

  private static final VarHandle INT =
    MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle SHORT =
    MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

  private Wire() {
  }

  static int uint8(byte[] bytes, int at) {
    return bytes[at] & 0xFF;
  }

  static int uint16(byte[] bytes, int at) {
    return (short) SHORT.get(bytes, at) & 0xFFFF;
  }

  static void uint16(byte[] bytes, int at, int value) {
    SHORT.set(bytes, at, (short) value);
  }

  static int int32(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  static void int32(byte[] bytes, int at, int value) {
    INT.set(bytes, at, value);
  }

  static long uint32(byte[] bytes, int at) {
    return int32(bytes, at) & 0xFFFF_FFFFL;
  }

  /** The length with the zero bytes that fill the last 32-bit word (RFC 9260 section 3.2). */
  static int padded(int length) {
    return length + 3 & ~3;
  }

  /**
   * The 64-bit number closest to {@code near} whose low 32 bits are {@code low}: serial numbers (RFC 1982) without
   * wrapping.
   */
  static long extend(long near, int low) {
    return near + (low - (int) near);
  }
}
