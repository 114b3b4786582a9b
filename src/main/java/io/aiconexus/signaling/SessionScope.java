package io.aiconexus.signaling;

import io.aiconexus.identity.Did;
import io.aiconexus.protocol.Envelope;
import io.aiconexus.protocol.Fault;
import io.aiconexus.protocol.Messages;
import io.aiconexus.protocol.Payload;
import io.aiconexus.protocol.Register;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What all sessions of one instance share.
 *
 * @param options the gateway's options
 * @param gateway its DID
 * @param nanos a clock that only grows, for durations
 * @param millis the wall clock, for timestamps
 * @param tally what waits in all sessions together
 * @param listener who takes what comes out of a session
 */
record SessionScope(SignalingOptions options, Did gateway, LongSupplier nanos, LongSupplier millis, Tally tally,
                    Listener listener) {

  /** Takes what comes out of a session. */
  interface Listener {

    /** The agent has proved its DID. */
    void proved(Session session, Envelope envelope, Register register);

    /** A message for another agent. */
    void route(Envelope envelope);

    /** The session has lost its socket and waits for its agent to come back. */
    void detached(Session session);

    /** The session is not alive any more; its DID is free, unless a newer session has it already. */
    void ended(Session session, int code);

    /** Its socket is gone as well. */
    void gone(Session session);

    /** Messages that were taken for a session and that nobody will get. */
    void undelivered(List<Delivery> deliveries);

    /** REGISTER was refused. */
    void notProved(Session session, Fault fault);
  }

  /** What the gateway itself tells an agent; {@code to} is null before that has a name. */
  Delivery ofGateway(Did to, Payload payload, String about) {
    return Delivery.ofGateway(gateway, to, payload.type(),
      Messages.fromGateway(gateway, to, payload, about, millis.getAsLong()));
  }

  SessionOptions limits() {
    return options.session();
  }

  boolean verifiesAll() {
    return options.verify() == SignalingOptions.Verify.ALL;
  }
}
