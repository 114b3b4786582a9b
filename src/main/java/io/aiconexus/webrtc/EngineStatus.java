package io.aiconexus.webrtc;

import io.vertx.core.json.JsonObject;

/**
 * What an engine holds at one moment.
 *
 * @param engine its name
 * @param available whether it can make connections
 * @param reason why not, or null
 * @param connections connections that are not closed
 * @param details figures of this very engine, such as lanes and their budgets
 */
public record EngineStatus(String engine, boolean available, String reason, int connections, JsonObject details) {

  /** The same as JSON, for the event bus and reports. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject().put("engine", engine).put("available", available);
    if (reason != null) {
      json.put("reason", reason);
    }
    return json.put("connections", connections).put("details", details);
  }
}
