package io.aiconexus.metrics;

import static io.aiconexus.metrics.NodeMeter.SIGNALING_AGENTS;
import static io.aiconexus.metrics.NodeMeter.SIGNALING_AUTH_FAILURES;
import static io.aiconexus.metrics.NodeMeter.SIGNALING_CLOSES;
import static io.aiconexus.metrics.NodeMeter.SIGNALING_DELIVERY_TIME;
import static io.aiconexus.metrics.NodeMeter.SIGNALING_MESSAGES;
import static io.aiconexus.metrics.NodeMeter.SIGNALING_QUEUE_BYTES;
import static io.aiconexus.metrics.NodeMeter.SIGNALING_REFUSALS;
import static io.aiconexus.metrics.NodeMeter.SIGNALING_REGISTRATIONS;
import static io.aiconexus.metrics.NodeMeter.SIGNALING_RESUMES;
import static io.aiconexus.metrics.NodeMeter.SIGNALING_SESSIONS;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/** Turns what the gateway's instances publish into meters. Belongs to one context. */
final class SignalingMeters {

  /** As many instances as a node can have. */
  private static final int INSTANCES_MAX = 256;

  private final NodeMeters meters;
  private final Map<Integer, Holding> instances = new HashMap<>();

  SignalingMeters(NodeMeters meters) {
    this.meters = meters;
  }

  void on(String type, JsonObject event) {
    switch (type) {
      case "signaling.registered" -> {
        meters.counter(SIGNALING_REGISTRATIONS).increment();
        if (Readings.flag(event, "resumed")) {
          meters.counter(SIGNALING_RESUMES).increment();
        }
      }
      case "signaling.closed" ->
        meters.counter(SIGNALING_CLOSES, Readings.oneOf(Readings.CLOSE_CODES, event.getValue("code"))).increment();
      case "signaling.auth_failure" -> meters.counter(SIGNALING_AUTH_FAILURES,
        Readings.lowerOneOf(Readings.FAULTS, event.getValue("code"))).increment();
      case "signaling.refused" ->
        meters.counter(SIGNALING_REFUSALS, Readings.oneOf(Readings.STATUSES, event.getValue("status"))).increment();
      case "signaling.traffic" -> traffic(event);
      default -> { }
    }
  }

  private void traffic(JsonObject event) {
    hold((int) Math.min(INSTANCES_MAX, Readings.count(event, "instance")), new Holding(
      Readings.count(event, "sessions"), Readings.count(event, "agents"), Readings.count(event, "queued_bytes")));
    for (Map.Entry<String, Object> type : Readings.object(event, "messages")) {
      for (Map.Entry<String, Object> outcome : Readings.object(type.getValue())) {
        meters.counter(SIGNALING_MESSAGES, Readings.oneOf(Readings.MESSAGE_TYPES, type.getKey()),
          Readings.oneOf(Readings.OUTCOMES, outcome.getKey())).increment(Readings.counted(outcome.getValue()));
      }
    }
    for (Object micros : Readings.list(event, "delivery_us")) {
      meters.timer(SIGNALING_DELIVERY_TIME).record(Readings.counted(micros), TimeUnit.MICROSECONDS);
    }
  }

  private void hold(int instance, Holding now) {
    instances.put(instance, now);
    meters.level(SIGNALING_SESSIONS).set(sum(Holding::sessions));
    meters.level(SIGNALING_AGENTS).set(sum(Holding::agents));
    meters.level(SIGNALING_QUEUE_BYTES).set(sum(Holding::queuedBytes));
  }

  private long sum(ToLongFunction<Holding> part) {
    return instances.values().stream().mapToLong(part).sum();
  }

  /** What one instance holds at the moment. */
  private record Holding(long sessions, long agents, long queuedBytes) { }
}
