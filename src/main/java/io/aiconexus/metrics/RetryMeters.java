package io.aiconexus.metrics;

import static io.aiconexus.metrics.NodeMeter.CONNECTION_RETRIES;
import static io.aiconexus.metrics.NodeMeter.RETRY_ATTEMPTS;
import static io.aiconexus.metrics.NodeMeter.RETRY_BUDGET;
import static io.aiconexus.metrics.NodeMeter.RETRY_DOWN_TIME;
import static io.aiconexus.metrics.NodeMeter.RETRY_EXHAUSTED;
import static io.aiconexus.metrics.NodeMeter.RETRY_FAILURES;
import static io.aiconexus.metrics.NodeMeter.RETRY_LINKS;
import static io.aiconexus.metrics.NodeMeter.RETRY_RECOVERED;
import static io.aiconexus.metrics.NodeMeter.RETRY_SUCCESS_RATE;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Turns what the supervision of links publishes into meters. Belongs to one context. */
final class RetryMeters {

  private final NodeMeters meters;
  private final LastMinute recovered;
  private final LastMinute exhausted;

  RetryMeters(NodeMeters meters, LongSupplier seconds) {
    this.meters = meters;
    this.recovered = new LastMinute(seconds);
    this.exhausted = new LastMinute(seconds);
    Readings.SUPERVISION.forEach(state -> meters.level(RETRY_LINKS, state));
  }

  /** Something was tried for a link, or came of it. */
  void on(JsonObject event) {
    switch (Readings.text(event, "event")) {
      case "attempt" ->
        meters.counter(RETRY_ATTEMPTS, Readings.oneOf(Readings.ATTEMPTS, event.getValue("how"))).increment();
      case "retry" -> {
        meters.counter(CONNECTION_RETRIES).increment();
        failed(event);
      }
      case "recovered" -> {
        meters.counter(RETRY_RECOVERED).increment();
        meters.timer(RETRY_DOWN_TIME).record(Readings.count(event, "down_ms"), TimeUnit.MILLISECONDS);
        recovered.add(1);
      }
      case "exhausted" -> {
        meters.counter(RETRY_EXHAUSTED).increment();
        failed(event);
        exhausted.add(1);
      }
      default -> { }
    }
  }

  /** What the node supervises at the moment. */
  void onState(JsonObject event) {
    JsonObject links = Readings.object(event, "links");
    Readings.SUPERVISION.forEach(state -> meters.level(RETRY_LINKS, state).set(Readings.count(links, state)));
    meters.level(RETRY_BUDGET).set(Readings.count(event, "budget"));
  }

  /** Time passes. */
  void tick() {
    long came = recovered.sum();
    long ended = came + exhausted.sum();
    meters.level(RETRY_SUCCESS_RATE).set(ended == 0 ? Double.NaN : came / (double) ended);
  }

  private void failed(JsonObject event) {
    Object failure = Readings.object(event, "error").getValue("failure");
    meters.counter(RETRY_FAILURES, Readings.lowerOneOf(Readings.FAULTS, failure)).increment();
  }
}
