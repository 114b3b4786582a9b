package io.aiconexus.peer;

import io.aiconexus.bus.Addresses;
import io.aiconexus.bus.Failure;
import io.aiconexus.bus.NodePart;
import io.aiconexus.bus.Replies;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.aiconexus.identity.KeyFile;
import io.aiconexus.protocol.Limits;
import io.aiconexus.webrtc.Engine;
import io.aiconexus.webrtc.PeerConnectionOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hosts agents: each lives in a child deployment with an event loop of its own.
 * <p>
 * Answers {@link Addresses#PEERS} with {@code host}, {@code unhost} and {@code list}; one per node.
 */
public final class PeerVerticle extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(PeerVerticle.class);
  /** Longest message taken from a gateway: the most that one can be told to carry, 64 times the usual 256 KiB. */
  private static final int MESSAGE_BYTES_MAX = 64 * Limits.MESSAGE_BYTES;

  private static final long STATE_MS = 1_000;

  private final String node;
  private final PeerOptions options;
  private final Engine engine;
  private final PeerConnectionOptions connectionOptions;
  private final Map<Did, Hosted> agents = new LinkedHashMap<>();
  private boolean draining;
  private WebSocketClient webSockets;
  private NodeEvents events;

  /**
   * @param node names the node within its cluster
   * @param engine makes the connections; the caller closes it after this verticle has stopped
   * @param connectionOptions ICE servers besides those that a gateway hands out, and the transport policy
   */
  public PeerVerticle(String node, PeerOptions options, Engine engine, PeerConnectionOptions connectionOptions) {
    this.node = node;
    this.options = options;
    this.engine = engine;
    this.connectionOptions = connectionOptions;
  }

  @Override
  public Future<?> start() {
    events = new NodeEvents(vertx.eventBus(), node);
    vertx.setPeriodic(STATE_MS, now -> publishState());
    webSockets = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(Integer.MAX_VALUE)
      .setMaxMessageSize(MESSAGE_BYTES_MAX).setMaxFrameSize(MESSAGE_BYTES_MAX));
    return Future.join(
      NodePart.listen(vertx, node, "peers", window -> draining = true, () -> draining = false, JsonObject::new)
        .completion(),
      vertx.eventBus().consumer(Addresses.PEERS, Replies.to(this::command)).completion());
  }

  /** The agents are gone by now: what is published last says so. */
  @Override
  public Future<?> stop() {
    agents.clear();
    publishState();
    return Future.succeededFuture();
  }

  /**
   * Hosts the agent of that key and registers it; any thread.
   * <p>
   * Fails with {@link Failure#SIGNALING_UNAVAILABLE} when its gateway cannot be reached or refuses it, and with
   * {@link Failure#BAD_REQUEST} when it is hosted here already, and with {@link Failure#UNAVAILABLE} while the node
   * drains; agents that are hosted stay.
   */
  public Future<Agent> host(AgentKey key, HostOptions host) {
    Promise<Agent> hosted = Promise.promise();
    context.runOnContext(here -> hostHere(key, host).onComplete(hosted));
    return hosted.future();
  }

  /** Ends the hosting of that agent: closes its links and leaves its gateway; any thread. */
  public Future<Void> unhost(Did did) {
    Promise<Void> gone = Promise.promise();
    context.runOnContext(here -> unhostHere(did).onComplete(gone));
    return gone.future();
  }

  private Future<Agent> hostHere(AgentKey key, HostOptions host) {
    Did did = key.did();
    if (draining) {
      return Future.failedFuture(Failure.UNAVAILABLE.because("this node drains; host " + did + " on another one"));
    }
    Hosted there = agents.get(did);
    if (there != null && there.gone != null) {
      return there.gone.transform(gone -> hostHere(key, host));
    }
    if (there != null) {
      return Future.failedFuture(Failure.BAD_REQUEST.because(did + " is hosted here already"));
    }
    HostedAgent core = new HostedAgent(key, options, engine, connectionOptions, host, doorTo(host.gateway()), events);
    Hosted hosted = new Hosted(core, vertx.deployVerticle(core));
    agents.put(did, hosted);
    return hosted.agent.onFailure(cause -> {
      agents.remove(did, hosted);
      log.warn("{}: could not be hosted: {}", did, cause.getMessage());
    });
  }

  private void publishState() {
    long hosted = agents.values().stream().filter(agent -> agent.agent.succeeded()).count();
    events.publish("peer.state", new JsonObject().put("agents", hosted).put("links", events.links())
      .put("engine", engine.status().toJson()));
  }

  private Future<Void> unhostHere(Did did) {
    Hosted hosted = agents.get(did);
    if (hosted == null) {
      return Future.failedFuture(Failure.NOT_FOUND.because(did + " is not hosted here"));
    }
    if (hosted.gone == null) {
      hosted.gone = hosted.deployment.compose(vertx::undeploy).onComplete(done -> agents.remove(did, hosted));
    }
    return hosted.gone;
  }

  private Supplier<SignalingDoor> doorTo(URI gateway) {
    return gateway == null ? () -> new BusDoor(vertx) : () -> new WebSocketDoor(webSockets, gateway);
  }

  private Future<Object> command(Message<Object> message) {
    Fields command = Fields.of(message.body());
    String action = command.required("action");
    return switch (action) {
      case "host" -> host(command);
      case "unhost" -> unhostHere(command.only("action", "did").did("did")).mapEmpty();
      case "list" -> {
        command.only("action");
        yield list().map(agents -> agents);
      }
      default -> throw Failure.BAD_REQUEST.because("action must be host, unhost or list, was " + action);
    };
  }

  private Future<Object> host(Fields command) {
    HostOptions how = HostOptions.from(command.json());
    return keyOf(command).compose(key -> hostHere(key, how)).compose(Agent::describe).map(description -> description);
  }

  private Future<AgentKey> keyOf(Fields command) {
    String file = command.string("key_file");
    if (file == null) {
      return Future.succeededFuture(AgentKey.generate());
    }
    return vertx.executeBlocking(() -> KeyFile.readOrCreate(Path.of(file)), false)
      .recover(cause -> Future.failedFuture(cause instanceof IOException
        ? Failure.BAD_REQUEST.because("key_file: " + cause.getMessage()) : cause));
  }

  private Future<JsonObject> list() {
    List<Future<JsonObject>> descriptions = agents.values().stream()
      .filter(hosted -> hosted.agent.succeeded())
      .map(hosted -> hosted.agent.result().describe())
      .toList();
    return Future.all(descriptions).map(all -> new JsonObject().put("agents", new JsonArray(all.list()))
      .put("engine", engine.status().toJson()));
  }

  /** An agent and its deployment. */
  private static final class Hosted {

    private final Future<Agent> agent;
    private final Future<String> deployment;
    private Future<Void> gone;

    Hosted(HostedAgent core, Future<String> deployment) {
      this.deployment = deployment;
      this.agent = deployment.map(id -> new Agent(core));
    }
  }
}
