package io.aiconexus.peer;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.Did;
import io.aiconexus.webrtc.ConnectionStats;
import io.aiconexus.webrtc.DataChannelOptions;
import io.aiconexus.webrtc.PeerConnection;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An agent's direct way to one other agent: the connection that carries it at the moment, and its channels.
 * <p>
 * Belongs to the agent's event-loop context; its methods may be called from anywhere and are carried over to it.
 * The states are those of {@link LinkState}. A link outlives its connection when the other end builds a new one; its
 * channels do not.
 */
public final class Link {

  /** The channel that carries the toolkit's own messages; ordered and reliable. */
  public static final String PROTOCOL_CHANNEL = "ioap";

  private static final Logger log = LoggerFactory.getLogger(Link.class);

  private final Did remote;
  private final LinkOwner owner;
  private final LinkChannels channels;
  private final LinkSignaling signaling;
  private final LinkNews news;
  private final LinkDeadline deadline;
  private final List<Promise<Void>> waiting = new ArrayList<>();
  private Attempt attempt;
  private Handler<LinkState> stateHandler;
  private volatile LinkState state = LinkState.NEW;
  private boolean usable;

  Link(Did remote, LinkOwner owner) {
    this.remote = remote;
    this.owner = owner;
    this.channels = new LinkChannels(this, owner);
    this.news = new LinkNews(this, owner);
    this.signaling = new LinkSignaling(this, owner, news);
    this.deadline = new LinkDeadline(owner, timeoutMs -> failed(late(timeoutMs)));
    this.attempt = owner.attempt(remote);
  }

  /** The agent at the other end. */
  public Did remote() {
    return remote;
  }

  /** The agent at this end. */
  public Did local() {
    return owner.local();
  }

  /** The state at this moment; any thread. */
  public LinkState state() {
    return state;
  }

  /**
   * The channel of that label: the one that is there, else a new ordered and reliable one.
   * <p>
   * Succeeds when it is open. Both ends may ask for the same label at the same time and share one channel then.
   */
  public Future<Channel> channel(String label) {
    return channel(label, DataChannelOptions.DEFAULTS);
  }

  /**
   * As {@link #channel(String)}; {@code options} count when the channel is made by this call.
   * <p>
   * Fails with {@link Failure#BAD_REQUEST} for {@link #PROTOCOL_CHANNEL} and for options that the engine refuses, and
   * with {@link Failure#NOT_CONNECTED} when the link is closed before it is open.
   */
  public Future<Channel> channel(String label, DataChannelOptions options) {
    return owner.onContext(() -> {
      checkLabel(label);
      return channels.open(label, options);
    });
  }

  /** Learns of each channel that the other end opens, before its first message; on the agent's context. */
  public Link channelHandler(Handler<Channel> handler) {
    owner.onContext(() -> {
      channels.onRemoteChannel(handler);
      return Future.succeededFuture();
    });
    return this;
  }

  /** Learns of each change of {@link #state}; on the agent's context. */
  public Link stateHandler(Handler<LinkState> handler) {
    owner.onContext(() -> {
      stateHandler = handler;
      return Future.succeededFuture();
    });
    return this;
  }

  /** What carries the link; fails with {@link Failure#NOT_CONNECTED} when nothing does. */
  public Future<ConnectionStats> stats() {
    return owner.onContext(() -> connection() == null
      ? Future.failedFuture(Failure.NOT_CONNECTED.because("the link to " + remote + " has no connection"))
      : connection().stats());
  }

  /** Ends the link at both ends. */
  public Future<Void> close() {
    return owner.onContext(() -> end(false, Failure.CANCELLED.because("the link was closed"), null, true));
  }

  // For its agent; on the agent's context.

  /** Fails with BAD_REQUEST for a label that applications must not use. */
  static void checkLabel(String label) {
    if (label.equals(PROTOCOL_CHANNEL)) {
      throw Failure.BAD_REQUEST.because("label " + PROTOCOL_CHANNEL + " is the toolkit's own");
    }
  }

  /** Connects unless it is connected; succeeds when it can carry data and those channels are open. */
  Future<Link> connect(long timeoutMs, Map<String, DataChannelOptions> wanted) {
    Promise<Void> up = Promise.promise();
    waiting.add(up);
    useIfPossible();
    if (!usable) {
      deadline.allow(timeoutMs);
    }
    if (state == LinkState.NEW) {
      become(LinkState.CONNECTING);
      signaling.offer(() -> channels.makeAll(wanted));
    }
    Future<Void> open = up.future().compose(here -> channels.openAll(wanted));
    return owner.within(timeoutMs, open, () -> state == LinkState.CLOSED ? null : late(timeoutMs)).map(this);
  }

  LinkSignaling signaling() {
    return signaling;
  }

  /** Our OFFER or ANSWER did not arrive or was not taken. */
  void onRefused(Throwable cause) {
    signaling.onRefused(cause);
  }

  Optional<Channel> protocolChannel() {
    return channels.get(PROTOCOL_CHANNEL).filter(Channel::isOpen);
  }

  /** The link for the event bus. */
  JsonObject describe() {
    return new JsonObject().put("remote", remote.toString()).put("state", state.toString())
      .put("connection_id", signaling.connectionId())
      .put("max_message_bytes", connection() == null ? 0 : connection().maxMessageSize())
      .put("channels", channels.describe());
  }

  // What its parts tell.

  /** Names the connection that carries it at the moment; empty when none does. */
  String connectionId() {
    return signaling.connectionId() == null ? "" : signaling.connectionId();
  }

  /** What makes channels, or null while there is no connection. */
  PeerConnection connection() {
    return signaling.connection();
  }

  /** What is learnt of the connection while it comes up. */
  Attempt attempt() {
    return attempt;
  }

  LinkOwner owner() {
    return owner;
  }

  LinkChannels channels() {
    return channels;
  }

  /** The other end builds a connection in place of what there is. */
  void replacing(long timeoutMs) {
    usable = false;
    attempt = owner.attempt(remote);
    become(LinkState.CONNECTING);
    deadline.allow(timeoutMs);
    channels.closeAll("the other end made a new connection");
  }

  void onConnected() {
    attempt.reach(ConnectPhase.CHANNEL);
    become(LinkState.CONNECTED);
    signaling.restart().onConnected();
    useIfPossible();
  }

  void onDisconnected() {
    // A path that is lost again before the link was up changes nothing: the attempt goes on.
    if (state != LinkState.CONNECTING) {
      become(LinkState.DISCONNECTED);
    }
  }

  void channelOpened(Channel channel) {
    channels.announce(channel, "open");
    useIfPossible();
  }

  void channelClosed(Channel channel) {
    channels.remove(channel);
  }

  /** The link cannot come up or go on. */
  void failed(Throwable cause) {
    if (state != LinkState.CLOSED) {
      end(true, cause, cause.getMessage(), true);
    }
  }

  /** The other end gave the connection up. */
  void closedByOther(String reason) {
    String why = reason == null ? "the other end closed the link" : "the other end says: " + reason;
    end(false, Failure.CONNECT_FAILED.because(why), null, false);
  }

  private void useIfPossible() {
    if (state != LinkState.CONNECTED || !usable && !channels.anyOpen()) {
      return;
    }
    if (!usable) {
      usable = true;
      attempt.reach(ConnectPhase.UP);
      deadline.cancel();
      owner.onUsable(this);
    }
    List<Promise<Void>> done = List.copyOf(waiting);
    waiting.clear();
    done.forEach(Promise::complete);
  }

  private RuntimeException late(long timeoutMs) {
    return Failure.TIMEOUT.because("no connection to " + remote + " within " + timeoutMs + " ms");
  }

  private Future<Void> end(boolean failed, Throwable cause, String toldChannels, boolean tell) {
    if (state == LinkState.CLOSED) {
      return Future.succeededFuture();
    }
    deadline.cancel();
    Future<Void> restart = signaling.endRestart(failed);
    usable = false;
    // First of all, so that whoever hears of the end and connects again gets another link.
    owner.onEnded(this);
    if (failed) {
      become(LinkState.FAILED, cause);
    }
    become(LinkState.CLOSED, cause);
    channels.closeAll(toldChannels);
    List<Promise<Void>> unserved = List.copyOf(waiting);
    waiting.clear();
    boolean cancelled = Failure.of(cause) == Failure.CANCELLED;
    Future<Throwable> explained = failed || !attempt.isUp() && !cancelled
      ? news.explain(cause, attempt, connection()) : restart.map(cause);
    return explained.compose(told -> {
      unserved.forEach(promise -> promise.tryFail(told));
      return signaling.end(tell);
    });
  }

  private void become(LinkState next) {
    become(next, null);
  }

  private void become(LinkState next, Throwable cause) {
    if (next == state) {
      return;
    }
    if (!state.mayBecome(next)) {
      log.warn("{}: link to {} stays {}, it may not become {}", local(), remote, state, next);
      return;
    }
    LinkState before = state;
    state = next;
    news.changed(before, next, signaling.connectionId(), cause);
    UserCode.later(owner.context(), stateHandler, next);
  }
}
