package io.aiconexus.status;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The page and what it asks for; every answer is ready before it is asked for. Any thread. */
final class StatusRoutes {

  /** Nothing from elsewhere, nothing inline, no frame around it. */
  private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final Buffer page = resource("page.html");
  private final Buffer style = resource("page.css");
  private final Buffer script = resource("page.js");
  private final Buffer icon = resource("icon.svg");
  private volatile String brief = "{}";
  private volatile String detailed = "{}";

  void mount(Router router, boolean whole) {
    router.get("/").handler(request -> answer(request, "text/html; charset=utf-8", page));
    router.get("/page.css").handler(request -> answer(request, "text/css; charset=utf-8", style));
    router.get("/page.js").handler(request -> answer(request, "text/javascript; charset=utf-8", script));
    router.get("/icon.svg").handler(request -> answer(request, "image/svg+xml", icon));
    router.get("/status").handler(request ->
      answer(request, "application/json", Buffer.buffer(whole ? detailed : brief)));
  }

  /** What there is to say from now on. */
  void say(String briefJson, String detailedJson) {
    brief = briefJson;
    detailed = detailedJson;
  }

  private static void answer(RoutingContext request, String type, Buffer content) {
    HttpServerResponse response = request.response();
    response.putHeader(HttpHeaders.CONTENT_TYPE, type).putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
      .putHeader("Content-Security-Policy", POLICY).putHeader("X-Content-Type-Options", "nosniff")
      .putHeader("Referrer-Policy", "no-referrer").end(content);
  }

  private static Buffer resource(String name) {
    try (InputStream in = StatusRoutes.class.getResourceAsStream(name)) {
      return Buffer.buffer(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("the jar lacks " + name, e);
    }
  }
}
