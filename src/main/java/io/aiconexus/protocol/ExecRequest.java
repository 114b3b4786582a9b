package io.aiconexus.protocol;

import io.vertx.core.json.JsonObject;

/**
 * Asks an agent to do something it is capable of.
 *
 * @param capability the name that the other agent registered
 * @param args its arguments, never null
 * @param timeoutMs how long the sender waits, in milliseconds, or null
 * @param stream whether the sender would take partial results
 */
public record ExecRequest(String capability, JsonObject args, Long timeoutMs, boolean stream) implements Payload {

  /** Longest time a request may ask for: one hour. */
  private static final long TIMEOUT_MAX_MS = 3_600_000;

  static ExecRequest read(Fields fields) {
    return new ExecRequest(fields.string("capability", 1, Limits.NAME_LENGTH), fields.object("args"),
      fields.integerOrNull("timeout_ms", 1, TIMEOUT_MAX_MS), fields.flag("stream", false));
  }

  @Override
  public MessageType type() {
    return MessageType.EXEC_REQUEST;
  }

  @Override
  public JsonObject toJson() {
    JsonObject json = new JsonObject().put("capability", capability).put("args", args);
    if (timeoutMs != null) {
      json.put("timeout_ms", timeoutMs);
    }
    return stream ? json.put("stream", true) : json;
  }
}
