package io.aiconexus.webrtc.jvm;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One UDP socket on one event loop, bound to every address of the machine.
 * <p>
 * Datagrams that are ready together are handed out one by one, and then each connection among them is told once that
 * this was all; what they write in answer goes out together.
 */
final class UdpSocket extends ChannelInboundHandlerAdapter {

  private static final Logger log = LoggerFactory.getLogger(UdpSocket.class);

  private final DatagramChannel channel;
  private final Routes routes;
  private final DatagramFilter filter;
  private final EngineCounters counters;
  private final Set<Receiver> burst = new LinkedHashSet<>();
  private Receiver latest;
  private boolean dirty;

  UdpSocket(DatagramChannel channel, Routes routes, DatagramFilter filter, EngineCounters counters) {
    this.channel = channel;
    this.routes = routes;
    this.filter = filter;
    this.counters = counters;
    channel.pipeline().addLast(this);
  }

  Routes routes() {
    return routes;
  }

  int port() {
    return channel.localAddress().getPort();
  }

  /** Writes one datagram, which leaves with the next {@link #flush}. */
  void write(ByteBuffer datagram, InetSocketAddress to) {
    if (filter == DatagramFilter.NONE) {
      writeNow(datagram, to);
      return;
    }
    byte[] bytes = new byte[datagram.remaining()];
    datagram.get(bytes);
    filter.pass(bytes, passed -> {
      writeNow(ByteBuffer.wrap(passed), to);
      flush();
    });
  }

  private void writeNow(ByteBuffer datagram, InetSocketAddress to) {
    if (!channel.isWritable()) {
      counters.dropped();
      return;
    }
    int length = datagram.remaining();
    ByteBuf bytes = channel.alloc().directBuffer(length).writeBytes(datagram);
    channel.write(new DatagramPacket(bytes, to), channel.voidPromise());
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
    flush();
    channel.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    DatagramPacket datagram = (DatagramPacket) message;
    try {
      ByteBuf content = datagram.content();
      ByteBuffer bytes = content.internalNioBuffer(content.readerIndex(), content.readableBytes());
      counters.received(content.readableBytes());
      Receiver receiver = routes.of(bytes, this, datagram.sender());
      if (receiver == null) {
        counters.strange();
      } else {
        hand(bytes, datagram.sender(), receiver);
      }
    } finally {
      datagram.release();
    }
  }

  private void hand(ByteBuffer bytes, InetSocketAddress from, Receiver receiver) {
    if (receiver != latest) {
      latest = receiver;
      burst.add(receiver);
    }
    if (Routes.isDtls(bytes)) {
      receiver.onDtls(bytes);
    } else {
      receiver.onStun(bytes, this, from);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    latest = null;
    if (burst.size() == 1) {
      Receiver only = burst.iterator().next();
      burst.clear();
      only.endOfBurst();
    } else if (!burst.isEmpty()) {
      List<Receiver> all = List.copyOf(burst);
      burst.clear();
      all.forEach(Receiver::endOfBurst);
    }
  }

  /** A datagram that the system would not send counts as lost; reading goes on. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof Exception && !(cause instanceof RuntimeException)) {
      counters.dropped();
      log.debug("port {}: {}", port(), cause.toString());
    } else {
      log.error("port {}: a datagram could not be handled", port(), cause);
    }
  }
}
