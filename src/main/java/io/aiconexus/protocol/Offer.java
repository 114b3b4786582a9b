package io.aiconexus.protocol;

import io.vertx.core.json.JsonObject;

/**
 * A session description that opens or renegotiates a connection.
 *
 * @param connectionId names the connection that both ends negotiate
 * @param sdp the session description (RFC 8866)
 */
public record Offer(String connectionId, String sdp) implements Payload {

  static Offer read(Fields fields) {
    return new Offer(fields.id("connection_id"), fields.string("sdp", 1, Limits.SDP_LENGTH));
  }

  @Override
  public MessageType type() {
    return MessageType.OFFER;
  }

  @Override
  public JsonObject toJson() {
    return new JsonObject().put("connection_id", connectionId).put("sdp", sdp);
  }
}
