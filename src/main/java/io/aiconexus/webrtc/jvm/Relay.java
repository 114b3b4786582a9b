package io.aiconexus.webrtc.jvm;

import io.aiconexus.webrtc.turn.ServerLink;
import io.aiconexus.webrtc.turn.TurnAllocation;
import io.aiconexus.webrtc.turn.TurnEvents;
import io.aiconexus.webrtc.turn.TurnOptions;
import io.aiconexus.webrtc.turn.TurnTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** One allocation on a TURN server and the UDP socket that it has for itself; on the loop of its connection. */
final class Relay implements Receiver, ServerLink {

  private final TurnServer server;
  private final Runnable endOfBurst;
  private final UdpSocket socket;
  private final TurnAllocation allocation;

  /** @param endOfBurst called when everything that was there to read has been read */
  Relay(TurnServer server, LoopSockets sockets, TurnEvents events, Runnable endOfBurst) throws IOException {
    this.server = server;
    this.endOfBurst = endOfBurst;
    this.socket = sockets.acquireForRelay(this);
    this.allocation = new TurnAllocation(TurnOptions.of(server.credentials(), TurnTransport.UDP), this, events,
      JvmEngine.RANDOM);
  }

  TurnServer server() {
    return server;
  }

  UdpSocket socket() {
    return socket;
  }

  TurnAllocation allocation() {
    return allocation;
  }

  @Override
  public void send(byte[] packet) {
    socket.write(ByteBuffer.wrap(packet), server.address());
  }

  /** Takes STUN messages and ChannelData of the server, and of nobody else. */
  @Override
  public void onStun(ByteBuffer datagram, UdpSocket in, InetSocketAddress from) {
    if (from.equals(server.address())) {
      allocation.receive(datagram, System.nanoTime());
    }
  }

  @Override
  public void onDtls(ByteBuffer datagram) {
    // A server wraps whatever it relays; bare DTLS comes from somebody else.
  }

  @Override
  public void endOfBurst() {
    endOfBurst.run();
  }

  @Override
  public void onTaken(UdpSocket taken, InetSocketAddress remote) {
    // The socket is not shared.
  }
}
