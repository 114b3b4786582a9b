package io.aiconexus.webrtc.turn;

import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.util.Objects;

/**
 * What kind of relayed address to ask a server for, and how.
 *
 * @param credentials user name and password, or null for a server that wants none
 * @param transport what carries the packets to the server
 * @param family of the relayed address, whatever the family of the server's own: {@link StandardProtocolFamily#INET} or
 *   {@link StandardProtocolFamily#INET6}
 * @param settings how hard to try
 */
public record TurnOptions(TurnCredentials credentials, TurnTransport transport, ProtocolFamily family,
    TurnSettings settings) {

  /** Checks that what must be there is. */
  public TurnOptions {
    Objects.requireNonNull(transport);
    Objects.requireNonNull(settings);
    if (family != StandardProtocolFamily.INET && family != StandardProtocolFamily.INET6) {
      throw new IllegalArgumentException("turn family must be INET or INET6, was " + family);
    }
  }

  /** An IPv4 address, tried for as the RFCs say. */
  public static TurnOptions of(TurnCredentials credentials, TurnTransport transport) {
    return new TurnOptions(credentials, transport, StandardProtocolFamily.INET, TurnSettings.DEFAULTS);
  }

  /** The same for an IPv6 address. */
  public TurnOptions withIpv6() {
    return new TurnOptions(credentials, transport, StandardProtocolFamily.INET6, settings);
  }
}
