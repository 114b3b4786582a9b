package io.aiconexus.protocol;

import io.vertx.core.json.JsonObject;

/** The inside of a message, checked: holding one means that every field keeps its rule. Immutable by convention. */
public sealed interface Payload
  permits Challenge, Register, Registered, Unregister, Offer, Answer, Candidate, Bye, Intent, ExecRequest, ExecResponse,
  Relay, Fault, Ping, Pong {

  /** The type under which it travels. */
  MessageType type();

  /** The JSON that goes onto the wire, without fields that are absent. */
  JsonObject toJson();

  /**
   * Reads the payload of {@code envelope}.
   *
   * @throws ProtocolException with MALFORMED_MESSAGE and the message's id when a field breaks its rule
   */
  static Payload of(Envelope envelope) {
    Fields fields = new Fields(envelope.payload());
    try {
      requireCorrelationId(envelope);
      return switch (envelope.type()) {
        case CHALLENGE -> Challenge.read(fields);
        case REGISTER -> Register.read(fields);
        case REGISTERED -> Registered.read(fields);
        case UNREGISTER -> Unregister.read(fields);
        case OFFER -> Offer.read(fields);
        case ANSWER -> Answer.read(fields);
        case ICE_CANDIDATE -> Candidate.read(fields);
        case BYE -> Bye.read(fields);
        case INTENT -> Intent.read(fields);
        case EXEC_REQUEST -> ExecRequest.read(fields);
        case EXEC_RESPONSE -> ExecResponse.read(fields);
        case RELAY -> Relay.read(fields);
        case ERROR -> Fault.read(fields);
        case PING -> Ping.read(fields);
        case PONG -> Pong.read(fields);
      };
    } catch (ProtocolException e) {
      throw new ProtocolException(e.code(), envelope.id(), e.getMessage());
    }
  }

  private static void requireCorrelationId(Envelope envelope) {
    boolean answer = envelope.type() == MessageType.EXEC_RESPONSE || envelope.type() == MessageType.PONG;
    if (answer && envelope.correlationId() == null) {
      throw ProtocolException.malformed("correlation_id is missing: " + envelope.type() + " answers a message");
    }
  }
}
