package io.aiconexus.peer;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.Envelope;
import io.aiconexus.protocol.ExecRequest;
import io.aiconexus.protocol.ExecResponse;
import io.aiconexus.protocol.Fault;
import io.aiconexus.protocol.Intent;
import io.aiconexus.protocol.Messages;
import io.aiconexus.protocol.Payload;
import io.aiconexus.protocol.Registered;
import io.aiconexus.webrtc.Engine;
import io.aiconexus.webrtc.PeerConnectionOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent on its own event loop: its session with the gateway, its links, what it asks and what it is asked.
 * <p>
 * Deployed by {@link PeerVerticle}.
 */
final class HostedAgent extends VerticleBase implements SignalingClient.Listener {

  private static final Logger log = LoggerFactory.getLogger(HostedAgent.class);

  private final AgentKey key;
  private final PeerOptions options;
  private final Engine engine;
  private final PeerConnectionOptions connectionOptions;
  private final HostOptions host;
  private final Supplier<SignalingDoor> door;
  private final NodeEvents node;
  private SignalingClient signaling;
  private Requests requests;
  private Capabilities capabilities;
  private Incoming incoming;
  private AgentEvents events;
  private AgentLinks links;
  private RetriedConnects retried;

  HostedAgent(AgentKey key, PeerOptions options, Engine engine, PeerConnectionOptions connectionOptions,
              HostOptions host, Supplier<SignalingDoor> door, NodeEvents node) {
    this.key = key;
    this.options = options;
    this.engine = engine;
    this.connectionOptions = connectionOptions;
    this.host = host;
    this.door = door;
    this.node = node;
  }

  @Override
  public Future<?> start() {
    events = new AgentEvents(vertx, local(), node);
    requests = new Requests(vertx);
    capabilities = new Capabilities(vertx, local(), options, host);
    links = new AgentLinks(this, vertx, context, engine, connectionOptions, host, events);
    retried = new RetriedConnects(links, new AgentTimers(links));
    MessageGuard guard = new MessageGuard(options.maxClockSkew().toMillis(), System::currentTimeMillis);
    incoming = new Incoming(this, guard, requests, capabilities);
    signaling = new SignalingClient(vertx, key, door.get(), capabilities::names, this);
    events.start();
    return new AgentCommands(this, vertx).register().compose(reachable -> signaling.start());
  }

  @Override
  public Future<?> stop() {
    retried.cancelAll();
    requests.failAll(Failure.CANCELLED.because("the agent is no longer hosted"));
    return links.close()
      .transform(closed -> signaling.stop())
      .onComplete(left -> events.publishTraffic());
  }

  // What the application asks; on this agent's context.

  Did local() {
    return key.did();
  }

  PeerOptions options() {
    return options;
  }

  AgentLinks links() {
    return links;
  }

  RetriedConnects retried() {
    return retried;
  }

  Capabilities capabilities() {
    return capabilities;
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

  JsonObject describe() {
    Registered session = signaling.session();
    return new JsonObject().put("did", local().toString())
      .put("registered", signaling.isRegistered())
      .put("gateway", signaling.gateway() == null ? null : signaling.gateway().toString())
      .put("node_id", session == null ? null : session.nodeId())
      .put("capabilities", List.copyOf(capabilities.names()))
      .put("links", links.all().size());
  }

  /** Carries a call over to the agent's context; the result arrives there. */
  <T> Future<T> onContext(Supplier<Future<T>> call) {
    if (Vertx.currentContext() == context) {
      return Future.succeededFuture().compose(here -> call.get());
    }
    Promise<T> result = Promise.promise();
    context.runOnContext(here -> Future.succeededFuture().compose(now -> call.get()).onComplete(result));
    return result.future();
  }

  private <T extends Payload> Future<T> ask(Did to, Payload request, Class<T> answerType, long timeoutMs) {
    String id = Messages.newId();
    Future<T> answer = requests.expect(id, to, answerType, timeoutMs);
    deliver(to, request, id, null).onFailure(cause -> requests.fail(id, null, cause));
    return answer;
  }

  // What its parts need.

  SignalingClient signaling() {
    return signaling;
  }

  Incoming incoming() {
    return incoming;
  }

  AgentEvents events() {
    return events;
  }

  /** Answers a request; the future fails with BAD_REQUEST when {@code payload} is nothing that can be sent. */
  Future<Void> answer(Envelope request, Payload payload) {
    return deliver(request.from(), payload, Messages.newId(), request.id());
  }

  /** Over the link's own channel where there is one, else through the gateway. */
  private Future<Void> deliver(Did to, Payload payload, String id, String correlationId) {
    Optional<Channel> direct = links.get(to).flatMap(Link::protocolChannel);
    return direct.isEmpty()
      ? signaling.send(to, payload, id, correlationId)
      : Future.succeededFuture().compose(now -> direct.get().writeText(
        SignedText.of(key, to, payload, id, correlationId)));
  }

  // What the gateway says.

  @Override
  public void onRegistered(Registered session) {
    log.info("{}: registered at node {}{}", local(), session.nodeId(), session.resumed() ? ", session resumed" : "");
    events.publish(new JsonObject().put("event", "registered").put("node_id", session.nodeId())
      .put("resumed", session.resumed()));
  }

  @Override
  public void onLost(int closeCode, OptionalLong returningInMs) {
    JsonObject event = new JsonObject().put("event", "signaling_lost").put("close_code", closeCode)
      .put("returning", returningInMs.isPresent());
    returningInMs.ifPresent(delay -> event.put("returning_in_ms", delay));
    events.publish(event);
  }

  @Override
  public void onFault(String correlationId, Fault fault) {
    incoming.onFault(null, correlationId, fault);
  }

  @Override
  public void onMessage(Envelope message) {
    incoming.onRouted(message);
  }
}
