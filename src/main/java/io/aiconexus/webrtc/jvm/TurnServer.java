package io.aiconexus.webrtc.jvm;

import io.aiconexus.webrtc.turn.TurnCredentials;
import io.aiconexus.webrtc.turn.TurnTransport;
import java.net.InetSocketAddress;

/**
 * A TURN server.
 *
 * @param url as it was configured
 * @param address resolved
 * @param transport UDP or TCP
 * @param credentials null for a server that wants none
 */
record TurnServer(String url, InetSocketAddress address, TurnTransport transport, TurnCredentials credentials) {

  boolean isSameAs(TurnServer other) {
    return address.equals(other.address) && transport == other.transport;
  }
}
