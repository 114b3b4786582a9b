package io.aiconexus.peer;

import io.aiconexus.bus.Addresses;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * What the hosted agents of one node tell metrics and audit.
 * <p>
 * Shared by the event loops of all its agents, so any thread may call it. The links are counted where they change their
 * state and nowhere else; what is published is always the whole count.
 */
final class NodeEvents {

  private static final LinkState[] STATES = LinkState.values();

  private final EventBus bus;
  private final String node;
  private final AtomicIntegerArray links = new AtomicIntegerArray(STATES.length);

  NodeEvents(EventBus bus, String node) {
    this.bus = bus;
    this.node = node;
  }

  /** Publishes an event of that type; {@code event} is the caller's no more. */
  void publish(String type, JsonObject event) {
    bus.publish(Addresses.EVENTS, event.put("type", type).put("node", node));
  }

  /** A link changed its state. New ones have not begun and closed ones are gone: neither is counted. */
  void moved(LinkState from, LinkState to) {
    if (from != LinkState.NEW) {
      links.decrementAndGet(from.ordinal());
    }
    if (to != LinkState.CLOSED) {
      links.incrementAndGet(to.ordinal());
    }
  }

  /** How many links are in which state; states that are not counted are left out. */
  JsonObject links() {
    JsonObject counts = new JsonObject();
    for (LinkState state : STATES) {
      if (state != LinkState.NEW && state != LinkState.CLOSED) {
        counts.put(state.toString(), links.get(state.ordinal()));
      }
    }
    return counts;
  }
}
