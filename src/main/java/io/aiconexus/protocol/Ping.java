package io.aiconexus.protocol;

import io.vertx.core.json.JsonObject;

/**
 * Asks whether the other side is there.
 *
 * @param sequence any integer of the pinging side, or null
 */
public record Ping(Long sequence) implements Payload {

  static Ping read(Fields fields) {
    return new Ping(fields.integerOrNull("sequence", -Limits.INTEGER_MAX, Limits.INTEGER_MAX));
  }

  @Override
  public MessageType type() {
    return MessageType.PING;
  }

  @Override
  public JsonObject toJson() {
    return sequence == null ? new JsonObject() : new JsonObject().put("sequence", sequence);
  }
}
