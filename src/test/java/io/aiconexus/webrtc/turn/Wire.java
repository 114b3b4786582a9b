package io.aiconexus.webrtc.turn;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** One blocking socket to a TURN server. */
interface Wire extends AutoCloseable {
  void send(byte[] packet) throws IOException;

  /** Waits at most so many milliseconds, at least 1, and gives out what has come. */
  void receive(int millis, Consumer<ByteBuffer> packets) throws IOException, FrameException;

  @Override
  void close() throws IOException;

  static Wire to(Coturn server, TurnTransport transport) throws Exception {
    return switch (transport) {
      case UDP -> new Datagrams(server.address);
      case TCP -> new Stream(new Socket(server.address.getAddress(), server.address.getPort()));
      case TLS -> new Stream(server.identity.client().getSocketFactory()
        .createSocket(server.address.getAddress(), server.address.getPort()));
      case DTLS -> throw new IllegalArgumentException("no DTLS here");
    };
  }

  /** Over UDP; connected, so that nobody but the server is heard. */
  final class Datagrams implements Wire {
    private final DatagramSocket socket;
    private final byte[] in = new byte[65_536];

    Datagrams(InetSocketAddress server) throws IOException {
      socket = new DatagramSocket(0, server.getAddress());
      socket.connect(server);
    }

    @Override
    public void send(byte[] packet) throws IOException {
      socket.send(new DatagramPacket(packet, packet.length));
    }

    @Override
    public void receive(int millis, Consumer<ByteBuffer> packets) throws IOException {
      DatagramPacket packet = new DatagramPacket(in, in.length);
      try {
        socket.setSoTimeout(millis);
        socket.receive(packet);
        packets.accept(ByteBuffer.wrap(in, 0, packet.getLength()));
      } catch (SocketTimeoutException nothing) {
        return;
      }
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  /** Over TCP or TLS. */
  final class Stream implements Wire {
    private final Socket socket;
    private final StreamFrames frames = new StreamFrames();
    private final byte[] in = new byte[16_384];

    Stream(Socket socket) throws IOException {
      this.socket = socket;
      socket.setTcpNoDelay(true);
    }

    @Override
    public void send(byte[] packet) throws IOException {
      socket.getOutputStream().write(packet);
    }

    @Override
    public void receive(int millis, Consumer<ByteBuffer> packets) throws IOException, FrameException {
      try {
        socket.setSoTimeout(millis);
        int count = socket.getInputStream().read(in);
        frames.receive(ByteBuffer.wrap(in, 0, Math.max(count, 0)), packets);
      } catch (SocketTimeoutException nothing) {
        return;
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
