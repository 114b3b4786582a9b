package io.aiconexus.metrics;

import static io.aiconexus.metrics.NodeMeter.CONNECTION_RETRIES;
import static io.aiconexus.metrics.NodeMeter.RETRY_EXHAUSTED;
import static io.aiconexus.metrics.NodeMeter.RETRY_RECOVERED;
import static io.aiconexus.metrics.NodeMeter.RETRY_SUCCESS_RATE;

import io.vertx.core.json.JsonObject;
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
  }

  void on(JsonObject event) {
    switch (Readings.text(event, "event")) {
      case "retry" -> meters.counter(CONNECTION_RETRIES).increment();
      case "recovered" -> {
        meters.counter(RETRY_RECOVERED).increment();
        recovered.add(1);
      }
      case "exhausted" -> {
        meters.counter(RETRY_EXHAUSTED).increment();
        exhausted.add(1);
      }
      default -> { }
    }
  }

  /** Time passes. */
  void tick() {
    long came = recovered.sum();
    long ended = came + exhausted.sum();
    meters.level(RETRY_SUCCESS_RATE).set(ended == 0 ? Double.NaN : came / (double) ended);
  }
}
