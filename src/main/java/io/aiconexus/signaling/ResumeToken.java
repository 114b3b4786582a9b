package io.aiconexus.signaling;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * What an agent can take its session over with, once, and how far the session has come by then.
 * <p>
 * A welcome can die with its socket. So the token that a session was resumed with stays good until the new one arrived,
 * and with it goes what the session before had taken.
 */
final class ResumeToken {

  private final String fresh;
  private final long takenBefore;
  private final boolean counts;
  private String previous;
  private long taken;

  /**
   * @param previous what the session was resumed with, or null
   * @param takenBefore what the welcome says that the session before has taken
   * @param counts whether the agent counts what it gets, and so confirms the welcome
   */
  ResumeToken(String fresh, String previous, long takenBefore, boolean counts) {
    this.fresh = fresh;
    this.previous = previous;
    this.takenBefore = takenBefore;
    this.counts = counts;
  }

  String fresh() {
    return fresh;
  }

  /** Whether the agent counts what it gets. */
  boolean counts() {
    return counts;
  }

  /** The welcome has left; that has to do for an agent that does not count. */
  void left() {
    if (!counts) {
      arrived();
    }
  }

  /** The agent has the fresh token now. */
  void arrived() {
    previous = null;
  }

  /** A frame of the agent's was taken, whatever comes of it. */
  void took() {
    taken++;
    arrived();
  }

  /** Whether {@code offered} is good; compared in constant time. */
  boolean is(String offered) {
    return offered != null && (same(fresh, offered) || previous != null && same(previous, offered));
  }

  /** What was taken of the agent that offers {@code offered}, a good one, since the welcome that it has seen last. */
  long taken(String offered) {
    return same(fresh, offered) ? taken : takenBefore;
  }

  /** The same of what it says to have received; null when it does not count. */
  Long received(String offered, Long says) {
    boolean exact = counts && says != null;
    return !exact ? null : same(fresh, offered) ? says : Long.valueOf(0);
  }

  private static boolean same(String token, String offered) {
    return MessageDigest.isEqual(token.getBytes(StandardCharsets.US_ASCII), offered.getBytes(StandardCharsets.UTF_8));
  }
}
