package io.aiconexus.webrtc.sdp;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The hash of a certificate (RFC 8122 section 5).
 *
 * @param algorithm in lower case, such as {@code sha-256}
 * @param hash its bytes, 16 to 64
 */
public record Fingerprint(String algorithm, byte[] hash) {
  /** The one algorithm that every WebRTC peer sends and knows (RFC 8122 section 5). */
  public static final String SHA_256 = "sha-256";

  private static final Pattern ALGORITHM = Pattern.compile("[a-z0-9-]{1,16}");
  private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){15,63}");
  private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();
  private static final int SHA_256_LENGTH = 32;

  /** Checks the form, and for SHA-256 the length. */
  public Fingerprint {
    if (!ALGORITHM.matcher(algorithm).matches() || hash.length < 16 || hash.length > 64) {
      throw new IllegalArgumentException("a fingerprint has a hash name and 16 to 64 bytes");
    }
    if (algorithm.equals(SHA_256) && hash.length != SHA_256_LENGTH) {
      throw new IllegalArgumentException("a sha-256 fingerprint has 32 bytes, was " + hash.length);
    }
    hash = hash.clone();
  }

  /** The value of an {@code a=fingerprint} line; anything else is an {@link IllegalArgumentException}. */
  static Fingerprint parse(String value) {
    int space = value.indexOf(' ');
    String hex = value.substring(space + 1);
    if (space < 0 || !HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException("a fingerprint is a hash name and 16 to 64 pairs of hex digits with colons");
    }
    return new Fingerprint(value.substring(0, space).toLowerCase(Locale.ROOT), COLONS.parseHex(hex));
  }

  /** A copy of the bytes. */
  @Override
  public byte[] hash() {
    return hash.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fingerprint that && algorithm.equals(that.algorithm) && Arrays.equals(hash, that.hash);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hash);
  }

  /** As a description has it: {@code sha-256 AB:CD:...}. */
  @Override
  public String toString() {
    return algorithm + " " + COLONS.formatHex(hash);
  }
}
