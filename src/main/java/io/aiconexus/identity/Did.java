package io.aiconexus.identity;

import java.util.Arrays;

/**
 * The name of an agent: a {@code did:key} that holds an Ed25519 public key.
 * <p>
 * Holding one means that it is valid: {@code did:key:z} followed by the Base58 form of the bytes {@code ed 01} and the
 * 32 bytes of the key, in its one canonical spelling (W3C did:key method, section 3.1.1).
 */
public final class Did {

  /** Number of bytes of an Ed25519 public key (RFC 8032, section 5.1.5). */
  public static final int KEY_BYTES = 32;

  private static final String PREFIX = "did:key:z";
  private static final int MULTICODEC_BYTES = 2;
  private static final int TEXT_MAX = 64;
  /**
   * DIDs that were read before, by the end of their text. A gateway reads the same ones with every message, and two
   * fresh reads were a third of reading an envelope. Losing a race here only means reading once more.
   */
  private static final Did[] READ_BEFORE = new Did[4_096];

  private final String text;
  private final byte[] publicKey;

  private Did(String text, byte[] publicKey) {
    this.text = text;
    this.publicKey = publicKey;
  }

  /**
   * Reads a DID.
   *
   * @throws IllegalArgumentException when {@code text} is not a did:key of an Ed25519 key, saying which rule it breaks
   */
  public static Did parse(String text) {
    int place = place(text);
    Did before = READ_BEFORE[place];
    if (before != null && before.text.equals(text)) {
      return before;
    }
    Did did = read(text);
    READ_BEFORE[place] = did;
    return did;
  }

  /** Two characters of Base58 are 3,364 places: enough, and a tenth of the price of a hash of all of them. */
  private static int place(String text) {
    int length = text.length();
    return length < 2 ? 0 : (text.charAt(length - 1) & 0x3f) << 6 | text.charAt(length - 2) & 0x3f;
  }

  private static Did read(String text) {
    if (!text.startsWith(PREFIX)) {
      throw malformed(text, "it must start with " + PREFIX);
    }
    byte[] bytes = text.length() > TEXT_MAX ? null : Base58.decode(text, PREFIX.length(), MULTICODEC_BYTES + KEY_BYTES);
    if (bytes == null) {
      throw malformed(text, "after " + PREFIX + " it must be Base58 of exactly 34 bytes");
    }
    if (bytes[0] != (byte) 0xed || bytes[1] != 0x01) {
      throw malformed(text, "only Ed25519 keys (multicodec ed 01, did:key:z6Mk...) are accepted");
    }
    return new Did(text, Arrays.copyOfRange(bytes, MULTICODEC_BYTES, bytes.length));
  }

  /**
   * Names the owner of a public key.
   *
   * @param publicKey the 32 bytes of an Ed25519 public key
   * @throws IllegalArgumentException when it is not 32 bytes long
   */
  public static Did of(byte[] publicKey) {
    if (publicKey.length != KEY_BYTES) {
      throw new IllegalArgumentException("an Ed25519 public key has 32 bytes, this one has " + publicKey.length);
    }
    byte[] bytes = new byte[MULTICODEC_BYTES + KEY_BYTES];
    bytes[0] = (byte) 0xed;
    bytes[1] = 0x01;
    System.arraycopy(publicKey, 0, bytes, MULTICODEC_BYTES, KEY_BYTES);
    return new Did(PREFIX + Base58.encode(bytes), publicKey.clone());
  }

  /** The 32 bytes of the public key, a copy. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** The public key as Base58btc of its 32 bytes, the form of the {@code public_key} field of REGISTER. */
  public String publicKeyBase58() {
    return Base58.encode(publicKey);
  }

  byte[] key() {
    return publicKey;
  }

  /** Whether {@code other} is this very text; spares a parse where only equality matters. */
  public boolean is(String other) {
    return text.equals(other);
  }

  /** The DID as text, {@code did:key:z6Mk...}. */
  @Override
  public String toString() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Did did && did.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  private static IllegalArgumentException malformed(String text, String rule) {
    return new IllegalArgumentException("not a DID: \"" + abbreviate(text) + "\": " + rule);
  }

  private static String abbreviate(String text) {
    String shown = text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "...";
    return shown.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
