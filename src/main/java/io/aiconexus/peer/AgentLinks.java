package io.aiconexus.peer;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.Answer;
import io.aiconexus.protocol.IceServer;
import io.aiconexus.protocol.Messages;
import io.aiconexus.protocol.Offer;
import io.aiconexus.protocol.Payload;
import io.aiconexus.webrtc.DataChannelOptions;
import io.aiconexus.webrtc.Engine;
import io.aiconexus.webrtc.PeerConnection;
import io.aiconexus.webrtc.PeerConnectionListener;
import io.aiconexus.webrtc.PeerConnectionOptions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The links of one agent, and what they need of it. One context. */
final class AgentLinks implements LinkOwner {

  private static final Logger log = LoggerFactory.getLogger(AgentLinks.class);

  private final HostedAgent agent;
  private final Vertx vertx;
  private final Context context;
  private final Engine engine;
  private final PeerConnectionOptions connectionOptions;
  private final HostOptions host;
  private final AgentEvents events;
  private final AgentInbox inbox;
  private final Map<Did, Link> links = new LinkedHashMap<>();
  /** Which link an OFFER or ANSWER was sent for, by message id; the last one of each link. */
  private final Map<String, Link> byDescription = new HashMap<>();
  private final Map<Link, String> descriptions = new HashMap<>();
  private final FailedAttempts failures = new FailedAttempts();
  private Handler<Link> linkHandler;
  private Handler<Channel> channelHandler;
  private boolean closing;

  AgentLinks(HostedAgent agent, Vertx vertx, Context context, Engine engine, PeerConnectionOptions connectionOptions,
             HostOptions host, AgentEvents events) {
    this.agent = agent;
    this.vertx = vertx;
    this.context = context;
    this.engine = engine;
    this.connectionOptions = connectionOptions;
    this.host = host;
    this.events = events;
    this.inbox = new AgentInbox(vertx, agent.local(), agent.options().inboxWindow());
  }

  /** A link to that agent with those channels open, made unless it is there. */
  Future<Link> connect(Did remote, long timeoutMs, Map<String, DataChannelOptions> channels) {
    channels.keySet().forEach(Link::checkLabel);
    if (closing) {
      return Future.failedFuture(Failure.CANCELLED.because("the agent is no longer hosted"));
    }
    if (remote.equals(local())) {
      return Future.failedFuture(Failure.BAD_REQUEST.because("an agent cannot connect to itself"));
    }
    if (!engine.status().available()) {
      return withoutEngine(remote);
    }
    if (!links.containsKey(remote) && isFull()) {
      return Future.failedFuture(Failure.OVERLOADED.because("this agent has " + links.size() + " links already"));
    }
    Map<String, DataChannelOptions> wanted = new LinkedHashMap<>();
    wanted.put(Link.PROTOCOL_CHANNEL, DataChannelOptions.DEFAULTS);
    wanted.putAll(channels);
    return links.computeIfAbsent(remote, absent -> new Link(remote, this)).connect(timeoutMs, wanted);
  }

  private Future<Link> withoutEngine(Did remote) {
    RuntimeException cause = Failure.ENGINE_UNAVAILABLE.because(engine.status().reason());
    ConnectReport report = attempt(remote).report(cause, null);
    onFailed(report);
    return Future.failedFuture(Attempt.explained(cause, report));
  }

  Optional<Link> get(Did remote) {
    return Optional.ofNullable(links.get(remote));
  }

  List<Link> all() {
    return List.copyOf(links.values());
  }

  /** Why agents that could not be reached since were not. */
  FailedAttempts failures() {
    return failures;
  }

  /** The link that takes an OFFER of that agent; none when it is not accepted or there are too many. */
  Optional<Link> forOffer(Did remote) {
    if (!links.containsKey(remote) && (closing || isFull() || !accepts(remote))) {
      return Optional.empty();
    }
    return Optional.of(links.computeIfAbsent(remote, absent -> new Link(remote, this)));
  }

  /**
   * The message called {@code id}, or null, that this agent sent to {@code to}, or to anybody if null, was not taken.
   */
  void onRefused(String id, Did to, Throwable cause) {
    Link link = id == null ? null : byDescription.get(id);
    if (link != null && (to == null || to.equals(link.remote()))) {
      link.onRefused(cause);
    }
  }

  /** Whether an ANSWER is about an OFFER that was given up since; one that does not say is taken for the latest. */
  boolean isStale(Did from, String correlationId) {
    Link link = links.get(from);
    return correlationId != null && link != null && !correlationId.equals(descriptions.get(link));
  }

  void linkHandler(Handler<Link> handler) {
    linkHandler = handler;
  }

  void channelHandler(Handler<Channel> handler) {
    channelHandler = handler;
    all().forEach(link -> link.channels().showUnseen());
  }

  /** Closes them all, and lets no other come. */
  Future<Void> close() {
    closing = true;
    List<Future<Void>> closed = new ArrayList<>();
    all().forEach(link -> closed.add(link.close()));
    return Future.join(closed).mapEmpty();
  }

  // What links need.

  @Override
  public Did local() {
    return agent.local();
  }

  @Override
  public PeerOptions options() {
    return agent.options();
  }

  @Override
  public Context context() {
    return context;
  }

  @Override
  public <T> Future<T> onContext(Supplier<Future<T>> call) {
    return agent.onContext(call);
  }

  @Override
  public Future<List<IceServer>> iceServers(boolean fresh) {
    return agent.servers().current(fresh).map(handed -> {
      List<IceServer> servers = new ArrayList<>(connectionOptions.iceServers());
      servers.addAll(handed);
      return servers;
    });
  }

  @Override
  public Future<PeerConnection> connection(List<IceServer> servers, PeerConnectionListener listener) {
    return engine.connection(context, new PeerConnectionOptions(servers, connectionOptions.relayOnly()), listener);
  }

  @Override
  public Attempt attempt(Did remote) {
    return new Attempt(remote, connectionOptions.relayOnly(), this::nanos);
  }

  @Override
  public void onFailed(ConnectReport report) {
    log.info("{}: no link to {}: {}; {}", local(), report.remote(), report.reason(), report);
    failures.add(report);
    events.publish(report.toJson().put("event", "report"));
  }

  @Override
  public Channel channel(Link link, String label, boolean madeHere) {
    return new Channel(link, context, events.traffic(), label, madeHere);
  }

  @Override
  public void signal(Link link, String connectionId, Payload payload, String correlationId) {
    String id = Messages.newId();
    if (payload instanceof Offer || payload instanceof Answer) {
      forget(link);
      descriptions.put(link, id);
      byDescription.put(id, link);
    }
    events.signal("out", link.remote(), payload.type(), connectionId);
    Future<Void> sending = agent.signaling().send(link.remote(), payload, id, correlationId);
    sending.onComplete(sent -> link.attempt().offerLeft(), cause -> {
      log.debug("{}: a {} to {} did not leave: {}", local(), payload.type(), link.remote(), cause.getMessage());
      onRefused(id, link.remote(), cause);
    });
  }

  @Override
  public void event(JsonObject event) {
    events.publish(event);
  }

  @Override
  public void moved(LinkState from, LinkState to) {
    events.moved(from, to);
    if (to == LinkState.DISCONNECTED) {
      // The same network may have taken the gateway away, and without it there is no new path.
      agent.signaling().probe();
    }
  }

  @Override
  public long after(long millis, Runnable action) {
    return vertx.setTimer(millis, now -> action.run());
  }

  @Override
  public void cancel(long timer) {
    vertx.cancelTimer(timer);
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public void onUsable(Link link) {
    onReached(link);
    UserCode.later(context, linkHandler, link);
  }

  @Override
  public void onReached(Link link) {
    failures.forget(link.remote());
  }

  @Override
  public boolean takes(Channel channel) {
    if (channel.label().equals(Link.PROTOCOL_CHANNEL)) {
      channel.messageHandler(message -> agent.incoming().onDirect(channel.link(), message.text()));
      return true;
    }
    if (host.inbox()) {
      inbox.take(channel);
    }
    return host.inbox();
  }

  @Override
  public boolean shows(Channel channel) {
    UserCode.later(context, channelHandler, channel);
    return channelHandler != null;
  }

  @Override
  public void onEnded(Link link) {
    links.remove(link.remote(), link);
    forget(link);
  }

  private void forget(Link link) {
    String earlier = descriptions.remove(link);
    if (earlier != null) {
      byDescription.remove(earlier);
    }
  }

  private boolean isFull() {
    return links.size() >= options().maxLinks();
  }

  private boolean accepts(Did remote) {
    try {
      return host.accept().test(remote);
    } catch (RuntimeException broken) {
      log.error("{}: the test of whom to accept broke; {} is refused", local(), remote, broken);
      return false;
    }
  }
}
