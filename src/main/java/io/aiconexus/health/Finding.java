package io.aiconexus.health;

/**
 * What one run of a check has found.
 *
 * @param status how well it is
 * @param message why, in one line, with the figure and its limit
 */
public record Finding(HealthStatus status, String message) {

  /** All is well. */
  public static Finding healthy(String message) {
    return new Finding(HealthStatus.HEALTHY, message);
  }

  /** It works, and somebody should look at it. */
  public static Finding degraded(String message) {
    return new Finding(HealthStatus.DEGRADED, message);
  }

  /** It does not work. */
  public static Finding unhealthy(String message) {
    return new Finding(HealthStatus.UNHEALTHY, message);
  }

  /** A figure against two limits, each of which is the first value that is too much. */
  static Finding of(long value, long degraded, long unhealthy, String message) {
    HealthStatus status = value >= unhealthy ? HealthStatus.UNHEALTHY
      : value >= degraded ? HealthStatus.DEGRADED : HealthStatus.HEALTHY;
    return new Finding(status, message);
  }
}
