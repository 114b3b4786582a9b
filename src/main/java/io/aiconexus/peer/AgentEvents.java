package io.aiconexus.peer;

import io.aiconexus.bus.Addresses;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.Envelope;
import io.aiconexus.protocol.ErrorCode;
import io.aiconexus.protocol.MessageType;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one agent publishes about itself: to who follows it, and for metrics and audit. */
final class AgentEvents {

  private static final Logger log = LoggerFactory.getLogger(AgentEvents.class);
  private static final long TRAFFIC_MS = 1_000;

  private final Vertx vertx;
  private final Did agent;
  private final NodeEvents node;
  private final Traffic traffic = new Traffic();

  AgentEvents(Vertx vertx, Did agent, NodeEvents node) {
    this.vertx = vertx;
    this.agent = agent;
    this.node = node;
  }

  /** Begins to publish the sum of the traffic once a second, for as long as the verticle lives. */
  void start() {
    vertx.setPeriodic(TRAFFIC_MS, now -> publishTraffic());
  }

  /** Counts what passes the channels. */
  Traffic traffic() {
    return traffic;
  }

  void publish(JsonObject event) {
    vertx.eventBus().publish(Addresses.peerEvents(agent), event);
    node.publish("peer", event.copy().put("agent", agent.toString()));
  }

  /** A link changed its state. */
  void moved(LinkState from, LinkState to) {
    node.moved(from, to);
  }

  /** A message about a connection went out or came in. */
  void signal(String direction, Did remote, MessageType type, String connectionId) {
    log.debug("{}: connection {}: {} {} {}", agent, connectionId, type, "out".equals(direction) ? "to" : "from",
      remote);
    publish(new JsonObject().put("event", "signal").put("direction", direction).put("remote", remote.toString())
      .put("signal", type.name()).put("connection_id", connectionId));
  }

  /** A message of another agent was not taken. */
  void refused(Envelope message, ErrorCode code) {
    publish(new JsonObject().put("event", "refused").put("remote", message.from().toString())
      .put("signal", message.type().name()).put("code", code.name()));
  }

  /** Publishes what was counted since the last time. */
  void publishTraffic() {
    JsonObject sum = traffic.take();
    if (sum != null) {
      node.publish("traffic", sum);
    }
  }
}
