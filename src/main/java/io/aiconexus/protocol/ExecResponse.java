package io.aiconexus.protocol;

import io.vertx.core.json.JsonObject;

/**
 * What came of an EXEC_REQUEST.
 *
 * @param success whether it was done
 * @param result any JSON value, null unless done
 * @param error what went wrong, null if done
 * @param executionTimeMs how long it took at the other side, in milliseconds
 */
public record ExecResponse(boolean success, Object result, JsonObject error, long executionTimeMs) implements Payload {

  static ExecResponse read(Fields fields) {
    String status = fields.string("status", 1, Limits.NAME_LENGTH);
    if (!status.equals("success") && !status.equals("error")) {
      throw ProtocolException.malformed("payload.status must be success or error");
    }
    boolean success = status.equals("success");
    return new ExecResponse(success, success ? fields.any("result") : null, success ? null : fields.object("error"),
      fields.integer("execution_time_ms", 0, Limits.INTEGER_MAX));
  }

  @Override
  public MessageType type() {
    return MessageType.EXEC_RESPONSE;
  }

  @Override
  public JsonObject toJson() {
    JsonObject json = new JsonObject().put("status", success ? "success" : "error");
    return (success ? json.put("result", result) : json.put("error", error)).put("execution_time_ms", executionTimeMs);
  }
}
