package io.aiconexus.webrtc.jvm;

import io.aiconexus.webrtc.turn.FrameException;
import io.aiconexus.webrtc.turn.StreamFrames;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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
 * One TCP connection to a TURN server (RFC 8656, section 3.1); on the loop of its connection.
 * <p>
 * What does not fit any more is lost, as on any path: the data inside has protocols that repeat it.
 */
final class RelayStream extends ChannelInboundHandlerAdapter {

  /** Who uses it; called on the loop, and not after {@link RelayStream#close}. */
  interface User {

    void onConnected();

    /** A packet of the server, good for as long as the call lasts. */
    void onPacket(ByteBuffer packet);

    /** Everything that was there to read has been read. */
    void endOfBurst();

    /** It could not be connected, or ended. */
    void onBroken(String why);
  }

  private static final Logger log = LoggerFactory.getLogger(RelayStream.class);
  /** As long as a server over UDP has for its first answer. */
  private static final int CONNECT_MS = 11_500;

  private final User user;
  private final EngineCounters counters;
  private final StreamFrames frames = new StreamFrames();
  private final Channel channel;
  private boolean closed;

  /** Begins to connect; fails when the system has no socket left. */
  RelayStream(EventLoop loop, ChannelFactory<? extends Channel> factory, InetSocketAddress server, int bufferBytes,
              EngineCounters counters, User user) throws IOException {
    this.user = user;
    this.counters = counters;
    Bootstrap bootstrap = new Bootstrap().group(loop).channelFactory(factory).handler(this)
      .option(ChannelOption.TCP_NODELAY, true).option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MS)
      .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(bufferBytes / 2, bufferBytes));
    ChannelFuture connected = bootstrap.connect(server);
    if (connected.cause() != null) {
      throw new IOException("no TCP socket: " + connected.cause().getMessage(), connected.cause());
    }
    counters.socketOpened();
    channel = connected.channel();
    connected.addListener(this::onConnect);
  }

  private void onConnect(Future<? super Void> done) {
    if (!closed && done.isSuccess()) {
      user.onConnected();
    } else if (!closed) {
      user.onBroken("cannot be connected over TCP: " + done.cause().getMessage());
    }
  }

  /** Writes one packet, which leaves with the next {@link #flush}. */
  void write(byte[] packet) {
    if (channel.isWritable()) {
      channel.write(Unpooled.wrappedBuffer(packet), channel.voidPromise());
      counters.sent(packet.length);
    } else {
      counters.dropped();
    }
  }

  void flush() {
    channel.flush();
  }

  void close() {
    if (!closed) {
      closed = true;
      channel.flush();
      channel.close();
      counters.socketClosed();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      counters.received(bytes.readableBytes());
      for (ByteBuffer part : bytes.nioBuffers()) {
        frames.receive(part, packet -> {
          if (!closed) {
            user.onPacket(packet);
          }
        });
      }
    } catch (FrameException e) {
      broken("does not speak TURN over TCP: " + e.getMessage());
    } finally {
      bytes.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (!closed) {
      user.endOfBurst();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    broken("closed the TCP connection");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof IOException)) {
      log.error("a packet of a TURN server could not be handled", cause);
    }
    broken("broke the TCP connection: " + cause.getMessage());
  }

  private void broken(String why) {
    if (!closed) {
      user.onBroken(why);
    }
  }
}
