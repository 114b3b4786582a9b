package io.aiconexus.webrtc.ice;

import java.time.Duration;

/**
 * How fast, how long and how much an agent tries.
 *
 * @param pace time between two new checks: Ta, 50 ms (RFC 8445 section 14.2); 5 ms to 1 s
 * @param burst checks that may go out at once after a pause, before the pace holds; 5 small packets are half of what
 *   RFC 6928 allows anyone at the start; 1 to 10
 * @param retransmit first interval between repetitions, doubled each time: 500 ms (section 14.3); 50 ms to 3 s
 * @param transmissions times one check is sent: Rc, 7 (RFC 8489 section 6.2.1); 1 to 10
 * @param gatheringTransmissions times a STUN server is asked: 4, so that a silent one costs 11.5 s; 1 to 10
 * @param settle time that better pairs get to prove themselves once one works, before it is nominated: 200 ms, hidden
 *   from the user because data flows meanwhile; 0 to 10 s
 * @param relaySettle the same when the best pair goes through a relay or over TCP: 1 s; 0 to 30 s
 * @param patience time without any working pair after which the search has failed: 39.5 s (RFC 8863 section 4), counted
 *   from when both sides know each other; 1 s to 5 min
 * @param consentInterval mean time between consent checks: 5 s (RFC 7675 section 5.1); 5 s to 20 s
 * @param consentExpiry time after the last answer when sending must end: 30 s (RFC 7675 section 5.1); 5 s to 30 s
 * @param disconnectedAfter time for which a consent check stays unanswered before the state says so: 5 s; 1 s to 30 s
 * @param maxRemoteCandidates candidates of the peer that are kept: 64; 1 to 1,000
 * @param maxPairs pairs that are kept: 100 (RFC 8445 section 6.1.2.5); 1 to 1,000
 */
public record IceSettings(Duration pace, int burst, Duration retransmit, int transmissions,
    int gatheringTransmissions, Duration settle, Duration relaySettle, Duration patience, Duration consentInterval,
    Duration consentExpiry, Duration disconnectedAfter, int maxRemoteCandidates, int maxPairs) {

  /** What the RFCs say. */
  public static final IceSettings DEFAULTS = new IceSettings(Duration.ofMillis(50), 5, Duration.ofMillis(500), 7, 4,
    Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofMillis(39_500), Duration.ofSeconds(5),
    Duration.ofSeconds(30), Duration.ofSeconds(5), 64, 100);

  /** Checks every range. */
  public IceSettings {
    within("pace", pace, 5, 1_000);
    within("burst", burst, 1, 10);
    within("retransmit", retransmit, 50, 3_000);
    within("transmissions", transmissions, 1, 10);
    within("gatheringTransmissions", gatheringTransmissions, 1, 10);
    within("settle", settle, 0, 10_000);
    within("relaySettle", relaySettle, 0, 30_000);
    within("patience", patience, 1_000, 300_000);
    within("consentInterval", consentInterval, 5_000, 20_000);
    within("consentExpiry", consentExpiry, 5_000, 30_000);
    within("disconnectedAfter", disconnectedAfter, 1_000, 30_000);
    within("maxRemoteCandidates", maxRemoteCandidates, 1, 1_000);
    within("maxPairs", maxPairs, 1, 1_000);
  }

  /** The same with another limit to how long the search may take. */
  public IceSettings withPatience(Duration longer) {
    return new IceSettings(pace, burst, retransmit, transmissions, gatheringTransmissions, settle, relaySettle, longer,
      consentInterval, consentExpiry, disconnectedAfter, maxRemoteCandidates, maxPairs);
  }

  private static void within(String name, Duration value, long min, long max) {
    if (value.compareTo(Duration.ofMillis(min)) < 0 || value.compareTo(Duration.ofMillis(max)) > 0) {
      throw new IllegalArgumentException(
        "ice " + name + " must be " + min + " to " + max + " ms, was " + value.toMillis());
    }
  }

  private static void within(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException("ice " + name + " must be " + min + " to " + max + ", was " + value);
    }
  }
}
