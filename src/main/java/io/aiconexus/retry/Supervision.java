package io.aiconexus.retry;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Where a supervised link is between what is desired (up) and what is. */
enum Supervision {

  /** An attempt to connect is under way or waits for its time. */
  CONNECTING,
  /** The link is there. */
  UP,
  /** The path is lost and may come back by itself. */
  GRACE,
  /** A new path for the connection is looked for. */
  RESTARTING,
  /** Given up, until something changes. */
  EXHAUSTED,
  /** No longer desired. */
  RELEASED;

  Set<Supervision> successors() {
    return switch (this) {
      case CONNECTING -> EnumSet.of(CONNECTING, UP, EXHAUSTED, RELEASED);
      case UP -> EnumSet.of(GRACE, CONNECTING, EXHAUSTED, RELEASED);
      case GRACE -> EnumSet.of(UP, RESTARTING, CONNECTING, EXHAUSTED, RELEASED);
      case RESTARTING -> EnumSet.of(RESTARTING, UP, CONNECTING, EXHAUSTED, RELEASED);
      case EXHAUSTED -> EnumSet.of(CONNECTING, RELEASED);
      case RELEASED -> EnumSet.noneOf(Supervision.class);
    };
  }

  /** The name on the event bus, in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
