package io.aiconexus.signaling;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.MessageType;
import io.aiconexus.protocol.Register;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The inboxes of other signaling instances, by their event-bus addresses. */
final class Inboxes {

  private static final Logger log = LoggerFactory.getLogger(Inboxes.class);

  static final String ACTION = "action";
  static final String SURRENDER = "surrender";
  static final String KICK = "kick";
  static final String ACTIVITY = "activity";
  /** The session's registration is under way there; ask again. */
  static final String BUSY = "busy";

  private static final Duration BUSY_PAUSE = Duration.ofMillis(20);

  private final Vertx vertx;
  private final DeliveryOptions options;
  private final long timeoutMillis;

  Inboxes(Vertx vertx, Duration timeout) {
    this.vertx = vertx;
    this.timeoutMillis = timeout.toMillis();
    this.options = new DeliveryOptions().setSendTimeout(timeoutMillis);
  }

  /** Sends a message to another instance; the future always succeeds. */
  Future<Outcome> send(String inbox, Delivery delivery) {
    return vertx.eventBus().<String>request(inbox, delivery, options)
      .map(reply -> Outcome.valueOf(reply.body()))
      .otherwise(cause -> outcome(cause, delivery));
  }

  private static Outcome outcome(Throwable cause, Delivery delivery) {
    Failure failure = cause instanceof ReplyException ? Failure.of(cause) : Failure.INTERNAL;
    return switch (failure) {
      case UNAVAILABLE -> Outcome.MOVED;
      case TIMEOUT -> Outcome.TIMEOUT;
      default -> {
        log.error("{}: sending to another instance failed", delivery.id(), cause);
        yield Outcome.BROKEN;
      }
    };
  }

  /** Asks for what a session leaves that a newer one replaces; null when its token is another, or it is not there. */
  Future<Legacy> surrender(Entry session, Register register) {
    JsonObject command = command(SURRENDER, session.did()).put("epoch", session.epoch())
      .put("token", register.resume()).put("received", register.received());
    return surrender(session, command, System.nanoTime() + timeoutMillis * 1_000_000);
  }

  private Future<Legacy> surrender(Entry session, JsonObject command, long deadlineNanos) {
    return ask(session.inbox(), command).compose(reply -> {
      if (reply.getBoolean(BUSY, false) && System.nanoTime() - deadlineNanos < 0) {
        return vertx.timer(BUSY_PAUSE.toMillis()).compose(later -> surrender(session, command, deadlineNanos));
      }
      JsonArray queue = reply.getJsonArray("queue");
      return Future.succeededFuture(queue == null ? null
        : new Legacy(queue.stream().map(each -> delivery(session.did(), (JsonObject) each)).toList(),
          reply.getLong("taken")));
    });
  }

  Future<JsonObject> ask(String inbox, JsonObject command) {
    return vertx.eventBus().<JsonObject>request(inbox, command, options).map(reply -> reply.body());
  }

  static JsonObject command(String action, Did did) {
    return new JsonObject().put(ACTION, action).put("did", did.toString());
  }

  static JsonObject json(Delivery delivery) {
    return new JsonObject().put("from", delivery.from().toString()).put("id", delivery.id())
      .put("type", delivery.type().name()).put("text", delivery.text());
  }

  private static Delivery delivery(Did to, JsonObject json) {
    return new Delivery(to, 0, Did.parse(json.getString("from")), json.getString("id"),
      MessageType.valueOf(json.getString("type")), json.getString("text"));
  }
}
