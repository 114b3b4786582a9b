package io.aiconexus.cluster;

import io.vertx.core.json.JsonObject;

/**
 * The sessions of a node, or of a part of it.
 *
 * @param sessions those with a socket
 * @param resumable those that wait for their agent to come back
 * @param left of both, those that a drain waits for
 */
record Headcount(long sessions, long resumable, long left) {

  static final Headcount NONE = new Headcount(0, 0, 0);

  /** What a part answers; one without sessions says nothing about them. */
  static Headcount from(JsonObject answer) {
    return new Headcount(answer.getLong("sessions", 0L), answer.getLong("resumable", 0L), answer.getLong("left", 0L));
  }

  Headcount plus(Headcount other) {
    return new Headcount(sessions + other.sessions, resumable + other.resumable, left + other.left);
  }
}
