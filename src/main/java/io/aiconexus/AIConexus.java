package io.aiconexus;

import io.aiconexus.bus.Failure;
import io.aiconexus.cluster.NodeVerticle;
import io.aiconexus.health.HealthCheck;
import io.aiconexus.health.HealthVerticle;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.aiconexus.identity.KeyFile;
import io.aiconexus.peer.Agent;
import io.aiconexus.peer.HostOptions;
import io.aiconexus.peer.PeerVerticle;
import io.aiconexus.retry.RetryPolicy;
import io.aiconexus.retry.RetryVerticle;
import io.aiconexus.signaling.SignalingVerticle;
import io.aiconexus.webrtc.Engine;
import io.aiconexus.webrtc.EngineStatus;
import io.aiconexus.webrtc.Engines;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node: the verticles that its roles ask for, deployed on somebody's Vert.x.
 * <p>
 * {@code AIConexus.builder(vertx).deploy()} starts one; {@link #close} stops what it started and nothing else.
 * Usable from any thread.
 */
public final class AIConexus {

  private static final Logger log = LoggerFactory.getLogger(AIConexus.class);

  private final Vertx vertx;
  private final NodeOptions options;
  private final AgentKey gatewayKey;
  private final Engine engine;
  private final PeerVerticle peers;
  private final Watch watch;
  private final RetryVerticle retry;
  private final Queue<SignalingVerticle> gateways = new ConcurrentLinkedQueue<>();
  private final AtomicReference<Future<Void>> closed = new AtomicReference<>();
  private final Deployments deployments;
  private final NodeVerticle wholeNode;

  private AIConexus(Vertx vertx, NodeOptions options, AgentKey gatewayKey, Engine engine, MeterRegistry registry) {
    this.vertx = vertx;
    this.options = options;
    this.gatewayKey = gatewayKey;
    this.engine = engine;
    this.peers = engine == null ? null : new PeerVerticle(options.id(), options.peer(), engine,
      options.webrtc().connection());
    this.retry = options.roles().contains(NodeOptions.Role.RETRY)
      ? new RetryVerticle(options.retry(), options.id()) : null;
    this.watch = new Watch(vertx, options, registry, engine);
    this.deployments = new Deployments(vertx);
    this.wholeNode = new NodeVerticle(options.id(), options.drain(), parts());
  }

  /** Begins a node on {@code vertx}; the node does not close it. */
  public static Builder builder(Vertx vertx) {
    return new Builder(vertx);
  }

  /** What the node was told, its id included. */
  public NodeOptions options() {
    return options;
  }

  /** The DID under which the gateway speaks. */
  public Did gateway() {
    return gatewayKey.did();
  }

  /** The TCP port that the gateway listens on; empty without the signaling role. */
  public Optional<Integer> signalingPort() {
    return gateways.stream().findFirst().map(SignalingVerticle::port);
  }

  /** The TCP port of the listener for metrics and health; empty without {@code admin.port}. */
  public Optional<Integer> adminPort() {
    return watch.adminPort();
  }

  /**
   * Looks after one more thing with the node's health checks, as {@link HealthVerticle#register} says; any thread.
   */
  public Future<Void> check(String name, HealthCheck check) {
    return watch.register(name, check);
  }

  /** What the engine holds; empty without the peers role. */
  public Optional<EngineStatus> engine() {
    return Optional.ofNullable(engine).map(Engine::status);
  }

  /** Hosts an agent that registers at the gateway on this event bus. */
  public Future<Agent> host(AgentKey key) {
    return host(key, HostOptions.DEFAULTS);
  }

  /** Hosts an agent; fails with {@link Failure#UNAVAILABLE} without the peers role. */
  public Future<Agent> host(AgentKey key, HostOptions how) {
    return peers == null ? Future.failedFuture(noPeers()) : peers.host(key, how);
  }

  /** Ends the hosting of that agent. */
  public Future<Void> unhost(Did agent) {
    return peers == null ? Future.failedFuture(noPeers()) : peers.unhost(agent);
  }

  /** Keeps a link of that agent to that other one up from now on, by the node's own policy. */
  public Future<Void> supervise(Did local, Did remote) {
    return supervise(local, remote, options.retry().policy());
  }

  /**
   * Keeps a link up from now on; succeeds when that has begun, not when the link is there.
   * <p>
   * Fails with {@link Failure#UNAVAILABLE} without the retry role, and as {@link RetryVerticle#supervise} does.
   */
  public Future<Void> supervise(Did local, Did remote, RetryPolicy policy) {
    return retry == null ? Future.failedFuture(noRetry()) : retry.supervise(local, remote, policy);
  }

  /** Leaves that link alone from now on. */
  public Future<Void> release(Did local, Did remote) {
    return retry == null ? Future.failedFuture(noRetry()) : retry.release(local, remote);
  }

  /** Takes the node out of service, as {@link #drain(Duration)} does, within {@code node.drain_ms}. */
  public Future<Void> drain() {
    return drain(options.drain());
  }

  /**
   * Takes the node out of service: it is not ready, lets nobody in, and sends its sessions away, spread over that time.
   * <p>
   * Succeeds when no session is left to wait for, at the latest at the deadline; fails with {@link Failure#CANCELLED}
   * when {@link #undrain} comes before. Hosted agents and their links stay until the node is closed.
   *
   * @param deadline 1 ms to one hour
   */
  public Future<Void> drain(Duration deadline) {
    return wholeNode.drain(deadline);
  }

  /** Takes the node back into service. */
  public Future<Void> undrain() {
    return wholeNode.undrain();
  }

  /** Stops the node, once: agents leave, sessions are closed with 1001, the engine gives back what it holds. */
  public Future<Void> close() {
    Promise<Void> promise = Promise.promise();
    if (closed.compareAndSet(null, promise.future())) {
      stop().onComplete(promise);
    }
    return closed.get();
  }

  private Future<Void> stop() {
    return watch.lookAway()
      .eventually(deployments::undo)
      .eventually(watch::end)
      .eventually(() -> engine == null ? Future.succeededFuture() : engine.close());
  }

  private Future<AIConexus> deploy() {
    return watch.begin()
      .compose(counting -> serves() ? deployments.add(this::newGateway, instances()) : Future.succeededFuture())
      .compose(signaling -> deployments.add(peers))
      .compose(hosts -> deployments.add(retry))
      .compose(supervises -> watch.look(signalingPort()))
      .compose(looking -> deployments.add(wholeNode))
      .map(this)
      .recover(cause -> close().transform(closed -> Future.failedFuture(cause)));
  }

  private boolean serves() {
    return options.roles().contains(NodeOptions.Role.SIGNALING);
  }

  private int instances() {
    return options.signaling().instancesOrCores();
  }

  private SignalingVerticle newGateway() {
    SignalingVerticle gateway = new SignalingVerticle(options.signaling(), options.id(), gatewayKey, gateways.size())
      .alsoServing(watch::onGateway);
    gateways.add(gateway);
    return gateway;
  }

  /** What drains with the node. */
  private List<String> parts() {
    List<String> parts = new ArrayList<>(List.of("health"));
    if (peers != null) {
      parts.add("peers");
    }
    for (int i = 0; serves() && i < instances(); i++) {
      parts.add("signaling." + i);
    }
    return parts;
  }

  private static RuntimeException noPeers() {
    return Failure.UNAVAILABLE.because("this node does not have the role peers");
  }

  private static RuntimeException noRetry() {
    return Failure.UNAVAILABLE.because("this node does not have the role retry");
  }

  /** Collects what a node is told, with a default for everything. */
  public static final class Builder {

    private final Vertx vertx;
    private NodeOptions options = NodeOptions.DEFAULTS;
    private AgentKey key;
    private MeterRegistry registry;

    private Builder(Vertx vertx) {
      this.vertx = vertx;
    }

    /** Everything at once. */
    public Builder options(NodeOptions node) {
      options = node;
      return this;
    }

    /** The gateway's own key, instead of that of {@code node.key_file}. */
    public Builder gatewayKey(AgentKey gatewayKey) {
      key = gatewayKey;
      return this;
    }

    /**
     * Counts in the application's own registry, which the node does not close and to which it adds nothing of the JVM.
     * <p>
     * {@code GET /metrics} is there when it is a Prometheus registry. Without one the node makes its own.
     */
    public Builder meterRegistry(MeterRegistry applications) {
      registry = applications;
      return this;
    }

    /**
     * Deploys the node.
     * <p>
     * Fails with one line that a person can act on when a port is taken, a file cannot be read or a setting is wrong;
     * then nothing of it is left running. A WebRTC engine that cannot be had does not fail it.
     */
    public Future<AIConexus> deploy() {
      NodeOptions node = options.identified();
      boolean hosts = node.roles().contains(NodeOptions.Role.PEERS);
      return gatewayKey()
        .compose(gateway -> (hosts ? Engines.choose(vertx, node.webrtc()) : Future.<Engine>succeededFuture())
          .map(engine -> new AIConexus(vertx, node, gateway, engine, registry)))
        .compose(AIConexus::deploy)
        .onSuccess(ready -> log.info("{}: ready, gateway {}", node.id(), ready.gateway()));
    }

    private Future<AgentKey> gatewayKey() {
      if (key != null) {
        return Future.succeededFuture(key);
      }
      if (options.keyFile() == null) {
        return Future.succeededFuture(AgentKey.generate());
      }
      return vertx.executeBlocking(() -> KeyFile.readOrCreate(Path.of(options.keyFile())), false);
    }
  }
}
