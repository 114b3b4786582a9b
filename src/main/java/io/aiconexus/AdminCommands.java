package io.aiconexus;

import io.aiconexus.bus.Addresses;
import io.aiconexus.bus.Failure;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP requests that change something: {@code POST /admin/...} with {@code Authorization: Bearer} and the token of
 * {@code admin.token}.
 * <p>
 * The token is looked at before the body is, in a time that does not depend on where it is wrong. Any thread.
 */
final class AdminCommands {

  private static final Logger log = LoggerFactory.getLogger(AdminCommands.class);
  private static final String BEARER = "Bearer ";
  private static final int BODY_BYTES_MAX = 4_096;
  private static final long TIMEOUT_MS = 5_000;

  private final Vertx vertx;
  private final String node;
  private final byte[] token;

  AdminCommands(Vertx vertx, String node, AdminOptions options) {
    this.vertx = vertx;
    this.node = node;
    this.token = options.token() == null ? null : digest(options.token());
  }

  void mount(Router router) {
    router.post("/admin/*").handler(this::admit);
    router.post("/admin/*").handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES_MAX));
    router.errorHandler(413, request -> problem(request, 413, "the body has more than " + BODY_BYTES_MAX + " bytes"));
    router.post("/admin/kick").handler(request -> command(request, Addresses.SIGNALING, "kick"));
    router.post("/admin/drain").handler(request -> command(request, Addresses.node(node), "drain"));
    router.post("/admin/undrain").handler(request -> command(request, Addresses.node(node), "undrain"));
  }

  private void admit(RoutingContext request) {
    if (token == null) {
      problem(request, 403, "nothing can be changed over HTTP on this node; set admin.token to allow it");
      return;
    }
    String given = request.request().getHeader(HttpHeaders.AUTHORIZATION);
    if (given != null && given.startsWith(BEARER)
      && MessageDigest.isEqual(digest(given.substring(BEARER.length())), token)) {
      request.next();
      return;
    }
    log.debug("{}: refused {} without the right token", node, request.request().path());
    vertx.eventBus().publish(Addresses.EVENTS, new JsonObject().put("type", "admin.auth_failure").put("node", node));
    request.response().putHeader("WWW-Authenticate", "Bearer");
    problem(request, 401, "this needs the header Authorization: Bearer with the token of admin.token");
  }

  private void command(RoutingContext request, String address, String action) {
    JsonObject command;
    try {
      command = request.body().isEmpty() ? new JsonObject() : request.body().asJsonObject();
    } catch (DecodeException | ClassCastException e) {
      problem(request, 400, "the body must be a JSON object");
      return;
    }
    vertx.eventBus().<JsonObject>request(address, command.put("action", action),
      new DeliveryOptions().setSendTimeout(TIMEOUT_MS)).onComplete(
        reply -> answer(request, 200, "application/json", reply.body()),
        cause -> problem(request, statusOf(Failure.of(cause)), cause.getMessage()));
  }

  private static int statusOf(Failure failure) {
    return switch (failure) {
      case BAD_REQUEST -> 400;
      case NOT_FOUND, UNKNOWN_AGENT -> 404;
      case OVERLOADED -> 429;
      case TIMEOUT -> 504;
      case UNAVAILABLE, SIGNALING_UNAVAILABLE -> 503;
      default -> 500;
    };
  }

  /** As RFC 9457 writes it. */
  private static void problem(RoutingContext request, int status, String detail) {
    answer(request, status, "application/problem+json", new JsonObject().put("type", "about:blank")
      .put("title", HttpResponseStatus.valueOf(status).reasonPhrase()).put("status", status).put("detail", detail));
  }

  private static void answer(RoutingContext request, int status, String type, JsonObject body) {
    request.response().setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, type)
      .putHeader(HttpHeaders.CACHE_CONTROL, "no-store").end(body == null ? "{}" : body.encode());
  }

  /** Of equal length for tokens of any length. */
  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
