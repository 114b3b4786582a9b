package io.aiconexus.webrtc.jvm;

import io.aiconexus.bus.Failure;
import io.aiconexus.webrtc.DataChannel;
import io.aiconexus.webrtc.DataChannelListener;
import io.aiconexus.webrtc.DataChannelOptions;
import io.aiconexus.webrtc.dcep.ChannelType;
import io.aiconexus.webrtc.dcep.DcepException;
import io.aiconexus.webrtc.dcep.DcepMessage;
import io.aiconexus.webrtc.dcep.Ppid;
import io.aiconexus.webrtc.dcep.StreamIds;
import io.aiconexus.webrtc.sctp.CloseReason;
import io.aiconexus.webrtc.sctp.Delivery;
import io.aiconexus.webrtc.sctp.SctpAssociation;
import io.aiconexus.webrtc.sctp.SctpListener;
import io.aiconexus.webrtc.sctp.SctpState;
import io.aiconexus.webrtc.sctp.SendOutcome;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The channels of one connection, and what they ask of its association; on its context. */
final class Channels implements SctpListener {

  /** The longest message sent or taken: what browsers take. */
  static final int MAX_MESSAGE = 262_144;

  /** Candidates kept until our answer is made, as many as an ICE agent keeps. */
  static final int MOST_EARLY = 64;

  private static final Logger log = LoggerFactory.getLogger(Channels.class);

  private final JvmConnection connection;
  private final int mostChannels;
  private final IntObjectMap<JvmChannel> byStream = new IntObjectHashMap<>(4);
  private final List<JvmChannel> waiting = new ArrayList<>(1);
  private SctpAssociation association;
  private StreamIds ids;

  Channels(JvmConnection connection, int mostChannels) {
    this.connection = connection;
    this.mostChannels = mostChannels;
  }

  boolean isEmpty() {
    return byStream.isEmpty() && waiting.isEmpty();
  }

  /** Has what carries them now; {@link #connected} follows. */
  void carriedBy(SctpAssociation carrier, boolean dtlsClient) {
    association = carrier;
    ids = new StreamIds(dtlsClient, StreamIds.MOST, mostChannels);
  }

  DataChannel make(String label, DataChannelOptions options, DataChannelListener listener) {
    Delivery delivery = deliveryOf(options);
    new DcepMessage.Open(ChannelType.of(delivery), 0, ChannelType.parameterOf(delivery), label, options.protocol());
    if (options.negotiated() && isNegotiated(options.id())) {
      throw Failure.BAD_REQUEST.because("stream " + options.id() + " is in use");
    }
    if (byStream.size() + waiting.size() >= mostChannels) {
      throw Failure.OVERLOADED.because("a connection has at most " + mostChannels + " channels");
    }
    JvmChannel channel = new JvmChannel(this, label, options, delivery, listener);
    waiting.add(channel);
    hop(this::openWaiting);
    return channel;
  }

  private boolean isNegotiated(int id) {
    return ids != null && ids.isUsed(id)
      || waiting.stream().anyMatch(other -> other.options().negotiated() && other.options().id() == id);
  }

  private static Delivery deliveryOf(DataChannelOptions options) {
    if (options.maxRetransmits() != null) {
      return Delivery.maxRetransmits(options.ordered(), options.maxRetransmits());
    }
    if (options.maxPacketLifeTime() != null) {
      return Delivery.lifetime(options.ordered(), Duration.ofMillis(options.maxPacketLifeTime()));
    }
    return options.ordered() ? Delivery.RELIABLE : Delivery.UNORDERED;
  }

  private static DataChannelOptions optionsOf(DcepMessage.Open open) {
    Integer parameter = (int) Math.min(open.reliability(), 65_535);
    return switch (open.type()) {
      case RELIABLE, RELIABLE_UNORDERED ->
        new DataChannelOptions(open.type().ordered(), null, null, open.protocol(), false, null);
      case REXMIT, REXMIT_UNORDERED ->
        new DataChannelOptions(open.type().ordered(), parameter, null, open.protocol(), false, null);
      case TIMED, TIMED_UNORDERED ->
        new DataChannelOptions(open.type().ordered(), null, parameter, open.protocol(), false, null);
    };
  }

  @Override
  public void connected() {
    ids.limit(association.outboundStreams());
    openWaiting();
  }

  private void openWaiting() {
    if (association == null || association.state() != SctpState.ESTABLISHED) {
      return;
    }
    List<JvmChannel> ready = List.copyOf(waiting);
    waiting.clear();
    ready.forEach(this::open);
  }

  private void open(JvmChannel channel) {
    DataChannelOptions options = channel.options();
    if (options.negotiated()) {
      if (!ids.takeNegotiated(options.id())) {
        channel.onLost("stream " + options.id() + " is in use or beyond what the other end takes");
        return;
      }
      start(channel, options.id(), true);
    } else {
      OptionalInt id = ids.take();
      if (id.isEmpty()) {
        channel.onLost("no stream is free");
        return;
      }
      start(channel, id.getAsInt(), false);
      ChannelType type = ChannelType.of(channel.wanted());
      control(id.getAsInt(), new DcepMessage.Open(type, 0, ChannelType.parameterOf(channel.wanted()), channel.label(),
        options.protocol()));
    }
    channel.open();
  }

  private void start(JvmChannel channel, int stream, boolean announced) {
    byStream.put(stream, channel);
    channel.on(stream, announced);
  }

  private void control(int stream, DcepMessage message) {
    if (association.send(stream, Ppid.CONTROL.value(), message.encode(), Delivery.RELIABLE, System.nanoTime())
        == SendOutcome.FULL) {
      // The cap is megabytes, and this a few bytes: whoever is over it has to close something.
      log.warn("stream {}: a channel message found no room", stream);
      reset(stream);
    }
    connection.wake();
  }

  @Override
  public void message(int stream, int ppid, byte[] data) {
    Optional<Ppid> kind = Ppid.of(ppid);
    try {
      if (kind.isEmpty()) {
        association.consumed(data.length);
      } else if (kind.get() == Ppid.CONTROL) {
        association.consumed(data.length);
        onControl(stream, DcepMessage.read(data));
      } else {
        onData(stream, kind.get(), data);
      }
    } catch (DcepException broken) {
      log.warn("stream {}: {}", stream, broken.getMessage());
      reset(stream);
    }
  }

  private void onData(int stream, Ppid ppid, byte[] data) throws DcepException {
    JvmChannel channel = byStream.get(stream);
    if (channel == null) {
      association.consumed(data.length);
    } else {
      channel.onData(ppid, data);
    }
  }

  private void onControl(int stream, DcepMessage message) throws DcepException {
    if (message instanceof DcepMessage.Open open) {
      ids.takeRemote(stream);
      DataChannelOptions options = optionsOf(open);
      JvmChannel channel = new JvmChannel(this, open.label(), options, deliveryOf(options), null);
      start(channel, stream, true);
      control(stream, new DcepMessage.Ack());
      connection.announce(channel);
      if (channel.listener() == null) {
        channel.listener(Unheard.INSTANCE);
        channel.close();
      } else {
        channel.open();
      }
    } else if (byStream.get(stream) != null) {
      byStream.get(stream).onAcknowledged();
    }
  }

  @Override
  public void streamsReset(int[] streams) {
    for (int stream : streams) {
      JvmChannel channel = byStream.get(stream);
      if (channel != null) {
        channel.onResetThere();
      }
    }
  }

  @Override
  public void streamsResetByUs(int[] streams, boolean performed) {
    for (int stream : streams) {
      JvmChannel channel = byStream.get(stream);
      if (channel != null) {
        channel.onResetHere();
      }
    }
  }

  @Override
  public void bufferedAmountLow(int stream) {
    JvmChannel channel = byStream.get(stream);
    if (channel != null) {
      channel.onBufferedAmountLow();
    }
  }

  @Override
  public void closed(CloseReason reason) {
    connection.onLost(Verdict.of(reason));
  }

  /** No channel can go on. */
  void lose(String reason) {
    List<JvmChannel> all = new ArrayList<>(waiting);
    all.addAll(byStream.values());
    waiting.clear();
    all.forEach(channel -> channel.onLost(reason));
  }

  /** The connection is closed: no event any more. */
  void abandon() {
    waiting.forEach(JvmChannel::abandon);
    byStream.values().forEach(JvmChannel::abandon);
    waiting.clear();
    byStream.clear();
  }

  void forget(JvmChannel channel) {
    waiting.remove(channel);
    if (channel.id() >= 0 && byStream.get(channel.id()) == channel) {
      byStream.remove(channel.id());
      ids.release(channel.id());
    }
  }

  SendOutcome send(int stream, Ppid ppid, byte[] data, Delivery delivery) {
    SendOutcome outcome = association.send(stream, ppid.value(), data, delivery, System.nanoTime());
    connection.wake();
    return outcome;
  }

  void reset(int stream) {
    association.resetStream(stream);
    connection.wake();
  }

  void consumed(int bytes) {
    association.consumed(bytes);
    connection.wake();
  }

  long buffered(int stream) {
    return stream < 0 || association == null ? 0 : association.bufferedAmount(stream);
  }

  void lowThreshold(int stream, long bytes) {
    if (stream >= 0) {
      association.bufferedAmountLowThreshold(stream, bytes);
    }
  }

  int maxMessageSize() {
    return connection.maxMessageSize();
  }

  /** Runs an event of the application, on its context. */
  void tell(Runnable event) {
    connection.tell(event);
  }

  /** Runs something in a task of its own, unless the connection is closed by then. */
  void hop(Runnable task) {
    connection.hop(task);
  }
}
