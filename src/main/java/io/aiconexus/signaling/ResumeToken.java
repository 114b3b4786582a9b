package io.aiconexus.signaling;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * What an agent can take its session over with, once.
 * <p>
 * A welcome can die with its socket. So the token that a session was resumed with stays good until the new one left.
 */
final class ResumeToken {

  private final String fresh;
  private final long takenBefore;
  private String previous;

  /**
   * @param previous what the session was resumed with, or null
   * @param takenBefore what the welcome says that the session before has taken
   */
  ResumeToken(String fresh, String previous, long takenBefore) {
    this.fresh = fresh;
    this.previous = previous;
    this.takenBefore = takenBefore;
  }

  String fresh() {
    return fresh;
  }

  /** The agent has the fresh token now. */
  void handedOver() {
    previous = null;
  }

  /** Whether {@code offered} is good; compared in constant time. */
  boolean is(String offered) {
    return offered != null && (same(fresh, offered) || previous != null && same(previous, offered));
  }

  /** Whether the agent that offers {@code offered}, which is good, has not seen the welcome of this session. */
  boolean isUnseenBy(String offered) {
    return !same(fresh, offered);
  }

  /** What the welcome said that the session before has taken. */
  long takenBefore() {
    return takenBefore;
  }

  private static boolean same(String token, String offered) {
    return MessageDigest.isEqual(token.getBytes(StandardCharsets.US_ASCII), offered.getBytes(StandardCharsets.UTF_8));
  }
}
