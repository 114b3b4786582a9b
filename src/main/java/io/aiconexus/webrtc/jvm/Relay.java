package io.aiconexus.webrtc.jvm;

import io.aiconexus.webrtc.turn.ServerLink;
import io.aiconexus.webrtc.turn.TurnAllocation;
import io.aiconexus.webrtc.turn.TurnEvents;
import io.aiconexus.webrtc.turn.TurnOptions;
import io.aiconexus.webrtc.turn.TurnSettings;
import io.aiconexus.webrtc.turn.TurnState;
import io.aiconexus.webrtc.turn.TurnTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * One allocation on a TURN server and the UDP socket or TCP connection that it has for itself; on the loop of its
 * connection.
 */
final class Relay implements Receiver, ServerLink, RelayStream.User {

  /** Over TCP a server has as long for its answer as over UDP, not the 39.5 s of RFC 8489. */
  private static final TurnSettings STREAM = new TurnSettings(TurnSettings.DEFAULTS.retransmit(),
    TurnSettings.DEFAULTS.transmissions(), TurnSettings.DEFAULTS.allocateTransmissions(), Duration.ofMillis(11_500),
    TurnSettings.DEFAULTS.maxPermissions(), TurnSettings.DEFAULTS.maxChannels());

  private final TurnServer server;
  private final LoopSockets sockets;
  private final Runnable endOfBurst;
  private final TurnAllocation allocation;
  private UdpSocket socket;
  private RelayStream stream;

  /** @param endOfBurst called when everything that was there to read has been read */
  Relay(TurnServer server, LoopSockets sockets, TurnEvents events, Runnable endOfBurst) {
    this.server = server;
    this.sockets = sockets;
    this.endOfBurst = endOfBurst;
    this.allocation = new TurnAllocation(new TurnOptions(server.credentials(), server.transport(),
      StandardProtocolFamily.INET, overTcp() ? STREAM : TurnSettings.DEFAULTS), this, events, JvmEngine.RANDOM);
  }

  TurnServer server() {
    return server;
  }

  TurnAllocation allocation() {
    return allocation;
  }

  /** Asks for an address, over TCP once there is a connection. */
  void open(long now) throws IOException {
    if (overTcp()) {
      stream = sockets.connectForRelay(server.address(), this);
    } else {
      socket = sockets.acquireForRelay(this);
      allocation.start(now);
    }
  }

  /** Whether the server has still to say yes or no. */
  boolean isPending() {
    return allocation.state() == TurnState.NEW || allocation.state() == TurnState.ALLOCATING;
  }

  void flush() {
    if (stream != null) {
      stream.flush();
    } else if (socket != null) {
      socket.flush();
    }
  }

  /** Gives socket or connection back. */
  void release() {
    if (stream != null) {
      stream.close();
    } else if (socket != null) {
      sockets.release(socket, this);
    }
  }

  private boolean overTcp() {
    return server.transport() == TurnTransport.TCP;
  }

  @Override
  public void send(byte[] packet) {
    if (stream != null) {
      stream.write(packet);
    } else {
      socket.write(ByteBuffer.wrap(packet), server.address());
    }
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
  public void onConnected() {
    allocation.start(System.nanoTime());
    endOfBurst.run();
  }

  @Override
  public void onPacket(ByteBuffer packet) {
    allocation.receive(packet, System.nanoTime());
  }

  @Override
  public void onBroken(String why) {
    allocation.onLinkLost("the TURN server " + why);
    endOfBurst.run();
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
