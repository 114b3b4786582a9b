package io.aiconexus.webrtc.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Bends valid inputs: cuts, flips, repeats and joins them, and puts in lengths that are wrong. */
public final class Mutator {
  private static final int[] LENGTHS =
    {0, 1, 2, 3, 4, 5, 8, 12, 16, 19, 20, 64, 127, 128, 255, 256, 4_096, 32_767, 32_768, 65_532, 65_535};
  /** Enough for every length of 16 bits. */
  private static final int LONGEST = 70_000;
  private static final int BINARY = -1;

  private final List<byte[]> seeds;
  private final int separator;

  private Mutator(List<byte[]> seeds, int separator) {
    this.seeds = seeds;
    this.separator = separator;
  }

  /** Cuts mostly between words of 32 bits, as the fields of most protocols are aligned. */
  public static Mutator ofBytes(List<byte[]> seeds) {
    return new Mutator(seeds, BINARY);
  }

  /** Cuts mostly behind a separator, such as a line feed. */
  public static Mutator ofText(List<String> seeds, char separator) {
    return new Mutator(seeds.stream().map(seed -> seed.getBytes(StandardCharsets.UTF_8)).toList(), separator);
  }

  /** One of the seeds after up to four changes; the same for the same numbers. */
  public byte[] next(SplittableRandom random) {
    byte[] bytes = seed(random).clone();
    for (int changes = random.nextInt(5); changes > 0; changes--) {
      bytes = random.nextBoolean() ? touched(bytes, random) : moved(bytes, random);
    }
    return bytes;
  }

  private byte[] seed(SplittableRandom random) {
    return seeds.get(random.nextInt(seeds.size()));
  }

  private static byte[] touched(byte[] bytes, SplittableRandom random) {
    if (bytes.length < 2) {
      return bytes;
    }
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(4)) {
      case 0 -> bytes[at] = (byte) random.nextInt();
      case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> bytes[at] += (byte) (random.nextBoolean() ? 1 : -1);
      default -> {
        int length = LENGTHS[random.nextInt(LENGTHS.length)];
        int high = Math.min(at & ~1, bytes.length - 2);
        bytes[high] = (byte) (length >> 8);
        bytes[high + 1] = (byte) length;
      }
    }
    return bytes;
  }

  private byte[] moved(byte[] bytes, SplittableRandom random) {
    byte[] other = seed(random);
    int at = cut(bytes, random);
    int from = cut(other, random);
    int to = Math.max(from, cut(other, random));
    return switch (random.nextInt(6)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> Arrays.copyOf(bytes, bytes.length + random.nextInt(40));
      case 2 -> join(bytes, at, other, from, to, 1, Math.max(at, cut(bytes, random)));
      case 3 -> join(bytes, at, other, from, to, 1, at);
      case 4 -> join(bytes, at, other, from, to, random.nextInt(8) == 0 ? random.nextInt(1_000) : 2, at);
      default -> join(bytes, at, other, from, other.length, 1, bytes.length);
    };
  }

  /** A beginning, a part of another as often as said, and an end. */
  private static byte[] join(byte[] bytes, int head, byte[] other, int from, int to, int times, int tail) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream(bytes.length + other.length);
    joined.write(bytes, 0, head);
    for (int i = 0; i < times && joined.size() < LONGEST; i++) {
      joined.write(other, from, to - from);
    }
    joined.write(bytes, tail, bytes.length - tail);
    return joined.size() > LONGEST ? Arrays.copyOf(joined.toByteArray(), LONGEST) : joined.toByteArray();
  }

  private int cut(byte[] bytes, SplittableRandom random) {
    int at = random.nextInt(bytes.length + 1);
    if (random.nextInt(4) == 0) {
      return at;
    }
    if (separator == BINARY) {
      return at & ~3;
    }
    while (at > 0 && bytes[at - 1] != separator) {
      at--;
    }
    return at;
  }
}
