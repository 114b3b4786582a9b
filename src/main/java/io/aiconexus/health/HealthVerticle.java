package io.aiconexus.health;

import io.aiconexus.bus.Addresses;
import io.aiconexus.bus.Failure;
import io.aiconexus.bus.NodePart;
import io.aiconexus.bus.Replies;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.healthchecks.CheckResult;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.healthchecks.Status;
import io.vertx.ext.web.Router;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after its node: every check on its own, again and again, each with a verdict that does not flutter.
 * <p>
 * Answers {@link Addresses#HEALTH} with {@code check}, and {@code /health} where {@link #routes} are mounted; one per
 * node.
 */
public final class HealthVerticle extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(HealthVerticle.class);
  /** What a node can do without for a while: a gateway writes nothing but its log. */
  private static final Set<String> NOT_NEEDED = Set.of("disk");
  private static final int CHECKS_MAX = 64;

  private final String node;
  private final HealthOptions options;
  private final Map<String, HealthCheck> given = new LinkedHashMap<>();
  private final Map<String, Component> components = new TreeMap<>();
  private final long startedNanos = System.nanoTime();
  private HealthChecks checks;
  private volatile EventLoops loops;
  private volatile boolean deadlocked;
  private volatile boolean draining;
  private volatile Report report = Report.NOT_STARTED;

  /**
   * Looks after memory, disk, event bus, event loops and file descriptors.
   *
   * @param node names the node within its cluster
   */
  public HealthVerticle(String node, HealthOptions options) {
    this.node = node;
    this.options = options;
  }

  /**
   * Looks after one more thing from the start. Before the verticle is deployed; that fails when the name is no good.
   */
  public HealthVerticle lookingAfter(String name, HealthCheck check) {
    given.put(name, check);
    return this;
  }

  /** Adds everything under {@code /health}. */
  public void routes(Router router) {
    new HealthRoutes(this).mount(router);
  }

  /**
   * Looks after one more thing; any thread, once the verticle is deployed.
   * <p>
   * Fails with {@link Failure#BAD_REQUEST} when the name is not 1 to 32 characters of {@code a-z0-9_}, is taken, or
   * there are 64 checks already.
   */
  public Future<Void> register(String name, HealthCheck check) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(here -> Future.<Void>succeededFuture().<Void>compose(now -> {
      add(name, check);
      look(name);
      return Future.succeededFuture();
    }).onComplete(done));
    return done.future();
  }

  @Override
  public Future<?> start() {
    checks = HealthChecks.create(vertx);
    loops = new EventLoops(vertx);
    Machine machine = new Machine(options);
    String echo = "aiconexus.health.echo." + UUID.randomUUID();
    vertx.eventBus().localConsumer(echo, message -> message.reply(null));
    add("memory", () -> blocking(machine::memory));
    add("disk", () -> blocking(machine::disk));
    add("file_descriptors", () -> blocking(machine::descriptors));
    add("event_loop", () -> blocking(this::eventLoops));
    add("event_bus", () -> eventBus(echo));
    given.forEach(this::add);
    vertx.setPeriodic(options.interval().toMillis(), now -> lookAll());
    lookAll();
    return Future.join(
      NodePart.listen(vertx, node, "health", window -> draining = true, () -> draining = false, JsonObject::new)
        .completion(),
      vertx.eventBus().<JsonObject>consumer(Addresses.HEALTH, Replies.to(this::command)).completion());
  }

  @Override
  public Future<?> stop() {
    loops.stop();
    return Future.succeededFuture();
  }

  Report report() {
    return report;
  }

  /** Whether this process turns: no event loop stands still for too long, no threads wait for each other. */
  boolean isAlive() {
    EventLoops watched = loops;
    return watched == null || !deadlocked && watched.delayMs() < options.liveDelay().toMillis();
  }

  /** Why the node should get no new work; null when it may. */
  String notReadyBecause() {
    Report now = report;
    return draining ? "the node drains" : !now.started() ? "the node starts" : now.ready() ? null
      : "a check is unhealthy, see /health";
  }

  private void add(String name, HealthCheck check) {
    if (!name.matches("[a-z][a-z0-9_]{0,31}") || components.containsKey(name) || components.size() == CHECKS_MAX) {
      throw Failure.BAD_REQUEST.because("a check has a name of its own of 1 to 32 characters of a-z0-9_, and there are "
        + "at most " + CHECKS_MAX + "; this one is called " + name);
    }
    Component component = new Component(check, options);
    components.put(name, component);
    checks.register(name, options.timeout().toMillis(), status -> component.look()
      .onComplete(finding -> status.tryComplete(statusOf(finding)), status::tryFail));
  }

  private static Status statusOf(Finding finding) {
    JsonObject data = new JsonObject().put("status", finding.status().name()).put("message", finding.message());
    return finding.status() == HealthStatus.UNHEALTHY ? Status.KO(data) : Status.OK(data);
  }

  private Future<?> lookAll() {
    List<Future<?>> looks = new ArrayList<>();
    List.copyOf(components.keySet()).forEach(name -> looks.add(look(name)));
    return Future.join(looks).otherwiseEmpty();
  }

  private Future<?> look(String name) {
    long since = System.nanoTime();
    return checks.checkStatus(name).map(HealthVerticle::findingOf)
      .otherwise(cause -> Finding.unhealthy(cause.getMessage()))
      .onSuccess(finding -> found(name, finding, System.nanoTime() - since));
  }

  private static Finding findingOf(CheckResult result) {
    JsonObject data = result.getData();
    if (result.getFailure() != null || data == null || !data.containsKey("status")) {
      return Finding.unhealthy(result.getFailure() == null ? "no answer in time" : result.getFailure().getMessage());
    }
    return new Finding(HealthStatus.valueOf(data.getString("status")), data.getString("message"));
  }

  private void found(String name, Finding finding, long nanos) {
    Component component = components.get(name);
    if (component.found(finding, Instant.now())) {
      if (component.status() == HealthStatus.HEALTHY) {
        log.info("{}: {} is healthy again: {}", node, name, component.message());
      } else {
        log.warn("{}: {} is {}: {}", node, name, component.status(), component.message());
      }
    }
    report = newReport();
    vertx.eventBus().publish(Addresses.EVENTS, new JsonObject().put("type", "health.check").put("node", node)
      .put("check", name).put("status", component.status().toString())
      .put("duration_us", TimeUnit.NANOSECONDS.toMicros(nanos)));
  }

  private Report newReport() {
    HealthStatus worst =
      components.values().stream().map(Component::status).max(Comparator.naturalOrder()).orElseThrow();
    long failed = components.values().stream().filter(each -> each.status() == HealthStatus.UNHEALTHY).count();
    boolean started = components.values().stream().allMatch(Component::isChecked);
    boolean able = components.entrySet().stream()
      .noneMatch(each -> each.getValue().status() == HealthStatus.UNHEALTHY && !NOT_NEEDED.contains(each.getKey()));
    JsonObject all = new JsonObject();
    components.forEach((name, component) -> all.put(name, component.toJson()));
    return new Report(started, started && able, worst, new JsonObject().put("status", worst.toString())
      .put("node", node).put("timestamp", Instant.now().toString())
      .put("uptime_seconds", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startedNanos))
      .put("checks_passed", components.size() - failed).put("checks_failed", failed)
      .put("components", all).encode());
  }

  private Future<JsonObject> command(Message<JsonObject> message) {
    Object action = message.body() == null ? null : message.body().getValue("action");
    if (!"check".equals(action)) {
      throw Failure.BAD_REQUEST.because("action must be check, was " + action);
    }
    return lookAll().map(done -> new JsonObject(report.json()));
  }

  private Future<Finding> blocking(Callable<Finding> look) {
    return vertx.executeBlocking(look, false);
  }

  private Finding eventLoops() {
    deadlocked = ManagementFactory.getThreadMXBean().findDeadlockedThreads() != null;
    if (deadlocked) {
      return Finding.unhealthy("threads wait for each other for ever; see a thread dump");
    }
    long delay = loops.delayMs();
    return Finding.of(delay, options.loopDelay().degraded(), options.loopDelay().unhealthy(),
      "the latest of " + loops.count() + " event loops is " + delay + " ms late");
  }

  private Future<Finding> eventBus(String echo) {
    long since = System.nanoTime();
    return vertx.eventBus().request(echo, null,
        new DeliveryOptions().setLocalOnly(true).setSendTimeout(options.timeout().toMillis()))
      .map(reply -> Finding.healthy("answers in " + TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - since) + " us"));
  }
}
