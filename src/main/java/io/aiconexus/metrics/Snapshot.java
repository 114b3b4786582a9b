package io.aiconexus.metrics;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * All meters of a registry as JSON:
 * {@code {"webrtc.peer.state": [{"labels": {"state": "connected"}, "value": 1.0}]}}.
 */
final class Snapshot {

  private Snapshot() {
  }

  /** Under each name its series: labels, and the statistics of the meter, such as value, count, total and max. */
  static JsonObject of(MeterRegistry registry) {
    JsonObject meters = new JsonObject();
    for (Meter meter : registry.getMeters()) {
      String name = meter.getId().getName();
      if (!meters.containsKey(name)) {
        meters.put(name, new JsonArray());
      }
      meters.getJsonArray(name).add(series(meter));
    }
    return meters;
  }

  private static JsonObject series(Meter meter) {
    JsonObject labels = new JsonObject();
    for (Tag tag : meter.getId().getTags()) {
      labels.put(tag.getKey(), tag.getValue());
    }
    JsonObject series = new JsonObject().put("labels", labels);
    for (Measurement measurement : meter.measure()) {
      double value = measurement.getValue();
      // JSON has no NaN and no infinity.
      series.put(measurement.getStatistic().getTagValueRepresentation(), Double.isFinite(value) ? value : null);
    }
    return series;
  }
}
