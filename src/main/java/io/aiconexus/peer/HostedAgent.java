package io.aiconexus.peer;

import io.aiconexus.bus.Addresses;
import io.aiconexus.bus.Failure;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.Envelope;
import io.aiconexus.protocol.ErrorCode;
import io.aiconexus.protocol.ExecRequest;
import io.aiconexus.protocol.ExecResponse;
import io.aiconexus.protocol.Fault;
import io.aiconexus.protocol.IceServer;
import io.aiconexus.protocol.Intent;
import io.aiconexus.protocol.MessageType;
import io.aiconexus.protocol.Messages;
import io.aiconexus.protocol.Payload;
import io.aiconexus.protocol.Registered;
import io.aiconexus.webrtc.DataChannelOptions;
import io.aiconexus.webrtc.Engine;
import io.aiconexus.webrtc.PeerConnection;
import io.aiconexus.webrtc.PeerConnectionListener;
import io.aiconexus.webrtc.PeerConnectionOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent on its own event loop: its session with the gateway, its links, what it asks and what it is asked.
 * <p>
 * Deployed by {@link PeerVerticle}.
 */
final class HostedAgent extends VerticleBase implements SignalingClient.Listener, LinkOwner {

  private static final Logger log = LoggerFactory.getLogger(HostedAgent.class);
  private static final int SENT_MAX = 1_024;
  private static final long TRAFFIC_MS = 1_000;

  private final AgentKey key;
  private final PeerOptions options;
  private final Engine engine;
  private final PeerConnectionOptions connectionOptions;
  private final HostOptions host;
  private final Supplier<SignalingDoor> door;
  private final Map<Did, Link> links = new LinkedHashMap<>();
  private final Map<String, Did> sent = new LinkedHashMap<>();
  private final Traffic traffic = new Traffic();
  private Thread eventLoop;
  private SignalingClient signaling;
  private Requests requests;
  private Capabilities capabilities;
  private Incoming incoming;
  private AgentInbox inbox;
  private Handler<Link> linkHandler;
  private Handler<Channel> channelHandler;

  HostedAgent(AgentKey key, PeerOptions options, Engine engine, PeerConnectionOptions connectionOptions,
              HostOptions host, Supplier<SignalingDoor> door) {
    this.key = key;
    this.options = options;
    this.engine = engine;
    this.connectionOptions = connectionOptions;
    this.host = host;
    this.door = door;
  }

  @Override
  public Future<?> start() {
    eventLoop = Thread.currentThread();
    requests = new Requests(vertx);
    capabilities = new Capabilities(vertx, local(), options, host);
    MessageGuard guard = new MessageGuard(options.maxClockSkew().toMillis(), System::currentTimeMillis);
    incoming = new Incoming(this, guard, requests, capabilities);
    inbox = new AgentInbox(vertx, local(), options.inboxWindow());
    signaling = new SignalingClient(vertx, key, door.get(), capabilities::names, this);
    vertx.setPeriodic(TRAFFIC_MS, now -> publishTraffic());
    return new AgentCommands(this, vertx).register().compose(reachable -> signaling.start());
  }

  @Override
  public Future<?> stop() {
    requests.failAll(Failure.CANCELLED.because("the agent is no longer hosted"));
    List<Future<Void>> closing = new ArrayList<>();
    List.copyOf(links.values()).forEach(link -> closing.add(link.close()));
    return Future.join(closing).transform(closed -> signaling.stop());
  }

  // What the application asks; on this agent's context.

  Future<Link> connect(Did remote, long timeoutMs, Map<String, DataChannelOptions> channels) {
    if (remote.equals(local())) {
      return Future.failedFuture(Failure.BAD_REQUEST.because("an agent cannot connect to itself"));
    }
    if (!engine.status().available()) {
      return Future.failedFuture(Failure.ENGINE_UNAVAILABLE.because(engine.status().reason()));
    }
    Link link = links.get(remote);
    if (link == null && links.size() >= options.maxLinks()) {
      return Future.failedFuture(Failure.OVERLOADED.because("this agent has " + links.size() + " links already"));
    }
    Map<String, DataChannelOptions> wanted = new LinkedHashMap<>();
    wanted.put(Link.PROTOCOL_CHANNEL, DataChannelOptions.DEFAULTS);
    wanted.putAll(channels);
    return links.computeIfAbsent(remote, absent -> new Link(remote, this)).connect(timeoutMs, wanted);
  }

  Optional<Link> link(Did remote) {
    return Optional.ofNullable(links.get(remote));
  }

  List<Link> links() {
    return List.copyOf(links.values());
  }

  Future<Object> exec(Did to, String capability, JsonObject args, long timeoutMs) {
    ExecRequest request = new ExecRequest(capability, args, timeoutMs, false);
    return ask(to, request, ExecResponse.class, timeoutMs).compose(response -> response.success()
      ? Future.succeededFuture(response.result())
      : Future.failedFuture(Failure.REMOTE_ERROR.because(response.error().getValue("code", "?") + ": "
        + response.error().getValue("message", ""))));
  }

  Future<JsonObject> intent(Did to, JsonObject body, long timeoutMs) {
    return ask(to, new Intent(body), Intent.class, timeoutMs).map(Intent::body);
  }

  Capabilities capabilities() {
    return capabilities;
  }

  void linkHandler(Handler<Link> handler) {
    linkHandler = handler;
  }

  void channelHandler(Handler<Channel> handler) {
    channelHandler = handler;
  }

  JsonObject describe() {
    Registered session = signaling.session();
    return new JsonObject().put("did", local().toString())
      .put("gateway", signaling.gateway() == null ? null : signaling.gateway().toString())
      .put("node_id", session == null ? null : session.nodeId())
      .put("capabilities", List.copyOf(capabilities.names()))
      .put("links", links.size());
  }

  private <T extends Payload> Future<T> ask(Did to, Payload request, Class<T> answerType, long timeoutMs) {
    String id = Messages.newId();
    Future<T> answer = requests.expect(id, to, answerType, timeoutMs);
    deliver(to, request, id, null).onFailure(cause -> requests.fail(id, cause));
    return answer;
  }

  /** Over the link's own channel where there is one, else through the gateway. */
  private Future<Void> deliver(Did to, Payload payload, String id, String correlationId) {
    Optional<Channel> direct = link(to).flatMap(Link::protocolChannel);
    if (direct.isPresent()) {
      return direct.get().writeText(Messages.signed(key, to, payload, id, correlationId, System.currentTimeMillis()));
    }
    return signaling.send(to, payload, id, correlationId);
  }

  // What the gateway says.

  @Override
  public void onRegistered(Registered session) {
    log.info("{}: registered at node {}{}", local(), session.nodeId(), session.resumed() ? ", session resumed" : "");
    publish(new JsonObject().put("event", "registered").put("node_id", session.nodeId())
      .put("resumed", session.resumed()));
  }

  @Override
  public void onLost(int closeCode, boolean returning) {
    publish(new JsonObject().put("event", "signaling_lost").put("close_code", closeCode).put("returning", returning));
  }

  @Override
  public void onFault(String correlationId, Fault fault) {
    incoming.onFault(sentTo(correlationId).orElse(null), correlationId, fault);
  }

  @Override
  public void onMessage(Envelope message) {
    incoming.onRouted(message);
  }

  // What comes in needs.

  /** The link that takes an OFFER of that agent; none when it is not accepted or there are too many. */
  Optional<Link> linkFor(Did remote) {
    Link link = links.get(remote);
    if (link == null && host.accept().test(remote) && links.size() < options.maxLinks()) {
      link = new Link(remote, this);
      links.put(remote, link);
    }
    return Optional.ofNullable(link);
  }

  /** Whom the signal of that id, or null, was sent to. */
  Optional<Did> sentTo(String id) {
    return Optional.ofNullable(id).map(sent::get);
  }

  Future<Void> answer(Envelope request, Payload payload) {
    return deliver(request.from(), payload, Messages.newId(), request.id());
  }

  void signalEvent(String direction, Did remote, MessageType type, String connectionId) {
    publish(new JsonObject().put("event", "signal").put("direction", direction).put("remote", remote.toString())
      .put("type", type.name()).put("connection_id", connectionId));
  }

  void refusedEvent(Envelope message, ErrorCode code) {
    publish(new JsonObject().put("event", "refused").put("remote", message.from().toString())
      .put("type", message.type().name()).put("code", code.name()));
  }

  // What links need.

  @Override
  public Did local() {
    return key.did();
  }

  @Override
  public PeerOptions options() {
    return options;
  }

  @Override
  public boolean isOnContext() {
    return Thread.currentThread() == eventLoop;
  }

  @Override
  public <T> Future<T> onContext(Supplier<Future<T>> call) {
    if (isOnContext()) {
      return Future.succeededFuture().compose(here -> call.get());
    }
    Promise<T> result = Promise.promise();
    context.runOnContext(here -> Future.succeededFuture().compose(now -> call.get()).onComplete(result));
    return result.future();
  }

  @Override
  public Future<PeerConnection> connection(PeerConnectionListener listener) {
    List<IceServer> servers = new ArrayList<>(connectionOptions.iceServers());
    if (signaling.session() != null) {
      servers.addAll(signaling.session().iceServers());
    }
    return engine.connection(context, new PeerConnectionOptions(servers, connectionOptions.relayOnly()), listener);
  }

  @Override
  public Channel channel(Link link, String label) {
    return new Channel(link, context, traffic, label);
  }

  @Override
  public void signal(Link link, Payload payload) {
    String id = Messages.newId();
    sent.put(id, link.remote());
    if (sent.size() > SENT_MAX) {
      sent.remove(sent.keySet().iterator().next());
    }
    link.signaled(id, payload);
    signalEvent("out", link.remote(), payload.type(), null);
    signaling.send(link.remote(), payload, id, null)
      .onFailure(cause -> link.onRefused(id, cause));
  }

  @Override
  public void event(JsonObject event) {
    publish(event);
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
  public void onUsable(Link link) {
    if (linkHandler != null) {
      linkHandler.handle(link);
    }
  }

  @Override
  public void onChannel(Channel channel, boolean madeByRemote) {
    if (channel.label().equals(Link.PROTOCOL_CHANNEL)) {
      channel.messageHandler(message -> incoming.onDirect(channel.link(), message.text()));
    } else if (host.inbox()) {
      inbox.take(channel);
    } else if (madeByRemote && channelHandler != null) {
      channelHandler.handle(channel);
    }
  }

  @Override
  public void onEnded(Link link) {
    links.remove(link.remote(), link);
  }

  private void publish(JsonObject event) {
    vertx.eventBus().publish(Addresses.peerEvents(local()), event);
    vertx.eventBus().publish(Addresses.EVENTS, event.copy().put("type", "peer"));
  }

  private void publishTraffic() {
    JsonObject sum = traffic.take();
    if (sum != null) {
      vertx.eventBus().publish(Addresses.EVENTS, sum.put("type", "traffic"));
    }
  }
}
