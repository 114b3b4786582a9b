package io.aiconexus.protocol;

import io.vertx.core.json.JsonObject;

/**
 * Asks whether the other side is there.
 *
 * @param sequence any integer of the pinging side, or null
 * @param iceServers whether an agent asks its gateway for STUN and TURN servers with fresh credentials
 */
public record Ping(Long sequence, boolean iceServers) implements Payload {

  /** Asks for nothing but an answer. */
  public Ping(Long sequence) {
    this(sequence, false);
  }

  static Ping read(Fields fields) {
    return new Ping(fields.integerOrNull("sequence", -Limits.INTEGER_MAX, Limits.INTEGER_MAX),
      fields.flag("ice_servers", false));
  }

  @Override
  public MessageType type() {
    return MessageType.PING;
  }

  @Override
  public JsonObject toJson() {
    JsonObject json = sequence == null ? new JsonObject() : new JsonObject().put("sequence", sequence);
    return iceServers ? json.put("ice_servers", true) : json;
  }
}
