package io.aiconexus.metrics;

import static io.aiconexus.metrics.NodeMeter.HEALTH_AGE;
import static io.aiconexus.metrics.NodeMeter.HEALTH_DURATION;
import static io.aiconexus.metrics.NodeMeter.HEALTH_STATUS;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Turns what the health checks say into meters. Belongs to one context. */
final class HealthMeters {

  /** More checks than anyone has; the names are the application's, so somebody must say when it is enough. */
  private static final int CHECKS_MAX = 64;
  private static final List<String> VERDICTS = List.of("healthy", "degraded", "unhealthy");

  private final NodeMeters meters;
  private final LongSupplier seconds;
  private final Map<String, Long> checked = new HashMap<>();

  HealthMeters(NodeMeters meters, LongSupplier seconds) {
    this.meters = meters;
    this.seconds = seconds;
  }

  /** A check has ended. */
  void onCheck(JsonObject event) {
    String check = Readings.text(event, "check");
    int verdict = VERDICTS.indexOf(Readings.text(event, "status"));
    if (verdict < 0 || !check.matches("[a-z][a-z0-9_]{0,31}")
      || !checked.containsKey(check) && checked.size() == CHECKS_MAX) {
      throw new IllegalArgumentException("not a check: " + check);
    }
    checked.put(check, seconds.getAsLong());
    meters.level(HEALTH_STATUS, check).set(verdict);
    meters.level(HEALTH_DURATION, check).set(Readings.count(event, "duration_us") / 1e6);
    meters.level(HEALTH_AGE, check).set(0);
  }

  /** Time passes. */
  void tick() {
    long now = seconds.getAsLong();
    checked.forEach((check, at) -> meters.level(HEALTH_AGE, check).set(now - at));
  }
}
