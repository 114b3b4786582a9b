package io.aiconexus.webrtc.jvm;

import io.aiconexus.webrtc.ice.TcpFrames;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One TCP connection to a passive candidate of the other end (RFC 6544, section 4.5); on the loop of its connection.
 * <p>
 * What does not fit any more is lost, as on any path: ICE, DTLS and SCTP repeat what matters.
 */
final class TcpConnection extends ChannelInboundHandlerAdapter {

  /** Who uses it; called on the loop, and but for {@link #endOfBurst} not after {@link TcpConnection#close}. */
  interface User {

    /** A packet of whoever is at the other end, good for as long as the call lasts. */
    void onPacket(ByteBuffer packet, InetSocketAddress from);

    /** Everything that was there to read has been read. */
    void endOfBurst();

    /** It could not be connected, or ended. */
    void onBroken(InetSocketAddress remote, String why);
  }

  private static final Logger log = LoggerFactory.getLogger(TcpConnection.class);
  private static final int CONNECT_MS = 10_000;

  private final InetSocketAddress remote;
  private final User user;
  private final EngineCounters counters;
  private final TcpFrames frames = new TcpFrames();
  private final Channel channel;
  /** The latest packet that waits for the connection. */
  private byte[] first;
  private boolean dirty;
  private boolean closed;

  /** Begins to connect; fails when the system has no socket left. */
  TcpConnection(EventLoop loop, ChannelFactory<? extends Channel> factory, InetSocketAddress remote, int bufferBytes,
                EngineCounters counters, User user) throws IOException {
    this.remote = remote;
    this.user = user;
    this.counters = counters;
    Bootstrap bootstrap = new Bootstrap().group(loop).channelFactory(factory).handler(this)
      .option(ChannelOption.TCP_NODELAY, true).option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MS)
      .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(bufferBytes / 2, bufferBytes));
    ChannelFuture connected = bootstrap.connect(remote);
    if (connected.cause() != null) {
      throw new IOException("no TCP socket: " + connected.cause().getMessage(), connected.cause());
    }
    counters.socketOpened();
    channel = connected.channel();
    connected.addListener(this::onConnect);
  }

  private void onConnect(Future<? super Void> done) {
    if (!closed && !done.isSuccess()) {
      broken("cannot be connected: " + done.cause().getMessage());
    } else if (!closed && first != null) {
      write(ByteBuffer.wrap(first));
      first = null;
      flush();
    }
  }

  /** Writes what may be the first packet: the latest one waits until there is a connection. */
  void begin(byte[] packet) {
    if (channel.isActive()) {
      write(ByteBuffer.wrap(packet));
    } else {
      first = packet;
    }
  }

  /** Writes one packet, which leaves with the next {@link #flush}. */
  void write(ByteBuffer packet) {
    if (!channel.isActive() || !channel.isWritable()) {
      counters.dropped();
      return;
    }
    int length = packet.remaining();
    channel.write(channel.alloc().directBuffer(TcpFrames.HEADER + length).writeShort(length).writeBytes(packet));
    counters.sent(length);
    dirty = true;
  }

  void flush() {
    if (dirty) {
      dirty = false;
      channel.flush();
    }
  }

  void close() {
    if (!closed) {
      closed = true;
      flush();
      channel.close();
      counters.socketClosed();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws IOException {
    ByteBuf bytes = (ByteBuf) message;
    try {
      for (ByteBuffer part : bytes.nioBuffers()) {
        frames.receive(part, this::give);
      }
    } finally {
      bytes.release();
    }
  }

  private void give(ByteBuffer packet) {
    if (!closed) {
      counters.received(packet.remaining());
      user.onPacket(packet, remote);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    user.endOfBurst();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    broken("was closed by the other end");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof IOException)) {
      log.error("a packet of a TCP connection could not be handled", cause);
    }
    broken("broke: " + cause.getMessage());
  }

  private void broken(String why) {
    if (!closed) {
      close();
      user.onBroken(remote, why);
    }
  }
}
