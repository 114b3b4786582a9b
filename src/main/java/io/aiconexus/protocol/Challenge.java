package io.aiconexus.protocol;

import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;

/**
 * What a gateway asks a new session to sign.
 *
 * @param nonce 22 or more URL-safe characters, good for one REGISTER
 * @param expiresMs how long the nonce lives, in milliseconds
 */
public record Challenge(String nonce, long expiresMs) implements Payload {

  private static final Pattern URL_SAFE = Pattern.compile("[A-Za-z0-9_-]+");

  static Challenge read(Fields fields) {
    String nonce = fields.string("nonce", Limits.NONCE_LENGTH_MIN, Limits.TOKEN_LENGTH);
    if (!URL_SAFE.matcher(nonce).matches()) {
      throw ProtocolException.malformed("payload.nonce must be URL-safe: A-Za-z0-9_-");
    }
    return new Challenge(nonce, fields.integer("expires_ms", 0, Limits.INTEGER_MAX));
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
