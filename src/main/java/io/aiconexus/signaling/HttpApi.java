package io.aiconexus.signaling;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.Did;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the gateway answers over plain HTTP, beside the WebSockets. */
final class HttpApi {

  /** Where WebSockets are opened. */
  static final String SOCKET_PATH = "/ws";

  private static final Logger log = LoggerFactory.getLogger(HttpApi.class);

  private final Agents agents;

  HttpApi(Agents agents) {
    this.agents = agents;
  }

  /** Every path but {@link #SOCKET_PATH}; {@code others} adds routes that come before the gateway's own. */
  Router router(Vertx vertx, Handler<Router> others) {
    Router router = Router.router(vertx);
    others.handle(router);
    router.get("/agents").handler(this::page);
    router.get("/agents/:did").handler(this::one);
    router.get("/version").handler(request -> answer(request.response(), BuildInfo.json()));
    router.get("/health/live").handler(request ->
      answer(request.response(), new JsonObject().put("status", "healthy")));
    router.errorHandler(404, request -> Problem.of(404, "there is nothing at this path").answer(request.response()));
    router.errorHandler(405, request -> Problem.of(405, "this path takes GET").answer(request.response()));
    router.errorHandler(400, request -> Problem.of(400, "the request is malformed").answer(request.response()));
    router.errorHandler(500, request -> {
      log.error("{} failed", request.request().path(), request.failure());
      Problem.of(500, "internal error, see the log of the node").answer(request.response());
    });
    return router;
  }

  private void page(RoutingContext request) {
    String limit = request.queryParams().get("limit");
    if (limit != null && !limit.matches("[0-9]{1,6}")) {
      Problem.of(400, "limit must be 1 to " + Agents.LIMIT_MAX).answer(request.response());
      return;
    }
    reply(request, agents.page(request.queryParams().get("capability"),
      limit == null ? Agents.LIMIT : Integer.parseInt(limit), request.queryParams().get("cursor")));
  }

  private void one(RoutingContext request) {
    Did did;
    try {
      did = Did.parse(request.pathParam("did"));
    } catch (IllegalArgumentException e) {
      Problem.of(404, e.getMessage()).answer(request.response());
      return;
    }
    reply(request, agents.one(did));
  }

  private static void reply(RoutingContext request, Future<JsonObject> result) {
    result.onComplete(json -> answer(request.response(), json), cause -> {
      switch (Failure.of(cause)) {
        case UNKNOWN_AGENT -> Problem.of(404, cause.getMessage()).answer(request.response());
        case BAD_REQUEST -> Problem.of(400, cause.getMessage()).answer(request.response());
        default -> request.fail(500, cause);
      }
    });
  }

  private static void answer(HttpServerResponse response, JsonObject json) {
    response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json").putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
      .end(json.encode());
  }
}
