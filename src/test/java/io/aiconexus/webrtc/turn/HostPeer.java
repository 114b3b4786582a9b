package io.aiconexus.webrtc.turn;

import io.aiconexus.webrtc.ice.IceRole;
import io.aiconexus.webrtc.ice.SocketHandle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

/** A peer with one UDP socket on loopback and nothing else. */
final class HostPeer extends IcePeer implements SocketHandle {
  private final DatagramSocket socket;
  private final byte[] in = new byte[2_048];

  HostPeer(IceRole role) throws IOException {
    super(role);
    socket = new DatagramSocket(0, Coturn.LOOPBACK);
  }

  void gather() {
    agent.addHost(this, (InetSocketAddress) socket.getLocalSocketAddress(), 65_535, System.nanoTime());
    agent.endOfLocalCandidates(System.nanoTime());
  }

  @Override
  void step(int millis) throws IOException {
    agent.onTimer(System.nanoTime());
    DatagramPacket packet = new DatagramPacket(in, in.length);
    try {
      socket.setSoTimeout(millis);
      socket.receive(packet);
      receive(ByteBuffer.wrap(in, 0, packet.getLength()), this, (InetSocketAddress) packet.getSocketAddress());
    } catch (SocketTimeoutException nothing) {
      return;
    }
  }

  @Override
  public void send(InetSocketAddress to, byte[] datagram) {
    try {
      socket.send(new DatagramPacket(datagram, datagram.length, to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    agent.close();
    socket.close();
  }
}
