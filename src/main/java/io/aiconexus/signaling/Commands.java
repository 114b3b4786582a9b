package io.aiconexus.signaling;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.Did;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;

/** The commands at {@link io.aiconexus.bus.Addresses#SIGNALING}. */
final class Commands {

  private final Agents agents;
  private final Directory directory;
  private final Inboxes inboxes;

  Commands(Agents agents, Directory directory, Inboxes inboxes) {
    this.agents = agents;
    this.directory = directory;
    this.inboxes = inboxes;
  }

  Future<JsonObject> onCommand(Message<JsonObject> message) {
    JsonObject command = message.body();
    try {
      String action = text(command, "action");
      return switch (action == null ? "" : action) {
        case "lookup" -> agents.one(did(command));
        case "agents" -> agents.page(text(command, "capability"), limit(command), text(command, "cursor"));
        case "kick" -> kick(did(command));
        default -> throw new IllegalArgumentException("action must be lookup, agents or kick");
      };
    } catch (IllegalArgumentException e) {
      return Future.failedFuture(Failure.BAD_REQUEST.because(e.getMessage()));
    }
  }

  private Future<JsonObject> kick(Did did) {
    return directory.find(did).compose(entry -> entry == null
      ? Future.succeededFuture(new JsonObject().put("kicked", false))
      : inboxes.ask(entry.inbox(), Inboxes.command(Inboxes.KICK, did).put("epoch", entry.epoch())));
  }

  private static Did did(JsonObject command) {
    String did = text(command, "did");
    if (did == null) {
      throw new IllegalArgumentException("did is missing");
    }
    return Did.parse(did);
  }

  private static String text(JsonObject command, String field) {
    Object value = command.getValue(field);
    if (value != null && !(value instanceof String)) {
      throw new IllegalArgumentException(field + " must be a text");
    }
    return (String) value;
  }

  private static int limit(JsonObject command) {
    Object value = command.getValue("limit", Agents.LIMIT);
    if (!(value instanceof Integer limit)) {
      throw new IllegalArgumentException("limit must be a whole number");
    }
    return limit;
  }
}
