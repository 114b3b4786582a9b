package io.aiconexus.retry;

import io.aiconexus.bus.Addresses;
import io.aiconexus.bus.Failure;
import io.aiconexus.bus.Replies;
import io.aiconexus.config.Section;
import io.aiconexus.identity.Did;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Keeps links up: whoever asks for one once, through {@link Addresses#RETRY} or {@link #supervise}, has it from
 * then on.
 * <p>
 * Meets the hosted agents on the event bus only, so it may run on another node than they do. One per node.
 */
public final class RetryVerticle extends VerticleBase {

  private final RetryOptions options;
  private final String node;
  private SupervisedLinks links;

  /** @param node the node's id, under which {@link Addresses#retry} reaches exactly this verticle */
  public RetryVerticle(RetryOptions options, String node) {
    this.options = options;
    this.node = node;
  }

  @Override
  public Future<?> start() {
    EventBus bus = vertx.eventBus();
    VertxTimers timers = new VertxTimers(vertx, context);
    RetryBudget budget = new RetryBudget(options.budgetRatio(), options.budgetPerSecond(), timers::nowMs);
    links = new SupervisedLinks(new SupervisedLink.Surroundings(options, timers, ThreadLocalRandom.current(), budget,
      new BusAgents(bus), this::publish), this::watch);
    vertx.setPeriodic(options.checkInterval().toMillis(), now -> links.check());
    return Future.join(
      bus.<Object>consumer(Addresses.RETRY, Replies.to(this::command)).completion(),
      bus.<Object>consumer(Addresses.retry(node), Replies.to(this::command)).completion(),
      bus.<JsonObject>consumer(Addresses.PRESENCE, message -> onPresence(message.body())).completion());
  }

  @Override
  public Future<?> stop() {
    links.releaseAll();
    return Future.succeededFuture();
  }

  /**
   * Keeps a link of that hosted agent to that other agent up from now on; any thread.
   * <p>
   * Succeeds when it has begun, not when the link is there; again for the same two it begins anew with that policy.
   * Fails with {@link Failure#BAD_REQUEST} when both are the same, and with {@link Failure#OVERLOADED} when there are
   * too many.
   */
  public Future<Void> supervise(Did local, Did remote, RetryPolicy policy) {
    return here(() -> links.supervise(local, remote, policy)).mapEmpty();
  }

  /** As {@link #supervise(Did, Did, RetryPolicy)} with the node's own policy. */
  public Future<Void> supervise(Did local, Did remote) {
    return supervise(local, remote, options.policy());
  }

  /** Leaves the link alone from now on; any thread. Fails with {@link Failure#NOT_FOUND} when it is not known here. */
  public Future<Void> release(Did local, Did remote) {
    return here(() -> {
      links.release(local, remote);
      return null;
    });
  }

  private Future<JsonObject> command(Message<Object> message) {
    if (!(message.body() instanceof JsonObject body)) {
      throw Failure.BAD_REQUEST.because("a command must be a JSON object");
    }
    Section command = Section.of("", body);
    String action = required(command, "action");
    return Future.succeededFuture(switch (action) {
      case "supervise" -> superviseFor(command);
      case "release" -> releaseFor(command);
      case "list" -> listFor(command);
      case "hint" -> hintFor(command);
      default -> throw Failure.BAD_REQUEST.because("action must be supervise, release, list or hint, was " + action);
    });
  }

  private JsonObject superviseFor(Section command) {
    Did local = did(command, "local");
    Did remote = did(command, "remote");
    RetryPolicy policy = RetryPolicy.from(command.section("policy"), options.policy());
    command.end();
    return links.supervise(local, remote, policy).describe().put("node", node);
  }

  private JsonObject releaseFor(Section command) {
    Did local = did(command, "local");
    Did remote = did(command, "remote");
    command.end();
    links.release(local, remote);
    return null;
  }

  private JsonObject listFor(Section command) {
    command.end();
    return new JsonObject().put("node", node).put("links", links.describe());
  }

  private JsonObject hintFor(Section command) {
    Hint hint = Hint.named(required(command, "hint"));
    if (hint == Hint.PRESENCE) {
      Did came = did(command, "did");
      command.end();
      links.onJoined(came.toString());
    } else {
      command.end();
      links.onNetworkChanged();
    }
    return null;
  }

  private void onPresence(JsonObject presence) {
    if ("joined".equals(presence.getString("event"))) {
      links.onJoined(presence.getString("did"));
    }
  }

  private Runnable watch(Did local) {
    MessageConsumer<JsonObject> events = vertx.eventBus().consumer(Addresses.peerEvents(local),
      message -> links.onAgentEvent(local, message.body()));
    return events::unregister;
  }

  private void publish(JsonObject event) {
    vertx.eventBus().publish(Addresses.RETRY_EVENTS, event);
    vertx.eventBus().publish(Addresses.EVENTS, event.copy().put("type", "retry").put("node", node));
  }

  private <T> Future<T> here(Supplier<T> call) {
    Promise<T> result = Promise.promise();
    context.runOnContext(now -> Future.succeededFuture().map(go -> call.get()).onComplete(result));
    return result.future();
  }

  private static Did did(Section command, String key) {
    return Did.parse(required(command, key));
  }

  private static String required(Section command, String key) {
    String text = command.string(key, null);
    if (text == null) {
      throw Failure.BAD_REQUEST.because(key + " is missing");
    }
    return text;
  }
}
