package io.aiconexus.webrtc.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.DataInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpConnectionTest {

  private static final int PATIENCE_SECONDS = 20;
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int PACKET = 1_200;

  private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final EngineCounters counters = new EngineCounters();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private ServerSocket passive;
  private TcpConnection connection;

  private final TcpConnection.User user = new TcpConnection.User() {
    @Override
    public void onPacket(ByteBuffer packet, InetSocketAddress from) {
      heard.add("a packet of " + packet.remaining());
    }

    @Override
    public void endOfBurst() {
      // What was heard is enough.
    }

    @Override
    public void onBroken(InetSocketAddress remote, String why) {
      heard.add("broken: " + why);
    }
  };

  @BeforeEach
  void start() throws Exception {
    passive = new ServerSocket();
    passive.setReceiveBufferSize(BUFFER_BYTES);
    passive.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @AfterEach
  void stop() throws Exception {
    onLoop(connection::close);
    assertThat(counters.details().getInteger("sockets")).isZero();
    passive.close();
    loops.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS).sync();
  }

  private void onLoop(Runnable task) throws Exception {
    loops.submit(task).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Connects, with a second packet for the first that is sent. */
  private Socket connect() throws Exception {
    connection = loops.submit(() -> {
      TcpConnection made = new TcpConnection(loops.next(), NioSocketChannel::new,
        (InetSocketAddress) passive.getLocalSocketAddress(), BUFFER_BYTES, counters, user);
      made.begin(new byte[1]);
      made.begin(new byte[7]);
      return made;
    }).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return passive.accept();
  }

  private String next() throws InterruptedException {
    return heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void theLatestPacketWaitsForTheConnection() throws Exception {
    try (Socket client = connect()) {
      assertThat(client.getInputStream().readNBytes(9)).startsWith(0, 7);
    }
    assertThat(next()).isEqualTo("broken: was closed by the other end");
  }

  @Test
  void whatASlowReaderLeavesLyingIsBoundedAndTheRestIsLost() throws Exception {
    try (Socket client = connect()) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      assertThat(in.readUnsignedShort()).isEqualTo(7);
      in.skipNBytes(7);
      int packets = 30_000;
      for (int i = 0; i < packets; i += 100) {
        onLoop(() -> {
          for (int each = 0; each < 100; each++) {
            connection.write(ByteBuffer.allocate(PACKET));
          }
          connection.flush();
        });
      }
      int lost = counters.details().getInteger("datagrams_not_sent");
      assertThat(lost).as("of 36 MB").isGreaterThan(packets / 2);

      for (int i = 0; i < packets - lost; i++) {
        assertThat(in.readUnsignedShort()).isEqualTo(PACKET);
        in.skipNBytes(PACKET);
      }
      onLoop(() -> {
        connection.write(ByteBuffer.allocate(5));
        connection.flush();
      });
      assertThat(in.readUnsignedShort()).as("after what was lost").isEqualTo(5);
    }
  }

  @Test
  void packetsAreCutOutOfTheStreamAndOneThatIsTooLongEndsIt() throws Exception {
    try (Socket client = connect()) {
      client.getOutputStream().write(new byte[] {0, 0, 0, 1, 9, 0, 3, 1, 2, 3, 0x7f, 0});
      assertThat(next()).isEqualTo("a packet of 1");
      assertThat(next()).isEqualTo("a packet of 3");
      assertThat(next()).isEqualTo("broken: broke: a packet has 32512 bytes, more than 4096");
      client.setSoTimeout(PATIENCE_SECONDS * 1_000);
      assertThat(client.getInputStream().readAllBytes()).hasSize(9);
    }
  }
}
