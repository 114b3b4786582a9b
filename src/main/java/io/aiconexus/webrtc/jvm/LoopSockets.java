package io.aiconexus.webrtc.jvm;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramChannel;
import io.vertx.core.spi.transport.Transport;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The sockets of one event loop, used on it alone: one that all answering connections share, open for as long as any of
 * them uses it, and one for each connection that offers.
 * <p>
 * Whoever offers has a socket of its own so that no two connections ever join the same two sockets, however many there
 * are between the same two nodes, or within one: then the remote address says whose a datagram is. This costs one
 * descriptor for every two ends, half of what a socket for each would.
 */
final class LoopSockets {

  /** The longest datagram that is read whole: the longest that {@link JvmOptions#mtu} lets the other end send. */
  private static final int LONGEST = JvmOptions.MOST_MTU;
  private static final int LONGEST_BURST = 64;

  private final EventLoop loop;
  private final Transport transport;
  private final JvmOptions options;
  private final DatagramFilter filter;
  private final EngineCounters counters;
  private UdpSocket shared;
  private int users;

  LoopSockets(EventLoop loop, Transport transport, JvmOptions options, DatagramFilter filter, EngineCounters counters) {
    this.loop = loop;
    this.transport = transport;
    this.options = options;
    this.filter = filter;
    this.counters = counters;
  }

  /** The shared socket if that is allowed, or one for this connection alone; given back with {@link #release}. */
  UdpSocket acquire(Receiver user, boolean mayShare) throws IOException {
    if (!mayShare || !options.sharedSockets()) {
      return open(Routes.only(user));
    }
    if (shared == null) {
      shared = open(Routes.shared());
    }
    users++;
    return shared;
  }

  /** A socket for one allocation on a TURN server alone, whose packets all go to it; given back the same way. */
  UdpSocket acquireForRelay(Receiver relay) throws IOException {
    return open(Routes.everything(relay));
  }

  /** A TCP connection of one allocation to its TURN server; it closes itself. */
  RelayStream connectForRelay(InetSocketAddress server, RelayStream.User relay) throws IOException {
    return new RelayStream(loop, transport.channelFactory(false), server, options.socketBufferBytes(), counters, relay);
  }

  /** Whether candidates over TCP are wanted. */
  boolean mayUseTcp() {
    return options.tcp();
  }

  /** A TCP connection to a candidate of the other end; it closes itself. */
  TcpConnection connect(InetSocketAddress candidate, TcpConnection.User user) throws IOException {
    return new TcpConnection(loop, transport.channelFactory(false), candidate, options.socketBufferBytes(), counters,
      user);
  }

  /** A timer on this loop. */
  Alarm alarm(Runnable action) {
    return new Alarm(loop, action);
  }

  void release(UdpSocket socket, Receiver user) {
    socket.routes().forget(user);
    socket.flush();
    if (socket != shared || --users == 0) {
      shared = socket == shared ? null : shared;
      socket.close();
      counters.socketClosed();
    }
  }

  private UdpSocket open(Routes routes) throws IOException {
    int ports = options.portMax() - options.portMin() + 1;
    int first = ThreadLocalRandom.current().nextInt(ports);
    BindException inUse = null;
    for (int i = 0; i < ports; i++) {
      try {
        return bind(options.portMin() + (first + i) % ports, routes);
      } catch (BindException e) {
        inUse = e;
      }
    }
    throw inUse;
  }

  private UdpSocket bind(int port, Routes routes) throws IOException {
    DatagramChannel channel = transport.datagramChannel();
    channel.config().setOption(ChannelOption.SO_RCVBUF, options.socketBufferBytes());
    channel.config().setOption(ChannelOption.SO_SNDBUF, options.socketBufferBytes());
    channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(LONGEST).maxMessagesPerRead(LONGEST_BURST));
    channel.config().setWriteBufferWaterMark(
      new WriteBufferWaterMark(options.socketBufferBytes() / 2, options.socketBufferBytes()));
    UdpSocket socket = new UdpSocket(channel, routes, filter, counters);
    expect(loop.register(channel));
    try {
      expect(channel.bind(new InetSocketAddress(port)));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    counters.socketOpened();
    return socket;
  }

  /** On the loop itself both steps are done when the call returns. */
  private static void expect(ChannelFuture done) throws IOException {
    if (!done.isDone()) {
      throw new IllegalStateException("a socket is opened on its own loop");
    }
    if (done.cause() instanceof IOException e) {
      throw e;
    }
    if (done.cause() != null) {
      throw new IOException("no UDP socket: " + done.cause(), done.cause());
    }
  }
}
