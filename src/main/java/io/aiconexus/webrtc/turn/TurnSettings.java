package io.aiconexus.webrtc.turn;

import java.time.Duration;

/**
 * How fast, how long and how much a client of a TURN server tries.
 *
 * @param retransmit first interval between repetitions over UDP, doubled each time: 500 ms (RFC 8489 section 6.2.1);
 *   50 ms to 3 s
 * @param transmissions times a request is sent over UDP: Rc, 7 (RFC 8489 section 6.2.1); 1 to 10
 * @param allocateTransmissions the same for the first request: 4, so that a silent server costs 11.5 s; 1 to 10
 * @param streamTimeout time a request over TCP or TLS waits for its answer: Ti, 39.5 s (RFC 8489 section 6.2.2);
 *   1 s to 2 min
 * @param maxPermissions IP addresses of peers that are let through at the same time: 128; 1 to 1,000
 * @param maxChannels peers with a channel number: 16, of which one is in use and the others run out; 1 to 1,000
 */
public record TurnSettings(Duration retransmit, int transmissions, int allocateTransmissions, Duration streamTimeout,
    int maxPermissions, int maxChannels) {

  /** What the RFCs say. */
  public static final TurnSettings DEFAULTS =
    new TurnSettings(Duration.ofMillis(500), 7, 4, Duration.ofMillis(39_500), 128, 16);

  /** Checks every range. */
  public TurnSettings {
    within("retransmit in ms", retransmit.toMillis(), 50, 3_000);
    within("transmissions", transmissions, 1, 10);
    within("allocateTransmissions", allocateTransmissions, 1, 10);
    within("streamTimeout in ms", streamTimeout.toMillis(), 1_000, 120_000);
    within("maxPermissions", maxPermissions, 1, 1_000);
    within("maxChannels", maxChannels, 1, 1_000);
  }

  private static void within(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException("turn " + name + " must be " + min + " to " + max + ", was " + value);
    }
  }
}
