package io.aiconexus.signaling;

import io.aiconexus.protocol.CloseCode;
import io.aiconexus.protocol.Envelope;
import io.aiconexus.protocol.ErrorCode;
import io.aiconexus.protocol.MessageType;
import io.aiconexus.protocol.Payload;
import io.aiconexus.protocol.Ping;
import io.aiconexus.protocol.Pong;
import io.aiconexus.protocol.ProtocolException;
import io.aiconexus.protocol.Register;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one session makes of what its agent sends. Everything that it does not take is a {@link Refused}. */
final class Intake {

  private static final Logger log = LoggerFactory.getLogger(Intake.class);

  private final Session session;
  private final SessionScope scope;
  private final Proof proof;
  private final Inspection inspection;

  Intake(Session session, SessionScope scope, Proof proof) {
    this.session = session;
    this.scope = scope;
    this.proof = proof;
    this.inspection = new Inspection(scope.limits(), scope.nanos());
  }

  /** Asks the agent for its proof; call it once the socket's handlers are set. */
  void challenge() {
    session.answer(proof.challenge(), null);
  }

  /** Takes a text frame. */
  void text(String text) {
    take(() -> onText(text));
  }

  /** Takes a binary frame; the protocol has none. */
  void binary() {
    take(() -> {
      throw inspection.malformed("a message must be a text frame", null);
    });
  }

  /** Takes a frame that was too long even to be put together. */
  void tooLarge() {
    take(() -> {
      throw inspection.tooLarge();
    });
  }

  private void take(Runnable frame) {
    if (session.state().listens()) {
      try {
        frame.run();
      } catch (Refused refused) {
        refuse(refused);
      }
    }
  }

  private void refuse(Refused refused) {
    if (refused.close() != null) {
      session.close(refused.close(), session.error(refused.fault(), refused.about()));
    } else {
      session.answer(refused.fault(), refused.about());
    }
  }

  private void onText(String text) {
    Envelope envelope = inspection.read(text);
    if (session.state() == SessionState.REGISTERED) {
      onRegisteredMessage(envelope);
    } else if (session.state() == SessionState.CHALLENGED && envelope.type() == MessageType.REGISTER) {
      onRegister(envelope);
    } else {
      throw Refused.andClose(CloseCode.NOT_AUTHENTICATED, ErrorCode.NOT_REGISTERED,
        "send REGISTER first, and wait for REGISTERED", envelope.id());
    }
  }

  private void onRegister(Envelope envelope) {
    requireForGateway(envelope);
    Register register = (Register) payload(envelope);
    try {
      proof.check(envelope, register);
    } catch (Refused refused) {
      scope.listener().notProved(session, refused.fault());
      throw refused;
    }
    session.proved(envelope, register);
  }

  private void onRegisteredMessage(Envelope envelope) {
    session.heard();
    if (!envelope.from().equals(session.entry().did())) {
      throw Refused.because(ErrorCode.FORBIDDEN, "from must be the DID of this session", envelope.id());
    }
    if (scope.verifiesAll() && !envelope.verifies()) {
      throw Refused.because(ErrorCode.INVALID_SIGNATURE, "the signature does not verify", envelope.id());
    }
    if (envelope.to().equals(scope.gateway())) {
      onMessageToGateway(envelope);
    } else if (envelope.type().routable()) {
      scope.listener().route(envelope);
    } else if (envelope.type().fromGateway()) {
      throw Refused.because(ErrorCode.FORBIDDEN, "only a gateway sends " + envelope.type(), envelope.id());
    } else {
      requireForGateway(envelope);
    }
  }

  private void onMessageToGateway(Envelope envelope) {
    switch (envelope.type()) {
      case PING -> session.answer(new Pong(((Ping) payload(envelope)).sequence()), envelope.id());
      case UNREGISTER -> {
        payload(envelope);
        session.close(CloseCode.NORMAL, null);
      }
      case PONG, ERROR -> log.debug("{}: {} to the gateway ignored", session, envelope.type());
      default -> throw Refused.because(ErrorCode.FORBIDDEN,
        "a gateway takes only UNREGISTER and PING from a registered session", envelope.id());
    }
  }

  private void requireForGateway(Envelope envelope) {
    if (!envelope.to().equals(scope.gateway())) {
      throw inspection.malformed(envelope.type() + " must go to the gateway, " + scope.gateway(), envelope.id());
    }
  }

  private Payload payload(Envelope envelope) {
    try {
      return Payload.of(envelope);
    } catch (ProtocolException e) {
      throw inspection.broken(e);
    }
  }
}
