package io.aiconexus.webrtc.ice;

import java.net.InetSocketAddress;

/**
 * Something that datagrams can be sent from: a UDP socket, an allocation on a TURN server, or an end of TCP connections
 * that each carry those for one address.
 * <p>
 * It is the base of RFC 8445: the agent tells handles apart by identity, and two host addresses behind one handle (a
 * socket bound to the wildcard address) make one path, not two.
 */
public interface SocketHandle {
  /**
   * Sends one datagram, or drops it: ICE repeats what matters.
   * <p>
   * Called from within the agent's methods. Must not fail, and must not call back into the agent.
   *
   * @param to always resolved
   * @param datagram not changed afterwards, by neither side; the same array may come again
   */
  void send(InetSocketAddress to, byte[] datagram);
}
