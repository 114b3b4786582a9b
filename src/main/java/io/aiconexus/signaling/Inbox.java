package io.aiconexus.signaling;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.CloseCode;
import io.aiconexus.protocol.ErrorCode;
import io.aiconexus.protocol.Fault;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What other instances, on this node or another, want of the sessions of this one. */
final class Inbox {

  private final Sessions sessions;

  Inbox(Sessions sessions) {
    this.sessions = sessions;
  }

  /** A message for a session here, or a command about one. */
  Future<?> onMessage(Message<Object> message) {
    if (message.body() instanceof Delivery delivery) {
      return Future.succeededFuture(sessions.deliver(delivery).name());
    }
    JsonObject command = (JsonObject) message.body();
    return switch (command.getString(Inboxes.ACTION)) {
      case Inboxes.SURRENDER -> surrender(command);
      case Inboxes.KICK -> kick(command);
      case Inboxes.ACTIVITY -> activity(command);
      default -> Future.failedFuture(Failure.BAD_REQUEST.because("unknown action"));
    };
  }

  private Future<JsonObject> surrender(JsonObject command) {
    Did did = Did.parse(command.getString("did"));
    Session session = sessions.find(did, command.getLong("epoch"));
    if (session == null) {
      return Future.succeededFuture(new JsonObject().put(Inboxes.BUSY, sessions.isArriving(did)));
    }
    return session.surrender(command.getString("token"), command.getLong("received")).map(legacy -> legacy == null
      ? new JsonObject()
      : new JsonObject().put("queue", new JsonArray(legacy.queue().stream().map(Inboxes::json).toList()))
        .put("taken", legacy.taken()));
  }

  private Future<JsonObject> kick(JsonObject command) {
    Session session = sessions.find(Did.parse(command.getString("did")), command.getLong("epoch"));
    if (session != null) {
      session.close(CloseCode.NOT_AUTHENTICATED,
        session.error(Fault.of(ErrorCode.FORBIDDEN, "this session was ended by the gateway's operator"), null));
    }
    return Future.succeededFuture(new JsonObject().put("kicked", session != null));
  }

  private Future<JsonObject> activity(JsonObject command) {
    JsonObject answer = new JsonObject();
    for (Object did : command.getJsonArray("dids")) {
      Session session = sessions.find(Did.parse((String) did));
      if (session != null) {
        answer.put((String) did, session.lastActivityMillis());
      }
    }
    return Future.succeededFuture(answer);
  }
}
