package io.aiconexus.health;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * One thing that is looked after: its check, and the verdict that so many looks in a row have made.
 * <p>
 * The first look decides at once; after that the verdict follows only when it was contradicted often enough, and always
 * comes back by itself. Belongs to one context.
 */
final class Component {

  private final HealthCheck check;
  private final int failures;
  private final int successes;
  private Future<Finding> running = Future.succeededFuture();
  private HealthStatus status = HealthStatus.HEALTHY;
  private String message = "not checked yet";
  private Instant lastCheck;
  private long checkCount;
  private int contradictions;
  private boolean worsening;

  Component(HealthCheck check, HealthOptions options) {
    this.check = check;
    this.failures = options.failures();
    this.successes = options.successes();
  }

  /** Looks once; who asks while a look is under way gets what that finds. */
  Future<Finding> look() {
    if (running.isComplete()) {
      running = Future.succeededFuture().compose(now -> check.look());
    }
    return running;
  }

  /** Takes what a look has found; true when the verdict changed. */
  boolean found(Finding finding, Instant at) {
    HealthStatus before = status;
    boolean first = checkCount == 0;
    checkCount++;
    lastCheck = at;
    message = finding.message();
    if (first || finding.status() == status) {
      status = finding.status();
      contradictions = 0;
      return first && status != HealthStatus.HEALTHY;
    }
    boolean worse = finding.status().isWorseThan(status);
    contradictions = worse == worsening ? contradictions + 1 : 1;
    worsening = worse;
    if (contradictions >= (worse ? failures : successes)) {
      status = finding.status();
      contradictions = 0;
    }
    return status != before;
  }

  HealthStatus status() {
    return status;
  }

  String message() {
    return message;
  }

  boolean isChecked() {
    return checkCount > 0;
  }

  JsonObject toJson() {
    return new JsonObject().put("status", status.toString()).put("message", message)
      .put("last_check", lastCheck == null ? null : lastCheck.toString()).put("check_count", checkCount);
  }
}
