package io.aiconexus.health;

import io.vertx.core.Future;

/** Looks after one thing; it may take its time, but must not block. */
@FunctionalInterface
public interface HealthCheck {

  /**
   * Looks once; on the event loop of the {@link HealthVerticle}.
   * <p>
   * A throw, a failure and an answer that is later than {@code health.timeout_ms} count as unhealthy. It is not called
   * again before its future is complete.
   */
  Future<Finding> look();
}
