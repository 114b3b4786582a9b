package io.aiconexus.peer;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.Answer;
import io.aiconexus.protocol.Bye;
import io.aiconexus.protocol.Candidate;
import io.aiconexus.protocol.Messages;
import io.aiconexus.protocol.Offer;
import io.aiconexus.protocol.Payload;
import io.aiconexus.webrtc.ConnectionStats;
import io.aiconexus.webrtc.DataChannel;
import io.aiconexus.webrtc.DataChannelOptions;
import io.aiconexus.webrtc.IceCandidate;
import io.aiconexus.webrtc.PeerConnection;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
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
  private static final int SIGNALS_MAX = 512;

  private final Did remote;
  private final LinkOwner owner;
  private final LinkChannels channels;
  private final Steps steps = new Steps(SIGNALS_MAX);
  private final List<Promise<Link>> waiting = new ArrayList<>();
  private Handler<LinkState> stateHandler;
  private volatile LinkState state = LinkState.NEW;
  private Negotiation negotiation;
  private boolean usable;
  private String descriptionId;
  private long timer = -1;

  Link(Did remote, LinkOwner owner) {
    this.remote = remote;
    this.owner = owner;
    this.channels = new LinkChannels(this, owner);
  }

  /** The agent at the other end. */
  public Did remote() {
    return remote;
  }

  /** The agent at this end. */
  public Did local() {
    return owner.local();
  }

  /** Names the connection that carries it at the moment; empty when none does. */
  String connectionId() {
    return negotiation == null ? "" : negotiation.connectionId();
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

  /** As {@link #channel(String)}; {@code options} count when the channel is made by this call. */
  public Future<Channel> channel(String label, DataChannelOptions options) {
    return owner.onContext(() -> {
      Optional<Channel> there = channels.get(label);
      return there.isPresent() ? there.get().opened() : channels.make(label, options).compose(Channel::opened);
    });
  }

  /** Learns of each channel that the other end opens, before its first message; on the agent's context. */
  public Link channelHandler(Handler<Channel> handler) {
    channels.onRemoteChannel(handler);
    return this;
  }

  /** Learns of each change of {@link #state}; on the agent's context. */
  public Link stateHandler(Handler<LinkState> handler) {
    stateHandler = handler;
    return this;
  }

  /** What carries the link; fails with {@link Failure#NOT_CONNECTED} when nothing does. */
  public Future<ConnectionStats> stats() {
    return owner.onContext(() -> negotiation == null
      ? Future.failedFuture(Failure.NOT_CONNECTED.because("the link to " + remote + " has no connection"))
      : negotiation.connection().stats());
  }

  /** Ends the link at both ends. */
  public Future<Void> close() {
    return owner.onContext(() -> end(LinkState.CLOSED, Failure.CANCELLED.because("the link was closed"), true));
  }

  /** The link for the event bus. */
  JsonObject describe() {
    return new JsonObject().put("remote", remote.toString()).put("state", state.toString())
      .put("connection_id", negotiation == null ? null : negotiation.connectionId())
      .put("max_message_bytes", negotiation == null ? 0 : negotiation.connection().maxMessageSize())
      .put("channels", channels.describe());
  }

  boolean isOnContext() {
    return owner.isOnContext();
  }

  // Building it: every step below runs on the agent's context, one after the other.

  /** Offers a connection unless there is one, and succeeds when the link can carry data. */
  Future<Link> connect(long timeoutMs, Map<String, DataChannelOptions> wanted) {
    Promise<Link> done = Promise.promise();
    waiting.add(done);
    if (state == LinkState.NEW || state == LinkState.FAILED) {
      become(LinkState.CONNECTING);
      armTimer(timeoutMs);
      step(() -> open(Messages.newId())
        .compose(opened -> channels.makeAll(wanted))
        .compose(made -> negotiation.offer()));
      return done.future();
    }
    completeWhenUsable();
    return done.future().compose(link -> owner.onContext(() -> channels.makeAll(wanted)).map(link));
  }

  /** Takes an offer of the other end; the future fails when it could not be used. */
  Future<Void> onOffer(Offer offer, long timeoutMs) {
    return step(() -> {
      if (negotiation != null && negotiation.connectionId().equals(offer.connectionId())) {
        return negotiation.onOffer(offer.sdp());
      }
      if (negotiation != null && !negotiation.answered() && !polite()) {
        log.debug("{}: offers crossed, ours to {} stands", local(), remote);
        return Future.succeededFuture();
      }
      return replaceBy(offer, timeoutMs);
    });
  }

  private Future<Void> replaceBy(Offer offer, long timeoutMs) {
    Negotiation replaced = negotiation;
    negotiation = null;
    usable = false;
    become(LinkState.CONNECTING);
    armTimer(timeoutMs);
    channels.closeAll("the other end made a new connection");
    return (replaced == null ? Future.<Void>succeededFuture() : replaced.connection().close())
      .compose(closed -> open(offer.connectionId()))
      .compose(opened -> negotiation.onOffer(offer.sdp()))
      .onFailure(this::failed);
  }

  Future<Void> onAnswer(Answer answer) {
    return step(() -> isCurrent(answer.connectionId())
      ? negotiation.onAnswer(answer.sdp()).onFailure(this::failed) : Future.succeededFuture());
  }

  Future<Void> onCandidate(Candidate candidate) {
    return step(() -> isCurrent(candidate.connectionId())
      ? negotiation.onCandidate(new IceCandidate(candidate.candidate(), candidate.sdpMid(), candidate.sdpMLineIndex(),
        candidate.usernameFragment())) : Future.succeededFuture());
  }

  Future<Void> onBye(Bye bye) {
    return step(() -> {
      if (isCurrent(bye.connectionId())) {
        String reason = bye.reason() == null ? "the other end closed the link" : "the other end says: " + bye.reason();
        end(LinkState.CLOSED, Failure.CONNECT_FAILED.because(reason), false);
      }
      return Future.succeededFuture();
    });
  }

  /** The message called {@code id} was sent for this link. */
  void signaled(String id, Payload payload) {
    if (payload instanceof Offer || payload instanceof Answer) {
      descriptionId = id;
    }
  }

  /** The message called {@code id} did not arrive or was not taken; without a description there will be no connection. */
  void onRefused(String id, Throwable cause) {
    boolean gone = EnumSet.of(Failure.UNKNOWN_AGENT, Failure.SIGNALING_UNAVAILABLE).contains(Failure.of(cause));
    if (state == LinkState.CONNECTING && (gone || id.equals(descriptionId))) {
      failed(cause);
    }
  }

  /** The link cannot come up or go on. */
  void failed(Throwable cause) {
    if (state != LinkState.CLOSED) {
      log.info("{}: link to {} failed: {}", local(), remote, cause.getMessage());
      become(LinkState.FAILED);
      end(LinkState.CLOSED, cause, true);
    }
  }

  private Future<Void> step(Supplier<Future<Void>> operation) {
    return steps.then(() -> state == LinkState.CLOSED ? Future.succeededFuture() : operation.get());
  }

  private Future<Void> open(String connectionId) {
    LinkConnection events = new LinkConnection(this);
    return owner.connection(events).compose(connection -> {
      if (state == LinkState.CLOSED) {
        return connection.close().compose(closed ->
          Future.failedFuture(Failure.CANCELLED.because("the link was closed")));
      }
      negotiation = new Negotiation(connectionId, polite(), connection, owner.options().earlyCandidates(), this::send);
      events.carries(negotiation);
      return Future.<Void>succeededFuture();
    }).onFailure(this::failed);
  }

  // What the connection tells.

  boolean isCurrent(String connectionId) {
    return negotiation != null && negotiation.connectionId().equals(connectionId);
  }

  void onConnected() {
    become(LinkState.CONNECTED);
    completeWhenUsable();
  }

  void onDisconnected() {
    become(LinkState.DISCONNECTED);
  }

  Channel.Events onDataChannel(DataChannel carrier) {
    return channels.onDataChannel(carrier);
  }

  void channelOpened(Channel channel) {
    channels.announce(channel, "open");
    completeWhenUsable();
  }

  void channelClosed(Channel channel) {
    channels.remove(channel);
  }

  Optional<Channel> protocolChannel() {
    return channels.get(PROTOCOL_CHANNEL).filter(Channel::isOpen);
  }

  /** What makes channels, or null while there is no connection. */
  PeerConnection connection() {
    return negotiation == null ? null : negotiation.connection();
  }

  LinkOwner owner() {
    return owner;
  }

  private void completeWhenUsable() {
    if (state != LinkState.CONNECTED || !channels.allOpen()) {
      return;
    }
    owner.cancel(timer);
    List<Promise<Link>> done = List.copyOf(waiting);
    waiting.clear();
    if (!usable) {
      usable = true;
      owner.onUsable(this);
    }
    done.forEach(promise -> promise.complete(this));
  }

  private void armTimer(long timeoutMs) {
    owner.cancel(timer);
    timer = owner.after(timeoutMs, () -> {
      if (state != LinkState.CONNECTED) {
        failed(Failure.TIMEOUT.because("no connection to " + remote + " within " + timeoutMs + " ms"));
      }
    });
  }

  private Future<Void> end(LinkState last, Throwable cause, boolean tell) {
    if (state == LinkState.CLOSED) {
      return Future.succeededFuture();
    }
    owner.cancel(timer);
    become(last);
    channels.closeAll(cause.getMessage());
    List<Promise<Link>> failed = List.copyOf(waiting);
    waiting.clear();
    failed.forEach(promise -> promise.tryFail(cause));
    owner.onEnded(this);
    if (negotiation == null) {
      return Future.succeededFuture();
    }
    if (tell) {
      send(new Bye(negotiation.connectionId(), null));
    }
    PeerConnection connection = negotiation.connection();
    negotiation = null;
    return connection.close();
  }

  private void send(Payload payload) {
    owner.signal(this, payload);
  }

  /** The end with the lower DID yields when both do the same at once. */
  boolean polite() {
    return local().toString().compareTo(remote.toString()) < 0;
  }

  private void become(LinkState next) {
    if (next == state) {
      return;
    }
    if (!state.mayBecome(next)) {
      log.warn("{}: link to {} stays {}, it may not become {}", local(), remote, state, next);
      return;
    }
    log.debug("{}: link to {}: {} -> {}", local(), remote, state, next);
    state = next;
    owner.event(new JsonObject().put("event", "link").put("remote", remote.toString()).put("state", next.toString())
      .put("connection_id", negotiation == null ? null : negotiation.connectionId()));
    if (stateHandler != null) {
      stateHandler.handle(next);
    }
  }
}
