package io.aiconexus.peer;

import io.aiconexus.bus.Failure;
import io.aiconexus.webrtc.DataChannel;
import io.aiconexus.webrtc.DataChannelListener;
import io.aiconexus.webrtc.DataChannelOptions;
import io.aiconexus.webrtc.PeerConnection;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
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
  private final List<Channel> leaving = new ArrayList<>();
  private final List<Channel> unseen = new ArrayList<>();
  private Handler<Channel> remoteChannelHandler;

  LinkChannels(Link link, LinkOwner owner) {
    this.link = link;
    this.owner = owner;
  }

  /** Gives the channels that the other end made to that handler, those that nobody has taken yet included. */
  void onRemoteChannel(Handler<Channel> handler) {
    remoteChannelHandler = handler;
    showUnseen();
  }

  /** Offers the channels that nobody has taken yet again. */
  void showUnseen() {
    List<Channel> all = List.copyOf(unseen);
    unseen.clear();
    all.forEach(this::show);
  }

  Optional<Channel> get(String label) {
    return Optional.ofNullable(byLabel.get(label));
  }

  /** Whether data can be carried. */
  boolean anyOpen() {
    return byLabel.values().stream().anyMatch(Channel::isOpen);
  }

  /** Makes those that are not there, in order; they are not open yet. */
  Future<Void> makeAll(Map<String, DataChannelOptions> wanted) {
    Future<Void> made = Future.succeededFuture();
    for (Map.Entry<String, DataChannelOptions> entry : wanted.entrySet()) {
      made = made.compose(before -> byLabel.containsKey(entry.getKey())
        ? Future.succeededFuture() : make(entry.getKey(), entry.getValue()).mapEmpty());
    }
    return made;
  }

  /** Succeeds when all of them are there and open. */
  Future<Void> openAll(Map<String, DataChannelOptions> wanted) {
    List<Future<Channel>> all = new ArrayList<>();
    wanted.forEach((label, options) -> all.add(open(label, options)));
    return Future.all(all).mapEmpty();
  }

  /** The channel of that label, made unless it is there, once it is open. */
  Future<Channel> open(String label, DataChannelOptions options) {
    Channel there = byLabel.get(label);
    return there == null ? make(label, options).compose(Channel::opened)
      : there.carriers().isClosing() ? there.close().compose(closed -> open(label, options))
      : there.opened();
  }

  /** Makes a channel; it is not open yet. */
  private Future<Channel> make(String label, DataChannelOptions options) {
    PeerConnection connection = link.connection();
    if (connection == null) {
      return Future.failedFuture(Failure.NOT_CONNECTED.because("the link to " + link.remote() + " has no connection"));
    }
    if (full()) {
      return Future.failedFuture(Failure.OVERLOADED.because("the link has " + count() + " channels already"));
    }
    Channel channel = owner.channel(link, label, true);
    byLabel.put(label, channel);
    owner.takes(channel);
    return connection.createDataChannel(label, options, channel.carriers().sendingEvents()).map(carrier -> {
      channel.carriers().sendOn(carrier);
      openIfOpen(channel);
      return channel;
    }).onFailure(cause -> channel.closed(cause.getMessage()));
  }

  /** The other end made a channel. */
  DataChannelListener onDataChannel(DataChannel carrier) {
    Channel there = byLabel.get(carrier.label());
    if (there != null && there.madeHere() && !there.carriers().isShared()) {
      there.carriers().hearOn(carrier);
      return there.carriers().hearingEvents();
    }
    Channel channel = owner.channel(link, carrier.label(), false);
    DataChannelListener events = channel.carriers().sendingEvents();
    if (full()) {
      log.warn("{}: refused a channel of {}, there are {} already", link.local(), link.remote(), count());
      channel.carriers().close();
      channel.carriers().sendOn(carrier);
      return events;
    }
    // One that the other end made before: it has closed that and makes another; what it still holds can be read.
    Channel before = byLabel.put(carrier.label(), channel);
    if (before != null) {
      leaving.add(before);
    }
    channel.carriers().sendOn(carrier);
    openIfOpen(channel);
    show(channel);
    return events;
  }

  void announce(Channel channel, String state) {
    owner.event(new JsonObject().put("event", "channel").put("remote", link.remote().toString())
      .put("label", channel.label()).put("state", state));
  }

  void remove(Channel channel) {
    unseen.remove(channel);
    leaving.remove(channel);
    if (byLabel.remove(channel.label(), channel)) {
      announce(channel, "closed");
    }
  }

  void closeAll(String reason) {
    List<Channel> all = new ArrayList<>(byLabel.values());
    all.addAll(leaving);
    all.forEach(channel -> channel.closed(reason));
  }

  JsonArray describe() {
    JsonArray all = new JsonArray();
    byLabel.values().forEach(channel -> all.add(new JsonObject().put("label", channel.label())
      .put("open", channel.isOpen())));
    return all;
  }

  private void show(Channel channel) {
    if (owner.takes(channel)) {
      return;
    }
    if (remoteChannelHandler != null) {
      UserCode.later(owner.context(), remoteChannelHandler, channel);
    } else if (!owner.shows(channel)) {
      unseen.add(channel);
    }
  }

  private static void openIfOpen(Channel channel) {
    if (channel.isOpen()) {
      channel.onOpen();
    }
  }

  private int count() {
    return byLabel.size() + leaving.size();
  }

  private boolean full() {
    return count() >= owner.options().maxChannels();
  }
}
