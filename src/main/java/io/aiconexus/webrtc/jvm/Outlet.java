package io.aiconexus.webrtc.jvm;

import io.aiconexus.webrtc.ice.SocketHandle;
import io.aiconexus.webrtc.stun.StunDemux;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** What one connection has of a socket, shared or not: it sends, and leads the answers back. */
final class Outlet implements SocketHandle {

  private final UdpSocket socket;
  private final Receiver user;

  Outlet(UdpSocket socket, Receiver user) {
    this.socket = socket;
    this.user = user;
  }

  UdpSocket socket() {
    return socket;
  }

  /**
   * Sends a STUN message of ours.
   * <p>
   * The first check to an address claims it, so that no pair of sockets can prove to work and yet lead elsewhere.
   */
  @Override
  public void send(InetSocketAddress to, byte[] datagram) {
    ByteBuffer bytes = ByteBuffer.wrap(datagram);
    Routes routes = socket.routes();
    if (StunDemux.isBindingRequest(bytes)) {
      boolean isCheck = StunDemux.targetUfrag(bytes) != null;
      if (isCheck && routes.isTaken(to, user)) {
        user.onTaken(socket, to);
        return;
      }
      if (isCheck) {
        routes.claim(to, user);
      }
      routes.asks(bytes, user);
    }
    socket.write(bytes, to);
  }
}
