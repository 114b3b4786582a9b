package io.aiconexus.signaling;

import io.aiconexus.bus.Addresses;
import io.aiconexus.bus.BusSocket;
import io.aiconexus.bus.NodePart;
import io.aiconexus.bus.Replies;
import io.aiconexus.identity.AgentKey;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance of a signaling gateway: admits agents, proves who they are and carries messages between them.
 * <p>
 * Deploy as many as {@link SignalingOptions#instancesOrCores} says, each with its own number; they share the port and
 * find each other's sessions over the event bus. Runs on an event loop. {@link #start} fails with one line when the
 * port is taken or the certificate cannot be used.
 */
public final class SignalingVerticle extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(SignalingVerticle.class);

  private final SignalingOptions options;
  private final String node;
  private final AgentKey gatewayKey;
  private final int instance;
  private final Predicate<String> nodeIsMember;
  private final boolean withinCluster;
  private final List<MessageConsumer<?>> consumers = new ArrayList<>();
  private MessageConsumer<?> busDoor;
  private Handler<Router> otherRoutes = router -> { };
  private Gateway gateway;
  private HttpServer server;

  /**
   * An instance of a gateway whose cluster loses no nodes, or that is alone.
   *
   * @param options the same for all instances of the node
   * @param nodeId names the node within its cluster
   * @param gatewayKey the gateway's own key, the same for all instances; its DID is what agents send REGISTER to
   * @param instance number of this instance, from 0
   */
  public SignalingVerticle(SignalingOptions options, String nodeId, AgentKey gatewayKey, int instance) {
    this(options, nodeId, gatewayKey, instance, anyNode -> true, false);
  }

  /**
   * An instance of a gateway within a cluster.
   *
   * @param nodeIsMember whether a node id is a member's; sessions of others count as absent
   */
  public SignalingVerticle(SignalingOptions options, String nodeId, AgentKey gatewayKey, int instance,
                           Predicate<String> nodeIsMember) {
    this(options, nodeId, gatewayKey, instance, nodeIsMember, true);
  }

  private SignalingVerticle(SignalingOptions options, String nodeId, AgentKey gatewayKey, int instance,
                            Predicate<String> nodeIsMember, boolean withinCluster) {
    this.options = options;
    this.node = nodeId;
    this.gatewayKey = gatewayKey;
    this.instance = instance;
    this.nodeIsMember = nodeIsMember;
    this.withinCluster = withinCluster;
  }

  /**
   * Has the gateway's HTTP server answer other paths as well; call it before the verticle is deployed.
   *
   * @param routes adds them; they come before the gateway's own
   */
  public SignalingVerticle alsoServing(Handler<Router> routes) {
    otherRoutes = routes;
    return this;
  }

  /** The port listened on, once started; of use when the options ask for port 0. */
  public int port() {
    return server.actualPort();
  }

  @Override
  public Future<?> start() {
    if (options.tls() != null) {
      options.tls().checkReadable();
    }
    DeliveryCodec.register(vertx);
    return vertx.sharedData().<String, String>getAsyncMap(Directory.MAP)
      .map(map -> new Gateway(vertx, options, node, gatewayKey.did(), instance, new Directory(map, nodeIsMember),
        hasNeighbours()))
      .compose(this::open);
  }

  private Future<?> open(Gateway opened) {
    gateway = opened;
    String inbox = Addresses.signalingInbox(node, instance);
    consumers.add(vertx.eventBus().consumer(inbox, Replies.to(gateway.inbox()::onMessage)));
    consumers.add(vertx.eventBus().<JsonObject>consumer(Addresses.PRESENCE, event -> gateway.onPresence(event.body())));
    consumers.add(vertx.eventBus().consumer(Addresses.SIGNALING, Replies.to(gateway.commands()::onCommand)));
    consumers.add(NodePart.listen(vertx, node, "signaling." + instance, this::drain, this::undrain,
      gateway.drain()::count));
    openBusDoor();
    return Future.join(consumers.stream().map(MessageConsumer::completion).toList())
      .compose(reachable -> busDoor.completion())
      .compose(reachable -> listen());
  }

  private void openBusDoor() {
    busDoor = BusSocket.listen(vertx, Addresses.SIGNALING_SESSIONS, gateway.doors()::onBusSocket);
  }

  /** Whether agents on the event bus may find another gateway when this one does not listen. */
  private boolean hasNeighbours() {
    return withinCluster || vertx.isClustered();
  }

  private void drain(long windowMillis) {
    if (hasNeighbours() && !gateway.drain().isOn()) {
      busDoor.unregister();
    }
    gateway.drain().begin(windowMillis);
  }

  private void undrain() {
    if (hasNeighbours() && gateway.drain().isOn()) {
      openBusDoor();
    }
    gateway.drain().end();
  }

  private Future<?> listen() {
    Router api = new HttpApi(gateway.agents()).router(vertx, otherRoutes);
    server = vertx.createHttpServer(Listening.http(options, node)).requestHandler(request -> {
      if (HttpApi.SOCKET_PATH.equals(request.path())) {
        gateway.doors().onHandshake(request);
      } else {
        api.handle(request);
      }
    });
    return server.listen().transform(Listening.explained(options)).onSuccess(listening -> {
      Audiences audiences = Audiences.of(options, server.actualPort());
      gateway.listening(audiences);
      if (instance == 0) {
        log.info("{}: listening on {}:{}{}", gatewayKey.did(), options.host(), server.actualPort(),
          options.tls() == null ? "" : " with TLS");
        audiences.warnIfAny(log);
      }
    });
  }

  @Override
  public Future<?> stop() {
    if (gateway == null) {
      return Future.succeededFuture();
    }
    return Future.join(consumers.stream().map(MessageConsumer::unregister).toList())
      .transform(unreachable -> busDoor.unregister())
      .transform(closed -> gateway.stop())
      .transform(stopped -> server == null ? Future.succeededFuture() : server.close());
  }
}
