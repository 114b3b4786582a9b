package io.aiconexus.protocol;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * An agent's proof that it owns its DID, and what it can do.
 *
 * @param nonce the nonce of the CHALLENGE
 * @param audience host[:port] of the URL that the agent dialled
 * @param publicKey Base58btc of the 32 bytes of its public key
 * @param capabilities names that other agents can find it by, 64 at most
 * @param resume the token of an earlier session to take over, or null
 */
public record Register(String nonce, String audience, String publicKey, List<String> capabilities, String resume)
  implements Payload {

  private static final int PUBLIC_KEY_LENGTH = 44;

  static Register read(Fields fields) {
    return new Register(fields.string("nonce", 1, Limits.TOKEN_LENGTH),
      fields.string("audience", 1, Limits.TOKEN_LENGTH),
      fields.string("public_key", 1, PUBLIC_KEY_LENGTH),
      fields.strings("capabilities", Limits.CAPABILITIES, Limits.NAME_LENGTH),
      fields.stringOrNull("resume", Limits.TOKEN_LENGTH));
  }

  @Override
  public MessageType type() {
    return MessageType.REGISTER;
  }

  @Override
  public JsonObject toJson() {
    JsonObject json = new JsonObject().put("nonce", nonce).put("audience", audience).put("public_key", publicKey);
    if (!capabilities.isEmpty()) {
      json.put("capabilities", new JsonArray(capabilities));
    }
    return resume == null ? json : json.put("resume", resume);
  }
}
