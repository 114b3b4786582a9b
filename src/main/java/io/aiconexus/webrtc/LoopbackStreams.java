package io.aiconexus.webrtc;

import io.aiconexus.bus.Failure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The channels of one loopback end, by stream; on its context. What the other end sends comes in here. */
final class LoopbackStreams {

  private static final int MAX_STREAM = 65_534;

  private final LoopbackConnection connection;
  private final Map<Integer, LoopbackChannel> byStream = new HashMap<>();
  private final List<LoopbackChannel> waiting = new ArrayList<>();
  private long sent;
  private long received;

  LoopbackStreams(LoopbackConnection connection) {
    this.connection = connection;
  }

  boolean isEmpty() {
    return byStream.isEmpty() && waiting.isEmpty();
  }

  long sent() {
    return sent;
  }

  long received() {
    return received;
  }

  DataChannel make(String label, DataChannelOptions options, DataChannelListener listener) {
    DataChannelOptions.checkLabel(label);
    LoopbackChannel channel = new LoopbackChannel(connection, this, label, options, listener);
    if (options.negotiated()) {
      if (byStream.putIfAbsent(options.id(), channel) != null) {
        throw Failure.BAD_REQUEST.because("stream " + options.id() + " is in use");
      }
      channel.stream(options.id());
    }
    waiting.add(channel);
    connection.hop(this::open);
    return channel;
  }

  /** Opens what waits for the ends to be joined. */
  void open() {
    if (!connection.isPaired()) {
      return;
    }
    List<LoopbackChannel> ready = List.copyOf(waiting);
    waiting.clear();
    ready.forEach(channel -> {
      if (!channel.options().negotiated()) {
        int stream = freeStream();
        byStream.put(stream, channel);
        channel.stream(stream);
        connection.toPeer(there -> there.announce(stream, channel.label(), channel.options()));
      }
      channel.onOpen();
    });
  }

  /** The other end made a channel. */
  void announce(int stream, String label, DataChannelOptions options) {
    LoopbackChannel channel = new LoopbackChannel(connection, this, label, options,
      NoListener.INSTANCE);
    channel.stream(stream);
    byStream.put(stream, channel);
    DataChannelListener taker = null;
    try {
      taker = connection.listener().onDataChannel(channel);
    } finally {
      if (taker == null) {
        channel.close();
      } else {
        channel.listener(taker);
        channel.onOpen();
      }
    }
  }

  /** Something of the other end for the channel on that stream; nothing when it is gone. */
  void to(int stream, Consumer<LoopbackChannel> event) {
    LoopbackChannel channel = byStream.get(stream);
    if (channel != null) {
      event.accept(channel);
    }
  }

  void forget(LoopbackChannel channel) {
    byStream.remove(channel.id(), channel);
    waiting.remove(channel);
  }

  void countSent(int bytes) {
    sent += bytes;
  }

  void countReceived(int bytes) {
    received += bytes;
  }

  /** The other end is gone. */
  void end() {
    List.copyOf(byStream.values()).forEach(channel -> channel.onClosedThere(LoopbackChannel.CLOSED_THERE));
  }

  /** This end is closed: no event any more. */
  void abandon() {
    byStream.values().forEach(LoopbackChannel::abandon);
    waiting.forEach(LoopbackChannel::abandon);
    byStream.clear();
    waiting.clear();
  }

  private int freeStream() {
    for (int stream = connection.isClient() ? 0 : 1; stream <= MAX_STREAM; stream += 2) {
      if (!byStream.containsKey(stream)) {
        return stream;
      }
    }
    throw Failure.OVERLOADED.because("all streams are in use");
  }
}
