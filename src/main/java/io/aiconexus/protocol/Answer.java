package io.aiconexus.protocol;

import io.vertx.core.json.JsonObject;

/**
 * A session description that answers the OFFER of a connection.
 *
 * @param connectionId names the connection that both ends negotiate
 * @param sdp the session description (RFC 8866)
 */
public record Answer(String connectionId, String sdp) implements Payload {

  static Answer read(Fields fields) {
    return new Answer(fields.id("connection_id"), fields.string("sdp", 1, Limits.SDP_LENGTH));
  }

  @Override
  public MessageType type() {
    return MessageType.ANSWER;
  }

  @Override
  public JsonObject toJson() {
    return new JsonObject().put("connection_id", connectionId).put("sdp", sdp);
  }
}
