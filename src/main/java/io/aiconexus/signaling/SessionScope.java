package io.aiconexus.signaling;

import io.aiconexus.identity.Did;
import io.aiconexus.protocol.Envelope;
import io.aiconexus.protocol.Fault;
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
 * @param listener who takes what comes out of a session
 */
record SessionScope(SignalingOptions options, Did gateway, LongSupplier nanos, LongSupplier millis, Listener listener) {

  /** Takes what comes out of a session. */
  interface Listener {

    /** The agent has proved its DID. */
    void proved(Session session, Envelope envelope, Register register);

    /** A message for another agent. */
    void route(Envelope envelope);

    /** The session is not alive any more; its DID is free, unless a newer session has it already. */
    void ended(Session session, int code);

    /** Its socket and its queue are gone as well; {@code undelivered} is what nobody will get. */
    void gone(Session session, List<Delivery> undelivered);

    /** REGISTER was refused. */
    void notProved(Session session, Fault fault);
  }

  SessionOptions limits() {
    return options.session();
  }

  boolean verifiesAll() {
    return options.verify() == SignalingOptions.Verify.ALL;
  }
}
