package io.aiconexus.health;

import io.vertx.core.json.JsonObject;

/**
 * What there is to say about a node at one moment; nobody changes it any more.
 *
 * @param started whether every check has been run once
 * @param ready whether the node can do its work
 * @param status the worst of all verdicts
 * @param json the whole story
 */
record Report(boolean started, boolean ready, HealthStatus status, String json) {

  /** No check has been run yet. */
  static final Report NOT_STARTED = new Report(false, false, HealthStatus.UNHEALTHY,
    new JsonObject().put("status", "unhealthy").put("components", new JsonObject()).encode());
}
