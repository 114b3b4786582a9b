package io.aiconexus.webrtc.dtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The hash of a certificate as a session description carries it (RFC 8122, section 5): {@code sha-256 4A:AD:…}.
 *
 * @param algorithm {@code sha-256}, {@code sha-384} or {@code sha-512}; the older ones are not trusted
 * @param value bytes in upper-case hexadecimal, colons between
 */
public record DtlsFingerprint(String algorithm, String value) {

  private static final Map<String, Integer> BITS = Map.of("sha-256", 256, "sha-384", 384, "sha-512", 512);
  private static final HexFormat FORM = HexFormat.ofDelimiter(":").withUpperCase();

  public DtlsFingerprint {
    algorithm = algorithm.toLowerCase(Locale.ROOT);
    value = value.toUpperCase(Locale.ROOT);
    Integer bits = BITS.get(algorithm);
    if (bits == null) {
      throw new IllegalArgumentException("a fingerprint's algorithm must be one of sha-256, sha-384, sha-512");
    }
    if (!value.matches("[0-9A-F]{2}(:[0-9A-F]{2}){" + (bits / 8 - 1) + "}")) {
      throw new IllegalArgumentException("a " + algorithm + " fingerprint must be " + bits / 8 + " bytes in hex");
    }
  }

  /**
   * Reads the value of an {@code a=fingerprint} line.
   *
   * @throws IllegalArgumentException if it is none, or of an algorithm that is not trusted
   */
  public static DtlsFingerprint parse(String text) {
    int space = text.indexOf(' ');
    if (space < 0) {
      throw new IllegalArgumentException("a fingerprint must be an algorithm, a space and a value");
    }
    return new DtlsFingerprint(text.substring(0, space), text.substring(space + 1).strip());
  }

  /** The sha-256 fingerprint of a certificate in DER. */
  public static DtlsFingerprint of(byte[] certificate) {
    return hash("sha-256", certificate);
  }

  /**
   * Tells whether a certificate is among the expected. Of several algorithms only the strongest counts (RFC 8122,
   * section 5.1), and nothing matches an empty list.
   */
  static boolean anyMatches(Collection<DtlsFingerprint> expected, byte[] certificate) {
    int strongest = expected.stream().mapToInt(DtlsFingerprint::bits).max().orElse(0);
    List<DtlsFingerprint> deciding = expected.stream().filter(one -> one.bits() == strongest).toList();
    return deciding.stream().anyMatch(one -> one.equals(hash(one.algorithm, certificate)));
  }

  private int bits() {
    return BITS.get(algorithm);
  }

  private static DtlsFingerprint hash(String algorithm, byte[] certificate) {
    try {
      byte[] digest = MessageDigest.getInstance(algorithm.toUpperCase(Locale.ROOT)).digest(certificate);
      return new DtlsFingerprint(algorithm, FORM.formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no " + algorithm, e);
    }
  }

  /** As in {@code a=fingerprint:}. */
  @Override
  public String toString() {
    return algorithm + " " + value;
  }
}
