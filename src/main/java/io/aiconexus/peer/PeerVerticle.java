package io.aiconexus.peer;

import io.aiconexus.bus.Addresses;
import io.aiconexus.bus.Failure;
import io.aiconexus.bus.Replies;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.aiconexus.identity.KeyFile;
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

  private final PeerOptions options;
  private final Engine engine;
  private final PeerConnectionOptions connectionOptions;
  private final Map<Did, Hosted> agents = new LinkedHashMap<>();
  private WebSocketClient webSockets;

  /**
   * @param engine makes the connections; the caller closes it after this verticle has stopped
   * @param connectionOptions ICE servers besides those that a gateway hands out, and the transport policy
   */
  public PeerVerticle(PeerOptions options, Engine engine, PeerConnectionOptions connectionOptions) {
    this.options = options;
    this.engine = engine;
    this.connectionOptions = connectionOptions;
  }

  @Override
  public Future<?> start() {
    webSockets = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(Integer.MAX_VALUE)
      .setMaxMessageSize(Integer.MAX_VALUE).setMaxFrameSize(Integer.MAX_VALUE >>> 1));
    return vertx.eventBus().<JsonObject>consumer(Addresses.PEERS, Replies.to(this::command)).completion();
  }

  /**
   * Hosts the agent of that key and registers it; any thread.
   * <p>
   * Fails with {@link Failure#SIGNALING_UNAVAILABLE} when its gateway cannot be reached or refuses it, and with
   * {@link Failure#BAD_REQUEST} when it is hosted here already.
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
    if (agents.containsKey(did)) {
      return Future.failedFuture(Failure.BAD_REQUEST.because(did + " is hosted here already"));
    }
    HostedAgent core = new HostedAgent(key, options, engine, connectionOptions, host, doorTo(host.gateway()));
    Hosted hosted = new Hosted(core, vertx.deployVerticle(core));
    agents.put(did, hosted);
    return hosted.deployment.map(id -> new Agent(core)).onFailure(cause -> {
      agents.remove(did, hosted);
      log.warn("{}: could not be hosted: {}", did, cause.getMessage());
    });
  }

  private Future<Void> unhostHere(Did did) {
    Hosted hosted = agents.remove(did);
    if (hosted == null) {
      return Future.failedFuture(Failure.NOT_FOUND.because(did + " is not hosted here"));
    }
    return hosted.deployment.compose(vertx::undeploy);
  }

  private Supplier<SignalingDoor> doorTo(URI gateway) {
    return gateway == null ? () -> new BusDoor(vertx) : () -> new WebSocketDoor(webSockets, gateway);
  }

  private Future<Object> command(Message<JsonObject> message) {
    Fields command = new Fields(message.body());
    String action = command.required("action");
    return switch (action) {
      case "host" -> keyOf(command).compose(key -> hostHere(key, HostOptions.from(command.json())))
        .map(agent -> agents.get(agent.did()).core.describe());
      case "unhost" -> unhostHere(command.did("did")).mapEmpty();
      case "list" -> Future.succeededFuture(list());
      default -> throw Failure.BAD_REQUEST.because("action must be host, unhost or list, was " + action);
    };
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

  private JsonObject list() {
    JsonArray list = new JsonArray();
    agents.values().stream().filter(hosted -> hosted.deployment.succeeded())
      .forEach(hosted -> list.add(hosted.core.describe()));
    return new JsonObject().put("agents", list).put("engine", engine.status().toJson());
  }

  private record Hosted(HostedAgent core, Future<String> deployment) { }
}
