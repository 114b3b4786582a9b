package io.aiconexus.webrtc.turn;

import java.nio.charset.StandardCharsets;

/**
 * A long-term credential (RFC 8489 section 9.2).
 *
 * @param username 1 to 508 bytes of UTF-8 (RFC 8489 section 14.3)
 * @param password not empty
 */
public record TurnCredentials(String username, String password) {
  private static final int MAX_USERNAME = 508;

  /** Checks both; the text of the failure shows neither. */
  public TurnCredentials {
    int length = username.getBytes(StandardCharsets.UTF_8).length;
    if (length < 1 || length > MAX_USERNAME) {
      throw new IllegalArgumentException("a TURN user name has 1 to 508 bytes of UTF-8, had " + length);
    }
    if (password.isEmpty()) {
      throw new IllegalArgumentException("a TURN password must not be empty");
    }
  }

  /** Without the password, so that a log line cannot leak it. */
  @Override
  public String toString() {
    return "TurnCredentials[" + username + "]";
  }
}
