package io.aiconexus.protocol;

import io.vertx.core.json.JsonObject;

/**
 * The sender gave a connection up.
 *
 * @param connectionId the connection
 * @param reason for the log, or null
 */
public record Bye(String connectionId, String reason) implements Payload {

  static Bye read(Fields fields) {
    return new Bye(fields.id("connection_id"), fields.stringOrNull("reason", Limits.TOKEN_LENGTH));
  }

  @Override
  public MessageType type() {
    return MessageType.BYE;
  }

  @Override
  public JsonObject toJson() {
    JsonObject json = new JsonObject().put("connection_id", connectionId);
    return reason == null ? json : json.put("reason", reason);
  }
}
