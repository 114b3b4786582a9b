package io.aiconexus;

import io.aiconexus.health.Finding;
import io.aiconexus.health.HealthCheck;
import io.aiconexus.health.HealthVerticle;
import io.aiconexus.health.PortCheck;
import io.aiconexus.metrics.MetricsVerticle;
import io.aiconexus.metrics.ProcessMetrics;
import io.aiconexus.signaling.SignalingOptions;
import io.aiconexus.status.StatusVerticle;
import io.aiconexus.webrtc.Engine;
import io.aiconexus.webrtc.EngineStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.util.Optional;

/**
 * The part of a node that looks at the rest: metrics, health checks, status, and where they answer.
 * <p>
 * Features do not know each other, so it is here that the gateway's server gets the routes of the others.
 */
final class Watch {

  private final Vertx vertx;
  private final NodeOptions options;
  private final HealthVerticle health;
  private final ProcessMetrics own;
  private final MetricsVerticle metrics;
  private final StatusVerticle status;
  private final AdminCommands commands;
  private final AdminVerticle admin;
  private volatile Future<String> metricsDeployment = Future.succeededFuture();
  private volatile Future<String> statusDeployment = Future.succeededFuture();
  private volatile Future<String> healthDeployment = Future.succeededFuture();
  private volatile Future<String> adminDeployment = Future.succeededFuture();

  /**
   * @param given where the node counts if it does
   * @param engine null without hosted agents
   */
  Watch(Vertx vertx, NodeOptions options, AIConexus.Meters given, Engine engine) {
    boolean counts = options.roles().contains(NodeOptions.Role.METRICS);
    MeterRegistry registry = given.registry();
    this.vertx = vertx;
    this.options = options;
    this.own = counts && registry == null ? new ProcessMetrics() : null;
    this.metrics = counts
      ? new MetricsVerticle(options.id(), own == null ? registry : own.registry(), given.labels()) : null;
    this.health = new HealthVerticle(options.id(), options.health());
    this.status = new StatusVerticle(options.id(), health::json);
    this.commands = new AdminCommands(vertx, options.id(), options.admin());
    this.admin = options.admin().port() == null ? null : new AdminVerticle(options.admin(), this::onAdmin);
    if (engine != null) {
      health.lookingAfter("webrtc", () -> Future.succeededFuture(finding(engine.status())));
    }
  }

  /** Adds what the gateway's own server answers: the probes, and the rest unless that has a listener of its own. */
  void onGateway(Router router) {
    if (admin == null) {
      status.routes(router, false);
      everything(router);
    } else {
      health.routes(router);
    }
  }

  /** Counts from now on. */
  Future<Void> begin() {
    metricsDeployment = deploy(metrics);
    return metricsDeployment.compose(counting -> {
      statusDeployment = deploy(status);
      return statusDeployment.mapEmpty();
    });
  }

  /** The node is there: looks after it from now on, and answers. */
  Future<Void> look(Optional<Integer> signalingPort) {
    SignalingOptions signaling = options.signaling();
    signalingPort.ifPresent(port -> health.lookingAfter("network", new PortCheck(vertx, signaling.host(), port)));
    healthDeployment = deploy(health);
    return healthDeployment.compose(looking -> {
      adminDeployment = deploy(admin);
      return adminDeployment.mapEmpty();
    });
  }

  Future<Void> register(String name, HealthCheck check) {
    return health.register(name, check);
  }

  Optional<Integer> adminPort() {
    return Optional.ofNullable(admin).map(AdminVerticle::port);
  }

  /** Stops looking after the node, which is going to stop. */
  Future<Void> lookAway() {
    return undeploy(adminDeployment).eventually(() -> undeploy(healthDeployment));
  }

  /** Stops counting. */
  Future<Void> end() {
    return undeploy(statusDeployment).eventually(() -> undeploy(metricsDeployment)).onComplete(done -> {
      if (own != null) {
        own.close();
      }
    });
  }

  private void onAdmin(Router router) {
    status.routes(router, true);
    everything(router);
  }

  private void everything(Router router) {
    health.routes(router);
    commands.mount(router);
    if (metrics != null) {
      metrics.routes(router);
    }
  }

  private Future<String> deploy(Deployable verticle) {
    return verticle == null ? Future.succeededFuture() : vertx.deployVerticle(verticle);
  }

  private Future<Void> undeploy(Future<String> deployment) {
    return deployment.succeeded() && deployment.result() != null ? vertx.undeploy(deployment.result())
      : Future.succeededFuture();
  }

  /** A node whose engine does not work can still be a gateway; whoever wants to connect is told. */
  private static Finding finding(EngineStatus status) {
    return status.available() ? Finding.healthy(status.engine() + " holds " + status.connections() + " connections")
      : Finding.degraded(status.engine() + " cannot make connections: " + status.reason());
  }
}
