package io.aiconexus.protocol;

import io.vertx.core.json.JsonObject;

/**
 * An agent leaves; nothing is kept for it.
 *
 * @param reason for the log, or null
 */
public record Unregister(String reason) implements Payload {

  static Unregister read(Fields fields) {
    return new Unregister(fields.stringOrNull("reason", Limits.TOKEN_LENGTH));
  }

  @Override
  public MessageType type() {
    return MessageType.UNREGISTER;
  }

  @Override
  public JsonObject toJson() {
    return reason == null ? new JsonObject() : new JsonObject().put("reason", reason);
  }
}
