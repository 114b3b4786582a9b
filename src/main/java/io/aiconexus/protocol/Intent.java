package io.aiconexus.protocol;

import io.vertx.core.json.JsonObject;

/**
 * What an agent wants from another in its own words, or the answer to that; the toolkit carries it to a handler.
 *
 * @param body an object with {@code query} (and {@code context}), or {@code task} (and {@code params}), or
 *     {@code status} (and {@code required_input}, {@code cost}) in an answer; further fields are kept
 */
public record Intent(JsonObject body) implements Payload {

  static Intent read(Fields fields) {
    for (String field : new String[] {"query", "task", "status"}) {
      if (fields.stringOrNull(field, Limits.MESSAGE_BYTES) != null) {
        return new Intent(fields.all());
      }
    }
    throw ProtocolException.malformed("payload must have query, task or, in an answer, status");
  }

  @Override
  public MessageType type() {
    return MessageType.INTENT;
  }

  @Override
  public JsonObject toJson() {
    return body.copy();
  }
}
