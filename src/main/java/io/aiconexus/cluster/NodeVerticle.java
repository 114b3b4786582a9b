package io.aiconexus.cluster;

import static io.aiconexus.config.Section.check;

import io.aiconexus.bus.Addresses;
import io.aiconexus.bus.Failure;
import io.aiconexus.bus.NodePart;
import io.aiconexus.bus.Replies;
import io.aiconexus.config.Section;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes its node out of service and back: answers {@link Addresses#NODE} with {@code drain}, {@code undrain} and
 * {@code status}.
 * <p>
 * It meets the parts of the node on the event bus, see {@link NodePart}. A drain ends with {@code undrain} only: when
 * all sessions have left, or the deadline is over, the node waits to be stopped. One per node; deploy it after the
 * parts.
 */
public final class NodeVerticle extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(NodeVerticle.class);
  /** Longest deadline: one hour. */
  private static final long DEADLINE_MAX_MS = 3_600_000;
  private static final long LOOK_MS = 100;
  private static final long FORWARD_MS = 5_000;

  private final String node;
  private final Duration usualDeadline;
  private final List<String> partNames;
  private Parts parts;
  private Draining draining;

  /**
   * @param node names the node within its cluster
   * @param usualDeadline of a drain that names none, 1 ms to one hour
   * @param parts the parts that are deployed, by the names under which they called {@link NodePart#listen}
   */
  public NodeVerticle(String node, Duration usualDeadline, List<String> parts) {
    checkDeadline("node.drain_ms", usualDeadline.toMillis());
    this.node = node;
    this.usualDeadline = usualDeadline;
    this.partNames = List.copyOf(parts);
  }

  /** Fails with one line that names {@code key} when that is no deadline. */
  public static void checkDeadline(String key, long millis) {
    check(millis >= 1 && millis <= DEADLINE_MAX_MS, key, "1 to " + DEADLINE_MAX_MS, millis);
  }

  @Override
  public Future<?> start() {
    parts = new Parts(vertx, node, partNames);
    return Future.join(
      vertx.eventBus().consumer(Addresses.NODE, Replies.to(this::onCommand)).completion(),
      vertx.eventBus().consumer(Addresses.node(node), Replies.to(this::onOwnCommand)).completion());
  }

  @Override
  public Future<?> stop() {
    if (draining != null) {
      draining.drained.tryFail(Failure.CANCELLED.because("the node stops"));
    }
    return Future.succeededFuture();
  }

  /**
   * Takes the node out of service; any thread.
   * <p>
   * Succeeds when no session is left to wait for, at the latest at the deadline, and fails with
   * {@link Failure#CANCELLED} when the node is taken back before. Again, it sets another deadline for those that have
   * not left.
   *
   * @param deadline 1 ms to one hour
   */
  public Future<Void> drain(Duration deadline) {
    checkDeadline("deadline", deadline.toMillis());
    return here(() -> {
      Future<Headcount> begun = begin(deadline.toMillis());
      Future<Void> drained = draining.drained.future();
      return begun.compose(count -> drained);
    });
  }

  /** Takes the node back into service; any thread. It does no harm to a node that does not drain. */
  public Future<Void> undrain() {
    return here(() -> end().mapEmpty());
  }

  private Future<JsonObject> onCommand(Message<Object> message) {
    String picked = message.headers().get("node");
    if (picked == null || picked.equals(node)) {
      return onOwnCommand(message);
    }
    if (!picked.matches("[A-Za-z0-9._-]{1,64}")) {
      throw Failure.BAD_REQUEST.because("header node must be 1 to 64 characters of A-Za-z0-9._-");
    }
    return vertx.eventBus().<JsonObject>request(Addresses.node(picked), message.body(),
        new DeliveryOptions().setSendTimeout(FORWARD_MS))
      .map(Message::body)
      .recover(cause -> Future.failedFuture(Failure.of(cause) == Failure.UNAVAILABLE
        ? Failure.NOT_FOUND.because("there is no node " + picked) : cause));
  }

  private Future<JsonObject> onOwnCommand(Message<Object> message) {
    if (!(message.body() instanceof JsonObject body)) {
      throw Failure.BAD_REQUEST.because("a command must be a JSON object");
    }
    Section command = Section.of("", body);
    String action = String.valueOf(command.string("action", null));
    return switch (action) {
      case "drain" -> begin(deadlineOf(command)).map(this::describe);
      case "undrain" -> {
        command.end();
        yield end().map(this::describe);
      }
      case "status" -> {
        command.end();
        yield parts.count().map(this::describe);
      }
      default -> throw Failure.BAD_REQUEST.because("action must be drain, undrain or status, was " + action);
    };
  }

  private long deadlineOf(Section command) {
    long deadlineMs = command.number("deadline_ms", usualDeadline.toMillis());
    command.end();
    checkDeadline("deadline_ms", deadlineMs);
    return deadlineMs;
  }

  private Future<Headcount> begin(long deadlineMs) {
    if (draining == null || draining.isOver()) {
      draining = new Draining();
    }
    Draining begun = draining;
    begun.until(deadlineMs);
    vertx.cancelTimer(begun.timer);
    begun.timer = vertx.setPeriodic(LOOK_MS, now -> parts.count().onComplete(count -> look(begun, count),
      cause -> log.debug("{}: draining, but {}", node, cause.getMessage())));
    return parts.drain(deadlineMs).onSuccess(count -> {
      log.info("{}: drains within {} ms, {} sessions must leave", node, deadlineMs, count.left());
      announce(count);
      look(begun, count);
    });
  }

  private void look(Draining watched, Headcount count) {
    if (draining != watched || watched.isOver() || count.left() > 0 && watched.leftMs() > 0) {
      return;
    }
    vertx.cancelTimer(watched.timer);
    log.info("{}: drained, {} sessions are left", node, count.left());
    announce(count);
    watched.drained.tryComplete();
  }

  private Future<Headcount> end() {
    if (draining == null) {
      return parts.count();
    }
    vertx.cancelTimer(draining.timer);
    draining.drained.tryFail(Failure.CANCELLED.because("the node was taken back into service"));
    draining = null;
    return parts.undrain().onSuccess(count -> {
      log.info("{}: is back in service", node);
      announce(count);
    });
  }

  private JsonObject describe(Headcount count) {
    JsonObject status = new JsonObject().put("node", node).put("state", draining == null ? "running" : "draining")
      .put("sessions", count.sessions()).put("resumable", count.resumable());
    return draining == null ? status : status.put("left", count.left())
      .put("deadline", draining.deadline().toString()).put("deadline_in_ms", draining.leftMs());
  }

  private void announce(Headcount count) {
    vertx.eventBus().publish(Addresses.EVENTS, describe(count).put("type", "node.state"));
  }

  private Future<Void> here(Supplier<Future<Void>> call) {
    Promise<Void> result = Promise.promise();
    context.runOnContext(now -> Future.succeededFuture().compose(go -> call.get()).onComplete(result));
    return result.future();
  }
}
