package io.aiconexus.status;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What a node has told about itself so far, in the few figures that fit on a page.
 * <p>
 * Anything on the event bus can publish an event, so what cannot be read throws {@link IllegalArgumentException} or
 * {@link ClassCastException} and changes nothing. Belongs to one context.
 */
final class NodeStatus {

  private static final int INSTANCES_MAX = 256;

  private final Map<Integer, JsonObject> instances = new HashMap<>();
  private final LatestLinks links = new LatestLinks();
  private final Course signaled;
  private final Course sent;
  private final Course received;
  private final Course bytesSent;
  private final Course bytesReceived;
  private JsonObject peers = new JsonObject();
  private boolean draining;
  private JsonObject supervised = new JsonObject();

  /** @param seconds a clock that only grows */
  NodeStatus(LongSupplier seconds) {
    signaled = new Course(seconds);
    sent = new Course(seconds);
    received = new Course(seconds);
    bytesSent = new Course(seconds);
    bytesReceived = new Course(seconds);
  }

  void on(JsonObject event, String at) {
    switch (String.valueOf(event.getValue("type"))) {
      case "signaling.traffic" -> onSignaling(event);
      case "traffic" -> onTraffic(event);
      case "peer.state" -> peers = new JsonObject().put("agents", count(event, "agents"))
        .put("links", object(event, "links").copy()).put("engine", object(event, "engine").copy());
      case "node.state" -> draining = "draining".equals(event.getValue("state"));
      case "retry.state" -> supervised = object(event, "links").copy();
      case "peer" -> {
        if ("link".equals(event.getValue("event"))) {
          links.onLink(event, at);
        }
      }
      default -> { }
    }
  }

  /** All of it but who is linked with whom. */
  JsonObject toJson() {
    return new JsonObject().put("draining", draining)
      .put("agents", new JsonObject().put("registered", sum("agents")).put("hosted", count(peers, "agents")))
      .put("sessions", sum("sessions")).put("queued_bytes", sum("queued_bytes"))
      .put("links", object(peers, "links")).put("supervised", supervised).put("engine", object(peers, "engine"))
      .put("rates", new JsonObject().put("signaling_messages", signaled.rate()).put("messages_sent", sent.rate())
        .put("messages_received", received.rate()).put("bytes_sent", bytesSent.rate())
        .put("bytes_received", bytesReceived.rate()))
      .put("course", new JsonObject().put("signaling_messages", signaled.toJson()).put("messages_sent", sent.toJson())
        .put("messages_received", received.toJson()));
  }

  JsonArray latestLinks() {
    return links.toJson();
  }

  private void onSignaling(JsonObject event) {
    int instance = (int) Math.min(INSTANCES_MAX, count(event, "instance"));
    instances.put(instance, new JsonObject().put("sessions", count(event, "sessions"))
      .put("agents", count(event, "agents")).put("queued_bytes", count(event, "queued_bytes")));
    for (Map.Entry<String, Object> type : object(event, "messages")) {
      JsonObject outcomes = (JsonObject) type.getValue();
      outcomes.fieldNames().forEach(outcome -> signaled.add(count(outcomes, outcome)));
    }
  }

  private void onTraffic(JsonObject event) {
    sent.add(count(event, "messages_sent"));
    received.add(count(event, "messages_received"));
    bytesSent.add(count(event, "bytes_sent"));
    bytesReceived.add(count(event, "bytes_received"));
  }

  private long sum(String figure) {
    return instances.values().stream().mapToLong(instance -> count(instance, figure)).sum();
  }

  private static long count(JsonObject json, String key) {
    long count = ((Number) json.getValue(key, 0L)).longValue();
    if (count < 0) {
      throw new IllegalArgumentException("not a count: " + key);
    }
    return count;
  }

  private static JsonObject object(JsonObject json, String key) {
    return (JsonObject) json.getValue(key, new JsonObject());
  }
}
