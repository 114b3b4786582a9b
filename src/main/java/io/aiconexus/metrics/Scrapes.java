package io.aiconexus.metrics;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers scrapes, in Prometheus text or, when asked for it, in OpenMetrics text.
 * <p>
 * The text is written on a worker thread, and those who ask at the same time get the same one: however often somebody
 * scrapes, at most one worker is busy with each format. Any thread.
 */
final class Scrapes {

  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private final PrometheusMeterRegistry registry;
  private final Map<String, Future<Buffer>> running = new ConcurrentHashMap<>();

  Scrapes(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  void onRequest(RoutingContext request) {
    String accepted = request.request().getHeader(HttpHeaders.ACCEPT);
    String format = accepted != null && accepted.contains("application/openmetrics-text") ? OPEN_METRICS : PROMETHEUS;
    scrape(request, format).onComplete(
      text -> request.response().putHeader(HttpHeaders.CONTENT_TYPE, format)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store").end(text),
      request::fail);
  }

  private Future<Buffer> scrape(RoutingContext request, String format) {
    Future<Buffer> text = running.computeIfAbsent(format,
      idle -> request.vertx().executeBlocking(() -> Buffer.buffer(registry.scrape(format)), false));
    text.onComplete(done -> running.remove(format, text));
    return text;
  }
}
