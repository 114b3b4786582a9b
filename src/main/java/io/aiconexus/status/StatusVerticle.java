package io.aiconexus.status;

import io.aiconexus.bus.Addresses;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a node at a glance: a page at {@code /} for people, and what it shows as JSON at {@code /status}.
 * <p>
 * It only listens to {@link Addresses#EVENTS}, and writes its answer down once a second: however many look, the node
 * does no more. One per node.
 */
public final class StatusVerticle extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(StatusVerticle.class);
  private static final long SECOND_MS = 1_000;
  private static final int MEMBERS_MAX = 100;

  private final String node;
  private final Supplier<String> health;
  private final long startedNanos = System.nanoTime();
  private final NodeStatus status = new NodeStatus(StatusVerticle::seconds);
  private final StatusRoutes routes = new StatusRoutes();

  /**
   * @param node the node that is shown
   * @param health what its health checks say, as JSON
   */
  public StatusVerticle(String node, Supplier<String> health) {
    this.node = node;
    this.health = health;
  }

  /**
   * Adds the page and its JSON.
   *
   * @param detailed whether they tell which agents are linked with which; not for everybody's eyes
   */
  public void routes(Router router, boolean detailed) {
    routes.mount(router, detailed);
  }

  @Override
  public Future<?> start() {
    vertx.eventBus().<Object>localConsumer(Addresses.EVENTS, this::read);
    vertx.setPeriodic(SECOND_MS, now -> write());
    write();
    return Future.succeededFuture();
  }

  private void read(Message<Object> message) {
    try {
      if (message.body() instanceof JsonObject event && node.equals(event.getValue("node", node))) {
        status.on(event, Instant.now().toString());
      }
    } catch (ClassCastException | IllegalArgumentException e) {
      log.debug("an event cannot be read: {}", e.getMessage());
    }
  }

  private void write() {
    JsonObject json = new JsonObject().put("node", node).put("timestamp", Instant.now().toString())
      .put("uptime_seconds", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startedNanos))
      .put("health", new JsonObject(health.get())).mergeIn(status.toJson()).put("cluster", cluster());
    routes.say(json.encode(), json.put("latest_links", status.latestLinks()).encode());
  }

  /** Members as the cluster manager has them, at most 100 by name. */
  private JsonObject cluster() {
    ClusterManager manager = ((VertxInternal) vertx).clusterManager();
    if (manager == null) {
      return new JsonObject().put("clustered", false).put("size", 1).put("members", new JsonArray());
    }
    JsonArray members = new JsonArray();
    manager.getNodes().stream().sorted().limit(MEMBERS_MAX).forEach(member ->
      members.add(new JsonObject().put("id", member).put("self", member.equals(manager.getNodeId()))));
    return new JsonObject().put("clustered", true).put("size", manager.getNodes().size()).put("members", members);
  }

  private static long seconds() {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
  }
}
