package io.aiconexus.protocol;

import io.vertx.core.json.JsonObject;

/**
 * Answers a PING and echoes its number.
 *
 * @param sequence any integer of the pinging side, or null
 */
public record Pong(Long sequence) implements Payload {

  static Pong read(Fields fields) {
    return new Pong(fields.integerOrNull("sequence", -Limits.INTEGER_MAX, Limits.INTEGER_MAX));
  }

  @Override
  public MessageType type() {
    return MessageType.PONG;
  }

  @Override
  public JsonObject toJson() {
    return sequence == null ? new JsonObject() : new JsonObject().put("sequence", sequence);
  }
}
