package io.aiconexus.protocol;

import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.aiconexus.identity.Signatures;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/** Writes messages: a payload in, the text for the wire out. Pure but for the message's random id; any thread. */
public final class Messages {

  /** The version that every message carries. */
  public static final String VERSION = "1.0";

  private Messages() {
  }

  /** A new message id, a UUID v4. */
  public static String newId() {
    return UUID.randomUUID().toString();
  }

  /**
   * A signed message.
   *
   * @param key the sender's key; {@code from} is its DID
   * @param to the recipient
   * @param payload what to say
   * @param id the message's id
   * @param correlationId the id of the message that this one answers, or null
   * @param nowMillis the sender's clock, in milliseconds since 1970
   */
  public static String signed(AgentKey key, Did to, Payload payload, String id, String correlationId, long nowMillis) {
    JsonObject message = envelope(key.did(), to.toString(), payload, id, correlationId, nowMillis);
    return Signatures.sign(message, key).encode();
  }

  /**
   * A message of the gateway itself, unsigned as the protocol allows it.
   *
   * @param gateway the gateway's DID
   * @param to the recipient, or null while it has no name yet (CHALLENGE, and an ERROR before REGISTER)
   * @param payload what to say
   * @param correlationId the id of the message that this one answers, or null
   * @param nowMillis the gateway's clock, in milliseconds since 1970
   */
  public static String fromGateway(Did gateway, Did to, Payload payload, String correlationId, long nowMillis) {
    return envelope(gateway, to == null ? "" : to.toString(), payload, newId(), correlationId, nowMillis).encode();
  }

  private static JsonObject envelope(Did from, String to, Payload payload, String id, String correlationId,
                                     long nowMillis) {
    JsonObject message = new JsonObject().put("id", id);
    if (correlationId != null) {
      message.put("correlation_id", correlationId);
    }
    return message.put("timestamp", Timestamps.write(nowMillis)).put("from", from.toString()).put("to", to)
      .put("type", payload.type().name()).put("payload", payload.toJson()).put("version", VERSION);
  }
}
