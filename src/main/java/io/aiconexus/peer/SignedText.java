package io.aiconexus.peer;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.Envelope;
import io.aiconexus.protocol.ExecRequest;
import io.aiconexus.protocol.ExecResponse;
import io.aiconexus.protocol.Intent;
import io.aiconexus.protocol.Messages;
import io.aiconexus.protocol.Payload;
import io.aiconexus.protocol.ProtocolException;
import io.vertx.core.json.EncodeException;

/**
 * Messages as they leave: signed, and read back where applications had a hand in them. A gateway ends the session of an
 * agent that sends malformed ones, so the mistake has to be noticed here.
 */
final class SignedText {

  private SignedText() {
  }

  /** The text of a message by {@code key}; fails with BAD_REQUEST when its content breaks a rule of the protocol. */
  static String of(AgentKey key, Did to, Payload payload, String id, String correlationId) {
    boolean foreign = payload instanceof ExecRequest || payload instanceof ExecResponse || payload instanceof Intent;
    try {
      String text = Messages.signed(key, to, payload, id, correlationId, System.currentTimeMillis());
      if (foreign) {
        Payload.of(Envelope.read(text));
      }
      return text;
    } catch (ProtocolException | IllegalArgumentException | IllegalStateException | EncodeException e) {
      throw Failure.BAD_REQUEST.because("not a valid " + payload.type() + ": " + e.getMessage());
    }
  }
}
