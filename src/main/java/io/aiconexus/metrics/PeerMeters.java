package io.aiconexus.metrics;

import static io.aiconexus.metrics.NodeMeter.AGENTS_HOSTED;
import static io.aiconexus.metrics.NodeMeter.CONNECTION_FAILURES;
import static io.aiconexus.metrics.NodeMeter.CONNECTION_RETRIES;
import static io.aiconexus.metrics.NodeMeter.CONNECTION_TIME;
import static io.aiconexus.metrics.NodeMeter.ERRORS;
import static io.aiconexus.metrics.NodeMeter.ERROR_RATE;
import static io.aiconexus.metrics.NodeMeter.MESSAGES_RECEIVED;
import static io.aiconexus.metrics.NodeMeter.MESSAGES_SENT;
import static io.aiconexus.metrics.NodeMeter.MESSAGE_BYTES_RECEIVED;
import static io.aiconexus.metrics.NodeMeter.MESSAGE_BYTES_SENT;
import static io.aiconexus.metrics.NodeMeter.PEER_CONNECTIONS;
import static io.aiconexus.metrics.NodeMeter.PEER_CONNECTIONS_ACTIVE;
import static io.aiconexus.metrics.NodeMeter.PEER_CONNECTIONS_CLOSED;
import static io.aiconexus.metrics.NodeMeter.PEER_STATE;
import static io.aiconexus.metrics.NodeMeter.ROUND_TRIP_TIME;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Turns what the hosted agents publish into meters. Belongs to one context. */
final class PeerMeters {

  private final NodeMeters meters;
  private final EngineMeters engine;
  private final LastMinute errors;

  PeerMeters(NodeMeters meters, LongSupplier seconds) {
    this.meters = meters;
    this.engine = new EngineMeters(meters);
    this.errors = new LastMinute(seconds);
    Readings.LINK_STATES.forEach(state -> meters.level(PEER_STATE, state));
  }

  /** An event of one agent. */
  void onAgent(JsonObject event) {
    switch (Readings.text(event, "event")) {
      case "link" -> onLink(event);
      case "report" -> meters.counter(CONNECTION_FAILURES,
        Readings.lowerOneOf(Readings.VERDICTS, event.getValue("verdict"))).increment();
      case "connect_retry" -> meters.counter(CONNECTION_RETRIES).increment();
      case "refused" -> error(event.getValue("code"));
      case "ice_error" -> error("ICE_SERVER");
      case "signaling_lost" -> error("SIGNALING_LOST");
      default -> { }
    }
  }

  /** The sums of one agent's traffic in a second. */
  void onTraffic(JsonObject event) {
    meters.counter(MESSAGES_SENT).increment(Readings.count(event, "messages_sent"));
    meters.counter(MESSAGES_RECEIVED).increment(Readings.count(event, "messages_received"));
    meters.counter(MESSAGE_BYTES_SENT).increment(Readings.count(event, "bytes_sent"));
    meters.counter(MESSAGE_BYTES_RECEIVED).increment(Readings.count(event, "bytes_received"));
  }

  /** What the node holds at the moment. */
  void onState(JsonObject event) {
    JsonObject links = Readings.object(event, "links");
    meters.level(AGENTS_HOSTED).set(Readings.count(event, "agents"));
    Readings.LINK_STATES.forEach(state -> meters.level(PEER_STATE, state).set(Readings.count(links, state)));
    meters.level(PEER_CONNECTIONS_ACTIVE).set(Readings.count(links, "connected"));
    for (Object micros : Readings.list(event, "round_trip_us")) {
      meters.timer(ROUND_TRIP_TIME).record(Readings.counted(micros), TimeUnit.MICROSECONDS);
    }
    if (event.containsKey("engine")) {
      engine.on(Readings.object(event, "engine"));
    }
  }

  /** Time passes. */
  void tick() {
    meters.level(ERROR_RATE).set(errors.sum());
  }

  private void onLink(JsonObject event) {
    switch (Readings.text(event, "state")) {
      case "connecting" -> meters.counter(PEER_CONNECTIONS).increment();
      case "connected" -> {
        if (event.containsKey("connect_us")) {
          meters.timer(CONNECTION_TIME).record(Readings.count(event, "connect_us"), TimeUnit.MICROSECONDS);
        }
      }
      case "failed" -> error(event.getValue("reason"));
      case "closed" -> meters.counter(PEER_CONNECTIONS_CLOSED,
        Readings.lowerOneOf(Readings.FAULTS, event.getValue("reason"))).increment();
      default -> { }
    }
  }

  private void error(Object type) {
    meters.counter(ERRORS, Readings.lowerOneOf(Readings.FAULTS, type)).increment();
    errors.add(1);
  }
}
