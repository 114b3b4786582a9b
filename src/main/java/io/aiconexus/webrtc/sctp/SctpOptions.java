package io.aiconexus.webrtc.sctp;

import java.time.Duration;

/**
 * What one association may use, and how patient it is.
 *
 * @param port            the SCTP port of both sides, from SDP's {@code sctp-port}; 5000 by custom
 * @param mtu             the longest SCTP packet in bytes, 512 to 65,535
 * @param maxMessageSize  the longest message in bytes taken or given; a longer incoming one aborts the association
 * @param receiveWindow   bytes of incoming messages held at once, at least twice {@code maxMessageSize}
 * @param sendBuffer      bytes of outgoing messages queued at once, each message counted with 64 bytes more than its
 *                        length; at least {@code maxMessageSize} and 64
 * @param maxInFlight     bytes in flight at most, whatever the congestion window would allow; at least 4 packets
 * @param maxStreams      streams offered in each direction, 1 to 65,535
 * @param rtoInitial      the retransmission timeout before anything was measured
 * @param rtoMin          the shortest retransmission timeout
 * @param rtoMax          the longest retransmission timeout
 * @param sackDelay       how long a SACK may wait for company, at most 500 ms (RFC 9260 section 6.2)
 * @param heartbeat       how long the peer may be silent before it is asked, or zero for never
 * @param maxRetransmits  timeouts in a row before the peer counts as unreachable (RFC 9260 section 16)
 * @param cookieLifetime  how long a peer may take to echo its cookie
 */
public record SctpOptions(int port, int mtu, int maxMessageSize, int receiveWindow, int sendBuffer, int maxInFlight,
                          int maxStreams, Duration rtoInitial, Duration rtoMin, Duration rtoMax, Duration sackDelay,
                          Duration heartbeat, int maxRetransmits, Duration cookieLifetime) {

  /**
   * The defaults.
   * <p>
   * 1,150 bytes and the 37 of a DTLS 1.2 record make a UDP payload of 1,187: within the 1,200 that browsers keep to,
   * and with a TURN channel, UDP and IPv6 headers within the 1,280 that every IPv6 path carries. 262,144 is the
   * message size that browsers announce. The shortest timeout of 400 ms is below RFC 9260's 1 s, because WebRTC is
   * interactive, and above the 200 ms that peers may delay a SACK; losses are mostly found without it.
   */
  public static final SctpOptions DEFAULTS = new SctpOptions(
    5000, 1_150, 262_144, 1 << 20, 16 << 20, 4 << 20, 65_535,
    Duration.ofMillis(500), Duration.ofMillis(400), Duration.ofSeconds(10), Duration.ofMillis(20),
    Duration.ofSeconds(30), 10, Duration.ofSeconds(60));

  /** Checks every range. */
  public SctpOptions {
    require(port > 0 && port < 65_536, "port must be 1 to 65535, was " + port);
    require(mtu >= 512 && mtu < 65_536, "mtu must be 512 to 65535, was " + mtu);
    require(maxMessageSize > 0 && maxMessageSize <= 1 << 29, "maxMessageSize must be 1 to 2^29, was " + maxMessageSize);
    require(receiveWindow / 2 >= maxMessageSize,
      "receiveWindow must be at least twice maxMessageSize, was " + receiveWindow);
    require(sendBuffer - 64 >= maxMessageSize, "sendBuffer must be at least maxMessageSize and 64, was " + sendBuffer);
    require(maxInFlight >= 4 * mtu, "maxInFlight must be at least four packets, was " + maxInFlight);
    require(maxStreams > 0 && maxStreams < 65_536, "maxStreams must be 1 to 65535, was " + maxStreams);
    require(rtoMin.toMillis() > 0 && rtoMin.compareTo(rtoMax) <= 0, "rtoMin must be 1 ms to rtoMax, was " + rtoMin);
    require(rtoInitial.compareTo(rtoMin) >= 0 && rtoInitial.compareTo(rtoMax) <= 0,
      "rtoInitial must be between rtoMin and rtoMax, was " + rtoInitial);
    require(!sackDelay.isNegative() && sackDelay.toMillis() <= 500, "sackDelay must be 0 to 500 ms, was " + sackDelay);
    require(!heartbeat.isNegative(), "heartbeat must not be negative, was " + heartbeat);
    require(maxRetransmits > 0, "maxRetransmits must be at least 1, was " + maxRetransmits);
    require(cookieLifetime.toMillis() > 0, "cookieLifetime must be at least 1 ms, was " + cookieLifetime);
  }

  /** The same with another port. */
  public SctpOptions withPort(int other) {
    return new SctpOptions(other, mtu, maxMessageSize, receiveWindow, sendBuffer, maxInFlight, maxStreams,
      rtoInitial, rtoMin, rtoMax, sackDelay, heartbeat, maxRetransmits, cookieLifetime);
  }

  /** The same with another packet size. */
  public SctpOptions withMtu(int other) {
    return new SctpOptions(port, other, maxMessageSize, receiveWindow, sendBuffer, maxInFlight, maxStreams,
      rtoInitial, rtoMin, rtoMax, sackDelay, heartbeat, maxRetransmits, cookieLifetime);
  }

  /** The same with other limits on messages and memory. */
  public SctpOptions withBuffers(int message, int receive, int send) {
    return new SctpOptions(port, mtu, message, receive, send, maxInFlight, maxStreams,
      rtoInitial, rtoMin, rtoMax, sackDelay, heartbeat, maxRetransmits, cookieLifetime);
  }

  /** The same with another limit on what is in flight, such as the size of the socket buffer on a path without loss. */
  public SctpOptions withMaxInFlight(int other) {
    return new SctpOptions(port, mtu, maxMessageSize, receiveWindow, sendBuffer, other, maxStreams,
      rtoInitial, rtoMin, rtoMax, sackDelay, heartbeat, maxRetransmits, cookieLifetime);
  }

  /** The same with another number of streams. */
  public SctpOptions withMaxStreams(int other) {
    return new SctpOptions(port, mtu, maxMessageSize, receiveWindow, sendBuffer, maxInFlight, other,
      rtoInitial, rtoMin, rtoMax, sackDelay, heartbeat, maxRetransmits, cookieLifetime);
  }

  /** The same with another heartbeat interval. */
  public SctpOptions withHeartbeat(Duration other) {
    return new SctpOptions(port, mtu, maxMessageSize, receiveWindow, sendBuffer, maxInFlight, maxStreams,
      rtoInitial, rtoMin, rtoMax, sackDelay, other, maxRetransmits, cookieLifetime);
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("sctp: " + rule);
    }
  }
}
