package io.aiconexus.peer;

import io.aiconexus.bus.Failure;
import io.aiconexus.webrtc.DataChannel;
import io.aiconexus.webrtc.DataChannelOptions;
import io.aiconexus.webrtc.PeerConnection;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The channels of one link by label, whichever end made them. */
final class LinkChannels {

  private static final Logger log = LoggerFactory.getLogger(LinkChannels.class);

  private final Link link;
  private final LinkOwner owner;
  private final Map<String, Channel> byLabel = new LinkedHashMap<>();
  private Handler<Channel> remoteChannelHandler;

  LinkChannels(Link link, LinkOwner owner) {
    this.link = link;
    this.owner = owner;
  }

  void onRemoteChannel(Handler<Channel> handler) {
    remoteChannelHandler = handler;
  }

  Optional<Channel> get(String label) {
    return Optional.ofNullable(byLabel.get(label));
  }

  /** Whether there are channels and all of them can carry data. */
  boolean allOpen() {
    return !byLabel.isEmpty() && byLabel.values().stream().allMatch(Channel::isOpen);
  }

  /** Makes those that are not there, in order. */
  Future<Void> makeAll(Map<String, DataChannelOptions> wanted) {
    Future<Void> made = Future.succeededFuture();
    for (Map.Entry<String, DataChannelOptions> entry : wanted.entrySet()) {
      made = made.compose(before -> byLabel.containsKey(entry.getKey())
        ? Future.succeededFuture() : make(entry.getKey(), entry.getValue()).mapEmpty());
    }
    return made;
  }

  /** Makes a channel; it is not open yet. */
  Future<Channel> make(String label, DataChannelOptions options) {
    PeerConnection connection = link.connection();
    if (connection == null) {
      return Future.failedFuture(Failure.NOT_CONNECTED.because("the link to " + link.remote() + " has no connection"));
    }
    if (full()) {
      return Future.failedFuture(Failure.OVERLOADED.because("the link has " + byLabel.size() + " channels already"));
    }
    Channel channel = owner.channel(link, label);
    byLabel.put(label, channel);
    owner.onChannel(channel, false);
    Channel.Events events = channel.newEvents();
    return connection.createDataChannel(label, options, events).map(carrier -> {
      channel.carriedBy(carrier, events);
      return channel;
    }).onFailure(cause -> channel.closed(cause.getMessage()));
  }

  /** The other end made a channel. */
  Channel.Events onDataChannel(DataChannel carrier) {
    Channel there = byLabel.get(carrier.label());
    if (there != null) {
      return shareWith(there, carrier);
    }
    Channel channel = owner.channel(link, carrier.label());
    if (full()) {
      log.warn("{}: refused a channel of {}, there are {} already", link.local(), link.remote(), byLabel.size());
      carrier.close();
      return channel.newEvents();
    }
    byLabel.put(carrier.label(), channel);
    Channel.Events events = channel.newEvents();
    channel.carriedBy(carrier, events);
    owner.onChannel(channel, true);
    if (remoteChannelHandler != null && !carrier.label().equals(Link.PROTOCOL_CHANNEL)) {
      remoteChannelHandler.handle(channel);
    }
    return events;
  }

  void announce(Channel channel, String state) {
    owner.event(new JsonObject().put("event", "channel").put("remote", link.remote().toString())
      .put("label", channel.label()).put("state", state));
  }

  void remove(Channel channel) {
    if (byLabel.remove(channel.label(), channel)) {
      announce(channel, "closed");
    }
  }

  void closeAll(String reason) {
    List.copyOf(byLabel.values()).forEach(channel -> channel.closed(reason));
  }

  JsonArray describe() {
    JsonArray all = new JsonArray();
    byLabel.values().forEach(channel -> all.add(new JsonObject().put("label", channel.label())
      .put("open", channel.isOpen())));
    return all;
  }

  /** Both ends made a channel of one label: the impolite end's carries, the other's is closed once it has drained. */
  private Channel.Events shareWith(Channel there, DataChannel newcomer) {
    if (!link.polite()) {
      return there.hears(newcomer);
    }
    DataChannel own = there.carrier();
    Channel.Events events = there.newEvents();
    there.carriedBy(newcomer, events);
    if (own != null) {
      own.close();
    }
    return events;
  }

  private boolean full() {
    return byLabel.size() >= owner.options().maxChannels();
  }
}
