package io.aiconexus.metrics;

import static io.aiconexus.metrics.NodeMeter.ENGINE_AVAILABLE;
import static io.aiconexus.metrics.NodeMeter.ENGINE_BUDGET_USED;
import static io.aiconexus.metrics.NodeMeter.ENGINE_CALLBACK_ERRORS;
import static io.aiconexus.metrics.NodeMeter.ENGINE_CONGESTION_WINDOW;
import static io.aiconexus.metrics.NodeMeter.ENGINE_CONNECTIONS;
import static io.aiconexus.metrics.NodeMeter.ENGINE_DATAGRAMS_NOT_SENT;
import static io.aiconexus.metrics.NodeMeter.ENGINE_DATAGRAMS_OF_STRANGERS;
import static io.aiconexus.metrics.NodeMeter.ENGINE_DATAGRAMS_RECEIVED;
import static io.aiconexus.metrics.NodeMeter.ENGINE_DATAGRAMS_SENT;
import static io.aiconexus.metrics.NodeMeter.ENGINE_HANDLES_HELD;
import static io.aiconexus.metrics.NodeMeter.ENGINE_IN_FLIGHT;
import static io.aiconexus.metrics.NodeMeter.ENGINE_LANES;
import static io.aiconexus.metrics.NodeMeter.ENGINE_LANES_RECYCLED;
import static io.aiconexus.metrics.NodeMeter.ENGINE_LANE_MESSAGES;
import static io.aiconexus.metrics.NodeMeter.ENGINE_PART_CONNECTIONS;
import static io.aiconexus.metrics.NodeMeter.ENGINE_RETRANSMISSIONS;
import static io.aiconexus.metrics.NodeMeter.ENGINE_SOCKETS;
import static io.aiconexus.metrics.NodeMeter.ENGINE_TIMEOUTS;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** Turns the status of the WebRTC engine into meters. Belongs to one context. */
final class EngineMeters {

  /** As many lanes or loops as are told apart; whatever is beyond is in the sum only. */
  private static final int PARTS_MAX = 64;

  private final NodeMeters meters;
  private int parts;

  EngineMeters(NodeMeters meters) {
    this.meters = meters;
  }

  void on(JsonObject status) {
    String engine = Readings.oneOf(Readings.ENGINES, status.getValue("engine"));
    meters.level(ENGINE_AVAILABLE, engine).set(Readings.flag(status, "available") ? 1 : 0);
    meters.level(ENGINE_CONNECTIONS, engine).set(Readings.count(status, "connections"));
    JsonObject details = Readings.object(status, "details");
    datagrams(details);
    List<JsonObject> lanes = Readings.list(details, "lanes").stream().map(Readings::object).toList();
    parts(lanes.isEmpty() ? Readings.list(details, "loop_connections").stream().map(Readings::counted).toList()
      : lanes.stream().map(lane -> Readings.count(lane, "connections")).toList());
    meters.level(ENGINE_LANE_MESSAGES).set(lanes.stream().mapToLong(lane -> Readings.count(lane, "messages")).sum());
    meters.level(ENGINE_LANES).set(lanes.size());
    meters.level(ENGINE_LANES_RECYCLED).set(Readings.count(details, "recycled"));
    long budget = Math.max(1, Readings.count(details, "message_budget"));
    meters.level(ENGINE_BUDGET_USED).set(
      lanes.stream().mapToLong(lane -> Readings.count(lane, "messages")).max().orElse(0) / (double) budget);
    meters.level(ENGINE_HANDLES_HELD).set(lanes.stream()
      .mapToLong(lane -> Math.max(0, Readings.count(lane, "closed") - Readings.count(lane, "released"))).sum());
    meters.level(ENGINE_CALLBACK_ERRORS).set(
      lanes.stream().mapToLong(lane -> Readings.count(lane, "callback_errors")).sum());
  }

  /** Parts that are no more hold nothing. */
  private void parts(List<Long> connections) {
    parts = Math.min(PARTS_MAX, Math.max(parts, connections.size()));
    for (int part = 0; part < parts; part++) {
      meters.level(ENGINE_PART_CONNECTIONS, String.valueOf(part))
        .set(part < connections.size() ? connections.get(part) : 0);
    }
  }

  private void datagrams(JsonObject details) {
    meters.level(ENGINE_CONGESTION_WINDOW).set(Readings.count(details, "congestion_window_bytes"));
    meters.level(ENGINE_IN_FLIGHT).set(Readings.count(details, "in_flight_bytes"));
    meters.level(ENGINE_SOCKETS).set(Readings.count(details, "sockets"));
    meters.level(ENGINE_DATAGRAMS_SENT).set(Readings.count(details, "datagrams_sent"));
    meters.level(ENGINE_DATAGRAMS_RECEIVED).set(Readings.count(details, "datagrams_received"));
    meters.level(ENGINE_DATAGRAMS_NOT_SENT).set(Readings.count(details, "datagrams_not_sent"));
    meters.level(ENGINE_DATAGRAMS_OF_STRANGERS).set(Readings.count(details, "datagrams_of_strangers"));
    meters.level(ENGINE_RETRANSMISSIONS).set(Readings.count(details, "sctp_retransmissions"));
    meters.level(ENGINE_TIMEOUTS).set(Readings.count(details, "sctp_timeouts"));
  }
}
