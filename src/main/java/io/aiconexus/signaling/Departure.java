package io.aiconexus.signaling;

import io.aiconexus.protocol.CloseCode;
import io.aiconexus.protocol.Fault;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * How one session ends: when it leaves a draining node, how its socket is closed, and who gets what that did not take.
 * <p>
 * Belongs to the session's context.
 */
final class Departure {

  /** How long a socket may take to close before it is dropped. */
  private static final long CLOSE_NANOS = Duration.ofSeconds(2).toNanos();
  /** The same when a newer session waits for what this one could not send. */
  private static final long INHERITED_NANOS = Duration.ofMillis(500).toNanos();

  private final SessionSocket socket;
  private final Outbox outbox;
  private final LongSupplier nanos;
  private Leave leave;
  private long returnNanos;
  private long sinceNanos;
  private Promise<List<Delivery>> heir;

  Departure(SessionSocket socket, Outbox outbox, LongSupplier nanos) {
    this.socket = socket;
    this.outbox = outbox;
    this.nanos = nanos;
    this.returnNanos = nanos.getAsLong();
  }

  /** The session is to leave like that; null when it may stay. */
  void plan(Leave itsLeave) {
    leave = itsLeave;
  }

  /** Whether it is time to leave: nothing waits for the agent any more, or it must go whatever waits. */
  boolean isDue() {
    return leave != null && (outbox.size() == 0 || leave.isOverdue(nanos.getAsLong()));
  }

  /** What an agent is told that leaves now; it is expected back when that says. */
  Fault farewell() {
    returnNanos = leave.returnNanos();
    return leave.farewell(nanos.getAsLong());
  }

  /** When the agent can be back at the earliest: the resume window begins then. */
  long expectedNanos() {
    long now = nanos.getAsLong();
    return now + Math.max(0, returnNanos - now);
  }

  /** Says {@code lastWords}, or nothing when that is null, and starts to close the socket. */
  void begin(CloseCode code, Delivery lastWords) {
    sinceNanos = nanos.getAsLong();
    if (lastWords == null) {
      outbox.shut();
    } else {
      outbox.last(lastWords);
    }
    socket.close(code);
  }

  /** What is left in the outbox, once the socket has taken or lost what it was handed. */
  Future<List<Delivery>> inheritance() {
    if (outbox.isSettled()) {
      return Future.succeededFuture(outbox.drain());
    }
    heir = Promise.promise();
    return heir.future();
  }

  /** Drops a socket that takes too long to close. */
  void tick() {
    if (nanos.getAsLong() - sinceNanos >= (heir == null ? CLOSE_NANOS : INHERITED_NANOS)) {
      socket.abort();
    }
  }

  /** The session is gone: whoever waits for what is left gets it. */
  void end() {
    if (heir != null) {
      heir.complete(outbox.drain());
    }
  }
}
