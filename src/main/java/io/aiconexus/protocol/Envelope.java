package io.aiconexus.protocol;

import io.aiconexus.identity.Did;
import io.aiconexus.identity.Signatures;
import io.vertx.core.json.JsonObject;

/**
 * The outside of a message: who, to whom, of which type; and the text that carried it, which is what a forwarder sends.
 * <p>
 * Immutable. The payload stays text until {@link #payload} is asked for it.
 *
 * @param id what the sender calls this message, 1 to 64 characters
 * @param correlationId the id of the message that this one answers, or null
 * @param timestampMillis when it was sent by the sender's clock, in milliseconds since 1970
 * @param from the sender
 * @param to the recipient; null only in a CHALLENGE, or an ERROR before REGISTER, to somebody who has no name yet
 * @param type the kind of message
 * @param signed whether a {@code signature} field is there; it is not verified
 * @param text the whole message as it arrived
 */
public record Envelope(String id, String correlationId, long timestampMillis, Did from, Did to, MessageType type,
                       boolean signed, String text) {

  /**
   * Reads one message without building its payload.
   *
   * @throws ProtocolException when it breaks a rule of the envelope, naming the field and the rule
   */
  public static Envelope read(String text) {
    Envelope plain = PlainEnvelope.read(text);
    if (plain != null) {
      return plain;
    }
    EnvelopeFields fields = new EnvelopeFields();
    try {
      EnvelopeReader.read(text, fields);
      return fields.envelope(text);
    } catch (ProtocolException e) {
      throw new ProtocolException(e.code(), fields.id(), e.getMessage());
    }
  }

  /** The whole message as JSON, parsed at each call. */
  public JsonObject message() {
    return new JsonObject(text);
  }

  /** The payload as JSON, parsed at each call. */
  public JsonObject payload() {
    return message().getJsonObject("payload");
  }

  /** Whether the signature is there and is that of {@link #from} over this very message. */
  public boolean verifies() {
    return signed && Signatures.verify(message(), from);
  }
}
