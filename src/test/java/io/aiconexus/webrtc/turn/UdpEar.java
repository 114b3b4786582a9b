package io.aiconexus.webrtc.turn;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A peer that knows nothing of TURN: one UDP socket. */
final class UdpEar implements AutoCloseable {
  final InetSocketAddress address;
  private final DatagramSocket socket;

  UdpEar(InetAddress on) throws IOException {
    socket = new DatagramSocket(0, on);
    address = new InetSocketAddress(on, socket.getLocalPort());
  }

  void say(InetSocketAddress to, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    socket.send(new DatagramPacket(bytes, bytes.length, to));
  }

  /** The next datagram as "text from host:port", or "nothing" if there is none in so many milliseconds. */
  String next(int millis) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
    try {
      socket.setSoTimeout(millis);
      socket.receive(packet);
      return heard(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8),
        (InetSocketAddress) packet.getSocketAddress());
    } catch (SocketTimeoutException silent) {
      return "nothing";
    }
  }

  static String heard(String text, InetSocketAddress from) {
    return text + " from " + from.getAddress().getHostAddress() + ":" + from.getPort();
  }

  @Override
  public void close() {
    socket.close();
  }
}
