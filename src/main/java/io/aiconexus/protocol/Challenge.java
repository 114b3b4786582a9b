package io.aiconexus.protocol;

import io.vertx.core.json.JsonObject;

/**
 * What a gateway asks a new session to sign.
 *
 * @param nonce 22 or more URL-safe characters, good for one REGISTER
 * @param expiresMs how long the nonce lives, in milliseconds
 */
public record Challenge(String nonce, long expiresMs) implements Payload {

  static Challenge read(Fields fields) {
    return new Challenge(fields.string("nonce", Limits.NONCE_LENGTH_MIN, Limits.TOKEN_LENGTH),
      fields.integer("expires_ms", 0, Limits.INTEGER_MAX));
  }

  @Override
  public MessageType type() {
    return MessageType.CHALLENGE;
  }

  @Override
  public JsonObject toJson() {
    return new JsonObject().put("nonce", nonce).put("expires_ms", expiresMs);
  }
}
