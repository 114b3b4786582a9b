package io.aiconexus.signaling;

import io.aiconexus.bus.Addresses;
import io.aiconexus.protocol.Fault;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What one signaling instance publishes: presence, and events for metrics and audit. */
final class Announcements {

  private final EventBus bus;
  private final String node;
  private final int instance;

  Announcements(EventBus bus, String node, int instance) {
    this.bus = bus;
    this.node = node;
    this.instance = instance;
  }

  void registered(Entry entry, boolean resumed) {
    bus.publish(Addresses.PRESENCE, presence("joined", entry));
    bus.publish(Addresses.EVENTS,
      event("signaling.registered").put("did", entry.did().toString()).put("resumed", resumed));
  }

  void detached(Entry entry) {
    bus.publish(Addresses.EVENTS, event("signaling.detached").put("did", entry.did().toString()));
  }

  void left(Entry entry) {
    bus.publish(Addresses.PRESENCE, presence("left", entry));
  }

  /** A session ended; {@code entry} is null when it never registered. */
  void closed(Entry entry, int code) {
    JsonObject event = event("signaling.closed").put("code", code);
    bus.publish(Addresses.EVENTS, entry == null ? event : event.put("did", entry.did().toString()));
  }

  void notProved(Fault fault) {
    bus.publish(Addresses.EVENTS,
      event("signaling.auth_failure").put("code", fault.code()).put("reason", fault.message()));
  }

  void refused(int status) {
    bus.publish(Addresses.EVENTS, event("signaling.refused").put("status", status));
  }

  void traffic(JsonObject figures) {
    bus.publish(Addresses.EVENTS, event("signaling.traffic").mergeIn(figures));
  }

  private JsonObject event(String type) {
    return new JsonObject().put("type", type).put("node", node).put("instance", instance);
  }

  private static JsonObject presence(String event, Entry entry) {
    return new JsonObject().put("event", event).put("did", entry.did().toString()).put("epoch", entry.epoch())
      .put("node", entry.node()).put("capabilities", new JsonArray(entry.capabilities()));
  }
}
