package io.aiconexus.webrtc.ice;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * User name fragment and password of one agent for one ICE generation (RFC 8839 section 5.4).
 *
 * @param ufrag 4 to 256 letters, digits, {@code +} or {@code /}
 * @param password 22 to 256 of the same; proves who sent a check
 */
public record IceCredentials(String ufrag, String password) {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final Pattern UFRAG = Pattern.compile("[A-Za-z0-9+/]{4,256}");
  private static final Pattern PASSWORD = Pattern.compile("[A-Za-z0-9+/]{22,256}");
  /** 48 bits: RFC 8445 section 5.3 wants 24, and a shared socket tells its connections apart by it. */
  private static final int UFRAG_LENGTH = 8;
  /** 144 bits: RFC 8445 section 5.3 wants 128. */
  private static final int PASSWORD_LENGTH = 24;

  /** Checks both; the text of the failure does not show the password. */
  public IceCredentials {
    if (!isUfrag(ufrag)) {
      throw new IllegalArgumentException("ice-ufrag must be 4 to 256 letters, digits, + or /");
    }
    if (!PASSWORD.matcher(password).matches()) {
      throw new IllegalArgumentException("ice-pwd must be 22 to 256 letters, digits, + or /");
    }
  }

  /** Draws new ones; {@code random} must be cryptographically strong. */
  public static IceCredentials random(RandomGenerator random) {
    return new IceCredentials(word(random, UFRAG_LENGTH), word(random, PASSWORD_LENGTH));
  }

  /** Tells whether a text has the form of a user name fragment. */
  public static boolean isUfrag(String text) {
    return UFRAG.matcher(text).matches();
  }

  /** Without the password, so that a log line cannot leak it. */
  @Override
  public String toString() {
    return "IceCredentials[" + ufrag + "]";
  }

  private static String word(RandomGenerator random, int length) {
    StringBuilder word = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      word.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return word.toString();
  }
}
