package io.aiconexus.health;

import java.util.Locale;

/** How well something is, from good to bad. */
public enum HealthStatus {

  /** All is well. */
  HEALTHY,
  /** It works, and somebody should look at it. */
  DEGRADED,
  /** It does not work. */
  UNHEALTHY;

  /** The name in JSON, in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isWorseThan(HealthStatus other) {
    return compareTo(other) > 0;
  }
}
