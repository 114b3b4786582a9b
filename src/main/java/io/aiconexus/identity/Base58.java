package io.aiconexus.identity;

import java.util.Arrays;

/**
 * Base58 in the Bitcoin alphabet, as multibase code {@code z} of did:key uses it.
 * <p>
 * Works on 32-bit limbs, five characters at a step: a DID is decoded for every message, so the textbook
 * digit-by-digit division would show in the gateway's profile.
 */
final class Base58 {

  private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final byte[] VALUES = values();
  private static final int STEP = 5;

  private Base58() {
  }

  static String encode(byte[] bytes) {
    int zeros = 0;
    while (zeros < bytes.length && bytes[zeros] == 0) {
      zeros++;
    }
    byte[] number = bytes.clone();
    char[] text = new char[bytes.length * 138 / 100 + 1];
    int at = text.length;
    for (int start = zeros; start < number.length; ) {
      int remainder = 0;
      for (int i = start; i < number.length; i++) {
        int value = remainder * 256 + (number[i] & 0xff);
        number[i] = (byte) (value / 58);
        remainder = value % 58;
      }
      text[--at] = ALPHABET.charAt(remainder);
      if (number[start] == 0) {
        start++;
      }
    }
    return "1".repeat(zeros) + new String(text, at, text.length - at);
  }

  /**
   * Decodes {@code text} from {@code from} into exactly {@code length} bytes; null when it is not their Base58 form.
   */
  static byte[] decode(String text, int from, int length) {
    int[] limbs = new int[(length + 3) / 4];
    for (int i = from; i < text.length(); i += STEP) {
      long chunk = 0;
      long scale = 1;
      for (int j = i; j < Math.min(i + STEP, text.length()); j++) {
        char c = text.charAt(j);
        int digit = c < VALUES.length ? VALUES[c] : -1;
        if (digit < 0) {
          return null;
        }
        chunk = chunk * 58 + digit;
        scale *= 58;
      }
      if (!multiplyAdd(limbs, scale, chunk)) {
        return null;
      }
    }
    byte[] bytes = bigEndian(limbs, length);
    return bytes != null && leadingZeros(bytes) == leadingOnes(text, from) ? bytes : null;
  }

  private static boolean multiplyAdd(int[] limbs, long factor, long carry) {
    for (int i = 0; i < limbs.length; i++) {
      long value = (limbs[i] & 0xffff_ffffL) * factor + carry;
      limbs[i] = (int) value;
      carry = value >>> 32;
    }
    return carry == 0;
  }

  private static byte[] bigEndian(int[] limbs, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < limbs.length * 4; i++) {
      byte value = (byte) (limbs[i / 4] >>> 8 * (i % 4));
      if (i < length) {
        bytes[length - 1 - i] = value;
      } else if (value != 0) {
        return null;
      }
    }
    return bytes;
  }

  private static int leadingZeros(byte[] bytes) {
    int count = 0;
    while (count < bytes.length && bytes[count] == 0) {
      count++;
    }
    return count;
  }

  private static int leadingOnes(String text, int from) {
    int count = 0;
    while (from + count < text.length() && text.charAt(from + count) == '1') {
      count++;
    }
    return count;
  }

  private static byte[] values() {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < ALPHABET.length(); i++) {
      values[ALPHABET.charAt(i)] = (byte) i;
    }
    return values;
  }
}
