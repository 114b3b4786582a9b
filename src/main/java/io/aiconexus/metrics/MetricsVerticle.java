package io.aiconexus.metrics;

import io.aiconexus.bus.Addresses;
import io.aiconexus.bus.Failure;
import io.aiconexus.bus.Replies;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what the verticles of its node publish on {@link Addresses#EVENTS} into meters.
 * <p>
 * Answers {@link Addresses#METRICS} with {@code snapshot}, and {@code GET /metrics} where {@link #routes} are mounted
 * and the registry is a Prometheus one. Events of other nodes are theirs to count. When it stops it takes its meters
 * out of the registry, which it does not close.
 */
public final class MetricsVerticle extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(MetricsVerticle.class);
  private static final long SECOND_MS = 1_000;

  private final String node;
  private final MeterRegistry registry;
  private NodeMeters meters;
  private SignalingMeters signaling;
  private PeerMeters peers;
  private RetryMeters retries;
  private HealthMeters health;

  /**
   * @param node the node whose events count
   * @param registry where the meters are made, the application's own or that of {@link ProcessMetrics}
   */
  public MetricsVerticle(String node, MeterRegistry registry) {
    this.node = node;
    this.registry = registry;
  }

  /** Adds {@code GET /metrics}; without a Prometheus registry nothing is there. */
  public void routes(Router router) {
    if (registry instanceof PrometheusMeterRegistry prometheus) {
      router.get("/metrics").handler(new Scrapes(prometheus)::onRequest);
    }
  }

  @Override
  public Future<?> start() {
    meters = new NodeMeters(registry);
    signaling = new SignalingMeters(meters);
    peers = new PeerMeters(meters, MetricsVerticle::seconds);
    retries = new RetryMeters(meters, MetricsVerticle::seconds);
    health = new HealthMeters(meters, MetricsVerticle::seconds);
    tick();
    vertx.setPeriodic(SECOND_MS, now -> tick());
    vertx.eventBus().<Object>localConsumer(Addresses.EVENTS, this::read);
    return vertx.eventBus().<JsonObject>consumer(Addresses.METRICS, Replies.to(this::command)).completion();
  }

  @Override
  public Future<?> stop() {
    meters.forgetAll();
    return Future.succeededFuture();
  }

  private void tick() {
    peers.tick();
    retries.tick();
    health.tick();
  }

  private void read(Message<Object> message) {
    try {
      JsonObject event = Readings.object(message.body());
      if (node.equals(event.getValue("node", node))) {
        onEvent(event);
      }
    } catch (ClassCastException | IllegalArgumentException e) {
      log.debug("an event cannot be read: {}", e.getMessage());
      meters.counter(NodeMeter.EVENTS_UNREADABLE).increment();
    }
  }

  private void onEvent(JsonObject event) {
    String type = Readings.text(event, "type");
    switch (type) {
      case "peer" -> peers.onAgent(event);
      case "traffic" -> peers.onTraffic(event);
      case "peer.state" -> peers.onState(event);
      case "retry" -> retries.on(event);
      case "health.check" -> health.onCheck(event);
      case "node.state" ->
        meters.level(NodeMeter.NODE_DRAINING).set("draining".equals(event.getValue("state")) ? 1 : 0);
      default -> signaling.on(type, event);
    }
  }

  private Future<JsonObject> command(Message<JsonObject> message) {
    JsonObject body = message.body();
    String action = body == null ? null : String.valueOf(body.getValue("action"));
    if (!"snapshot".equals(action)) {
      throw Failure.BAD_REQUEST.because("action must be snapshot, was " + action);
    }
    return vertx.executeBlocking(() -> new JsonObject().put("node", node).put("timestamp", Instant.now().toString())
      .put("meters", Snapshot.of(registry)), false);
  }

  private static long seconds() {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
  }
}
