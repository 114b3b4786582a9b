package io.aiconexus.webrtc.jvm;

import io.aiconexus.webrtc.ice.IceAgent;
import io.aiconexus.webrtc.ice.SocketHandle;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TCP connections of one connection: each is opened when a check first goes to its address, and not again in the
 * same search once it has ended; on the loop.
 */
final class TcpOutlet implements SocketHandle, TcpConnection.User {

  private static final Logger log = LoggerFactory.getLogger(TcpOutlet.class);
  /** Connections at once, so that no list of candidates uses up the descriptors; until one ends, checks are lost. */
  private static final int MOST = 8;

  private final LoopSockets sockets;
  private final Receiver user;
  private final IceAgent agent;
  private final Map<InetSocketAddress, TcpConnection> connections = new HashMap<>(0);
  private final Set<InetSocketAddress> ended = new HashSet<>(0);

  /** @param user gets the data that comes over TCP, and hears of the end of each burst */
  TcpOutlet(LoopSockets sockets, Receiver user, IceAgent agent) {
    this.sockets = sockets;
    this.user = user;
    this.agent = agent;
  }

  /** Sends a STUN message of ours. */
  @Override
  public void send(InetSocketAddress to, byte[] datagram) {
    TcpConnection connection = connections.get(to);
    if (connection == null && !ended.contains(to) && connections.size() < MOST) {
      connection = open(to);
    }
    if (connection != null) {
      connection.begin(datagram);
    }
  }

  /** Sends data where there is a connection; otherwise it is lost. */
  void write(ByteBuffer datagram, InetSocketAddress to) {
    TcpConnection connection = connections.get(to);
    if (connection != null) {
      connection.write(datagram);
    }
  }

  /** A new connection, or null when the system has none; a later repetition of the check tries again. */
  private TcpConnection open(InetSocketAddress to) {
    try {
      TcpConnection opened = sockets.connect(to, this);
      connections.put(to, opened);
      return opened;
    } catch (IOException e) {
      log.warn("no connection to a candidate: {}", e.getMessage());
      return null;
    }
  }

  void flush() {
    if (!connections.isEmpty()) {
      connections.values().forEach(TcpConnection::flush);
    }
  }

  /** Another search begins: what ended in the last one may be tried again. */
  void forgetEnded() {
    ended.clear();
  }

  /** Closes every connection but the one to that address, or all if it is null. */
  void keepOnly(InetSocketAddress chosen) {
    for (InetSocketAddress remote : List.copyOf(connections.keySet())) {
      if (!remote.equals(chosen)) {
        connections.remove(remote).close();
        ended.add(remote);
      }
    }
  }

  @Override
  public void onPacket(ByteBuffer packet, InetSocketAddress from) {
    if (Routes.isDtls(packet)) {
      user.onDtls(packet);
    } else {
      agent.receive(packet, this, from, System.nanoTime());
    }
  }

  @Override
  public void endOfBurst() {
    user.endOfBurst();
  }

  @Override
  public void onBroken(InetSocketAddress remote, String why) {
    log.debug("a TCP connection {}", why);
    connections.remove(remote);
    ended.add(remote);
    agent.broken(this, remote, System.nanoTime());
    user.endOfBurst();
  }
}
