package io.aiconexus.health;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** What a node says of its health over HTTP; every answer is ready before it is asked for. Any thread. */
final class HealthRoutes {

  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private final HealthVerticle health;

  HealthRoutes(HealthVerticle health) {
    this.health = health;
  }

  void mount(Router router) {
    router.get("/health").handler(request ->
      answer(request, health.report().status() != HealthStatus.UNHEALTHY, health.report().json()));
    router.get("/health/live").handler(request -> probe(request, health.isAlive()));
    router.get("/health/ready").handler(request -> ready(request, health.notReadyBecause()));
    router.get("/health/started").handler(request -> probe(request, health.report().started()));
  }

  private static void ready(RoutingContext request, String notBecause) {
    if (notBecause == null) {
      probe(request, true);
    } else {
      answer(request, false, new JsonObject().put("status", HealthStatus.UNHEALTHY.toString())
        .put("reason", notBecause).encode());
    }
  }

  private static void probe(RoutingContext request, boolean well) {
    answer(request, well,
      new JsonObject().put("status", (well ? HealthStatus.HEALTHY : HealthStatus.UNHEALTHY).toString()).encode());
  }

  private static void answer(RoutingContext request, boolean well, String json) {
    request.response().setStatusCode(well ? OK : UNAVAILABLE).putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
      .putHeader(HttpHeaders.CACHE_CONTROL, "no-store").end(json);
  }
}
