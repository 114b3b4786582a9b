package io.aiconexus.webrtc.dtls;

import java.time.Duration;

/**
 * How DTLS connections use the network and how long they try.
 *
 * @param datagramSize the most bytes in a datagram sent, 512 to 4096; handshake messages are cut to fit
 * @param firstRetransmission when a flight is sent again first, 20 ms to 10 s; doubles from there (RFC 6347, section
 *     4.2.4.1)
 * @param handshakeTimeout how long a handshake may take with everything, waiting for a worker included; 1 s to 5 min
 * @param earlyDatagrams how many datagrams wait for the handshake to read them, and as many again of application data
 *     that overtook its end; 4 to 1024, more are dropped
 */
public record DtlsSettings(int datagramSize, Duration firstRetransmission, Duration handshakeTimeout,
    int earlyDatagrams) {

  /**
   * 1200 bytes pass every path QUIC passes (RFC 9000, section 14) and leave room for TURN; behind ICE the round trip is
   * known to be short, so 200 ms instead of the 1 s of RFC 6347 spare a lost datagram most of its cost.
   */
  public static final DtlsSettings DEFAULTS =
    new DtlsSettings(1200, Duration.ofMillis(200), Duration.ofSeconds(30), 64);

  public DtlsSettings {
    require(datagramSize >= 512 && datagramSize <= Wire.LARGEST_DATAGRAM,
      "dtls.datagramSize must be 512 to " + Wire.LARGEST_DATAGRAM + ", was " + datagramSize);
    require(within(firstRetransmission, Duration.ofMillis(20), Duration.ofSeconds(10)),
      "dtls.firstRetransmissionMs must be 20 to 10000, was " + firstRetransmission.toMillis());
    require(within(handshakeTimeout, Duration.ofSeconds(1), Duration.ofMinutes(5)),
      "dtls.handshakeTimeoutMs must be 1000 to 300000, was " + handshakeTimeout.toMillis());
    require(earlyDatagrams >= 4 && earlyDatagrams <= 1024,
      "dtls.earlyDatagrams must be 4 to 1024, was " + earlyDatagrams);
  }

  private static boolean within(Duration value, Duration least, Duration most) {
    return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
