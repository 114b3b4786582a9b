package io.aiconexus.signaling;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Empties one signaling instance: nobody comes in, and whoever is in is sent away with a moment to come back at.
 * <p>
 * The moments are spread evenly over the window, so that a node's agents do not all knock at the others at once.
 * Without a cluster, agents on the event bus stay: they live in this process and have nowhere else to go. Belongs to
 * the instance's context.
 */
final class Drain {

  private static final long RETRY_AFTER_MAX_SECONDS = 30;

  private final Sessions sessions;
  private final boolean hasNeighbours;
  private final LongSupplier nanos;
  private final DoubleSupplier random;
  private boolean on;
  private long deadlineNanos;

  /**
   * @param hasNeighbours whether gateways of other nodes share the event bus
   * @param random numbers from 0 to below 1
   */
  Drain(Sessions sessions, boolean hasNeighbours, LongSupplier nanos, DoubleSupplier random) {
    this.sessions = sessions;
    this.hasNeighbours = hasNeighbours;
    this.nanos = nanos;
    this.random = random;
  }

  /** Begins, or begins anew with those that have not left. */
  void begin(long windowMillis) {
    on = true;
    long now = nanos.getAsLong();
    long window = TimeUnit.MILLISECONDS.toNanos(windowMillis);
    deadlineNanos = now + window;
    List<Session> leaving = sessions.all().stream().filter(this::mustLeave).toList();
    double slot = (double) window / Math.max(1, leaving.size());
    for (int i = 0; i < leaving.size(); i++) {
      leaving.get(i).leave(new Leave(now + (long) ((i + random.getAsDouble()) * slot), deadlineNanos));
    }
  }

  /** Ends: who has not left stays, and others may come in. */
  void end() {
    on = false;
    sessions.all().forEach(session -> session.leave(null));
  }

  boolean isOn() {
    return on;
  }

  /** A session whose door was passed just before it was shut. */
  void onLate(Session session) {
    if (on && mustLeave(session)) {
      long left = Math.max(0, deadlineNanos - nanos.getAsLong());
      session.leave(new Leave(nanos.getAsLong() + (long) (left * random.getAsDouble()), deadlineNanos));
    }
  }

  /** What somebody at the door is told. */
  Problem problem() {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(deadlineNanos - nanos.getAsLong());
    long most = seconds <= 0 ? RETRY_AFTER_MAX_SECONDS : Math.min(RETRY_AFTER_MAX_SECONDS, seconds);
    return new Problem(503, "this node drains; connect to another one, or come back later",
      1 + (long) (most * random.getAsDouble()));
  }

  /** How many are here: with a socket, waiting for their agent's return, and those that draining waits for. */
  JsonObject count() {
    long resumable = sessions.all().stream().filter(session -> session.state() == SessionState.DETACHED).count();
    long left = sessions.all().stream().filter(session -> hasNeighbours
      || session.address() != null && session.state() != SessionState.DETACHED).count();
    return new JsonObject().put("sessions", sessions.all().size() - resumable).put("resumable", resumable)
      .put("left", left);
  }

  private boolean mustLeave(Session session) {
    return switch (session.state()) {
      case CHALLENGED, REGISTERING, REGISTERED -> hasNeighbours || session.address() != null;
      case CLOSING, DETACHED, CLOSED -> false;
    };
  }
}
