package io.aiconexus.peer;

import static io.aiconexus.config.Section.check;

import io.aiconexus.config.Section;
import java.time.Duration;

/**
 * How hosted agents behave; the {@code peer} object of the configuration.
 *
 * @param connectTimeout how long a link may take until its first channel is open; 100 ms to 10 min, 30 s by default
 * @param maxClockSkew how far another agent's clock may be off before its messages are refused; 1 s to 1 h, 60 s by
 *   default
 * @param maxLinks links one agent holds at most, 1 to 100,000, 1,000 by default; a further OFFER is refused
 * @param maxChannels channels one link holds at most, 1 to 65,534, 256 by default
 * @param earlyCandidates candidates that wait for their description at most, 1 to 1,000, 64 by default
 * @param execTimeout how long an EXEC or INTENT waits for its answer when the caller does not say; 1 ms to 1 h, 30 s by
 *   default
 * @param execInFlight requests of other agents that one agent works on at a time, 1 to 100,000, 256 by default
 * @param inboxWindow channel messages that wait for the application's reply at a time per channel, 1 to 10,000, 64 by
 *   default
 */
public record PeerOptions(Duration connectTimeout, Duration maxClockSkew, int maxLinks, int maxChannels,
                          int earlyCandidates, Duration execTimeout, int execInFlight, int inboxWindow) {

  /** What {@code conf/aiconexus.json} has. */
  public static final PeerOptions DEFAULTS = new PeerOptions(Duration.ofSeconds(30), Duration.ofSeconds(60), 1_000, 256,
    64, Duration.ofSeconds(30), 256, 64);

  /** Longest time that a caller may ask a connect, EXEC or INTENT to take: one hour. */
  static final long WAIT_MAX_MS = 3_600_000;

  /** Checks every range. */
  public PeerOptions {
    checkMillis("peer.connect_timeout_ms", connectTimeout, 100, 600_000);
    checkMillis("peer.max_clock_skew_ms", maxClockSkew, 1_000, 3_600_000);
    checkCount("peer.max_links", maxLinks, 100_000);
    checkCount("peer.max_channels", maxChannels, 65_534);
    checkCount("peer.early_candidates", earlyCandidates, 1_000);
    checkMillis("peer.exec_timeout_ms", execTimeout, 1, WAIT_MAX_MS);
    checkCount("peer.exec_in_flight", execInFlight, 100_000);
    checkCount("peer.inbox_window", inboxWindow, 10_000);
  }

  /** Reads the {@code peer} object; what is absent keeps its default, what is unknown is refused. */
  public static PeerOptions from(Section section) {
    PeerOptions options = new PeerOptions(
      section.millis("connect_timeout_ms", DEFAULTS.connectTimeout),
      section.millis("max_clock_skew_ms", DEFAULTS.maxClockSkew),
      section.integer("max_links", DEFAULTS.maxLinks),
      section.integer("max_channels", DEFAULTS.maxChannels),
      section.integer("early_candidates", DEFAULTS.earlyCandidates),
      section.millis("exec_timeout_ms", DEFAULTS.execTimeout),
      section.integer("exec_in_flight", DEFAULTS.execInFlight),
      section.integer("inbox_window", DEFAULTS.inboxWindow));
    section.end();
    return options;
  }

  private static void checkMillis(String key, Duration value, long min, long max) {
    check(value.toMillis() >= min && value.toMillis() <= max, key, min + " to " + max, value.toMillis());
  }

  private static void checkCount(String key, int value, int max) {
    check(value >= 1 && value <= max, key, "1 to " + max, value);
  }
}
