package io.aiconexus.protocol;

import io.vertx.core.json.JsonObject;

/**
 * Channel data that the gateway carries where no direct path exists.
 *
 * @param connectionId the connection it belongs to
 * @param channel the channel's label
 * @param seq its place in the order, from 0
 * @param text a text message, or null
 * @param data a binary message in Base64, or null; exactly one of the two is there
 */
public record Relay(String connectionId, String channel, long seq, String text, String data) implements Payload {

  static Relay read(Fields fields) {
    Relay relay = new Relay(fields.id("connection_id"), fields.string("channel", 0, Limits.NAME_LENGTH),
      fields.integer("seq", 0, Limits.INTEGER_MAX), fields.stringOrNull("text", Limits.MESSAGE_BYTES),
      fields.base64OrNull("data", Limits.MESSAGE_BYTES));
    if ((relay.text == null) == (relay.data == null)) {
      throw ProtocolException.malformed("payload must have either text or data");
    }
    return relay;
  }

  @Override
  public MessageType type() {
    return MessageType.RELAY;
  }

  @Override
  public JsonObject toJson() {
    JsonObject json = new JsonObject().put("connection_id", connectionId).put("channel", channel).put("seq", seq);
    return text == null ? json.put("data", data) : json.put("text", text);
  }
}
