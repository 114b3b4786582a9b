package io.aiconexus.metrics;

import java.util.List;

/**
 * Every meter of a node: its name, what it says, and its labels, whose values all come from closed sets.
 * <p>
 * The names are Micrometer's; {@link #prometheusName} is what a scrape has. No label holds a DID, an id or an address.
 */
public enum NodeMeter {

  /** Connections begun. */
  PEER_CONNECTIONS(Kind.COUNTER, "webrtc.peer.connections", "Connections to other agents that were begun."),
  /** Connections up. */
  PEER_CONNECTIONS_ACTIVE(Kind.GAUGE, "webrtc.peer.connections.active", "Links that are connected at the moment."),
  /** Connections ended. */
  PEER_CONNECTIONS_CLOSED(Kind.COUNTER, "webrtc.peer.connections.closed",
    "Links that ended, by the failure that ended them; cancelled when this end closed it.", "reason"),
  /** Links by state. */
  PEER_STATE(Kind.GAUGE, "webrtc.peer.state", "Links of hosted agents in each W3C connection state.", "state"),
  /** How long connecting took. */
  CONNECTION_TIME(Kind.TIMER, "webrtc.connection.time", "Time from the offer until the connection was up."),
  /** How far apart the ends are. */
  ROUND_TRIP_TIME(Kind.TIMER, "webrtc.round.trip.time",
    "Round trip between the two ends of links, as SCTP or ICE measures it; of many links a few each second."),
  /** Messages out. */
  MESSAGES_SENT(Kind.COUNTER, "webrtc.messages.sent", "Channel messages that hosted agents sent."),
  /** Messages in. */
  MESSAGES_RECEIVED(Kind.COUNTER, "webrtc.messages.received", "Channel messages that hosted agents received."),
  /** Bytes out. */
  MESSAGE_BYTES_SENT(Kind.COUNTER, "webrtc.message.bytes.sent", "Bytes in the channel messages sent."),
  /** Bytes in. */
  MESSAGE_BYTES_RECEIVED(Kind.COUNTER, "webrtc.message.bytes.received", "Bytes in the channel messages received."),
  /** Why connecting failed. */
  CONNECTION_FAILURES(Kind.COUNTER, "webrtc.connection.failures",
    "Links that did not come up or were lost, and ICE restarts that failed, by verdict.", "verdict"),
  /** What went wrong. */
  ERRORS(Kind.COUNTER, "webrtc.errors",
    "What went wrong with hosted agents and their links, by failure or error code.", "type"),
  /** What went wrong lately. */
  ERROR_RATE(Kind.GAUGE, "webrtc.error.rate", "Errors in the last minute."),
  /** Retries. */
  CONNECTION_RETRIES(Kind.COUNTER, "webrtc.connection.retries", "Attempts to connect again after a failure."),
  /** How retries ended lately. */
  RETRY_SUCCESS_RATE(Kind.GAUGE, "webrtc.retry.success.rate",
    "Of the retries that ended in the last minute, the part that recovered, 0 to 1; NaN when none ended."),
  /** Hosted agents. */
  AGENTS_HOSTED(Kind.GAUGE, "webrtc.agents.hosted", "Agents that this node hosts."),
  /** Whether the engine works. */
  ENGINE_AVAILABLE(Kind.GAUGE, "webrtc.engine.available", "1 when the WebRTC engine can make connections.", "engine"),
  /** What the engine holds. */
  ENGINE_CONNECTIONS(Kind.GAUGE, "webrtc.engine.connections", "Connections that the engine holds.", "engine"),
  /** How connections are spread. */
  ENGINE_PART_CONNECTIONS(Kind.GAUGE, "webrtc.engine.part.connections",
    "Connections on each native lane, or on each event loop of the engine in Java; parts are counted from 0.", "part"),
  /** Lanes of the native engine. */
  ENGINE_LANES(Kind.GAUGE, "webrtc.engine.lanes", "Native lanes, those included that wait for their last connection."),
  /** Replaced lanes. */
  ENGINE_LANES_RECYCLED(Kind.TOTAL, "webrtc.engine.lanes.recycled", "Native lanes replaced."),
  /** How near a lane is to its end. */
  ENGINE_BUDGET_USED(Kind.GAUGE, "webrtc.engine.message.budget.used",
    "Messages of the busiest native lane against webrtc.native.message_budget; at 1 the lane is replaced."),
  /** Memory that is not back. */
  ENGINE_HANDLES_HELD(Kind.GAUGE, "webrtc.engine.handles.held",
    "Connections of the present native lanes that are closed and whose memory is not back."),
  /** Messages that the lanes have carried. */
  ENGINE_LANE_MESSAGES(Kind.GAUGE, "webrtc.engine.lane.messages",
    "Messages that the present native lanes have received; each costs memory until its lane is replaced."),
  /** Exceptions out of native callbacks. */
  ENGINE_CALLBACK_ERRORS(Kind.GAUGE, "webrtc.engine.callback.errors",
    "Exceptions out of callbacks of the present native lanes; each is a bug."),
  /** Sockets of the engine in Java. */
  ENGINE_SOCKETS(Kind.GAUGE, "webrtc.engine.sockets", "UDP sockets that the engine in Java has open."),
  /** What may be in flight. */
  ENGINE_CONGESTION_WINDOW(Kind.GAUGE, "webrtc.engine.congestion.window.bytes",
    "Bytes that the connections of the engine in Java may have in flight, all together."),
  /** What is in flight. */
  ENGINE_IN_FLIGHT(Kind.GAUGE, "webrtc.engine.in.flight.bytes",
    "Bytes that the connections of the engine in Java have in flight, all together."),
  /** Datagrams out. */
  ENGINE_DATAGRAMS_SENT(Kind.TOTAL, "webrtc.engine.datagrams.sent", "Datagrams that the engine in Java sent."),
  /** Datagrams in. */
  ENGINE_DATAGRAMS_RECEIVED(Kind.TOTAL, "webrtc.engine.datagrams.received",
    "Datagrams that the engine in Java received."),
  /** Datagrams the system did not take. */
  ENGINE_DATAGRAMS_NOT_SENT(Kind.TOTAL, "webrtc.engine.datagrams.not.sent",
    "Datagrams that the system did not take from the engine in Java."),
  /** Datagrams of nobody's connection. */
  ENGINE_DATAGRAMS_OF_STRANGERS(Kind.TOTAL, "webrtc.engine.datagrams.of.strangers",
    "Datagrams that belong to no connection of the engine in Java."),
  /** Lost data sent again. */
  ENGINE_RETRANSMISSIONS(Kind.TOTAL, "webrtc.engine.sctp.retransmissions",
    "SCTP chunks that the engine in Java sent again."),
  /** Retransmission timers that ran out. */
  ENGINE_TIMEOUTS(Kind.TOTAL, "webrtc.engine.sctp.timeouts",
    "SCTP retransmission timers that ran out in the engine in Java."),

  /** Registered agents. */
  SIGNALING_AGENTS(Kind.GAUGE, "signaling.agents", "Sessions that have proved their DID."),
  /** Sessions. */
  SIGNALING_SESSIONS(Kind.GAUGE, "signaling.sessions",
    "Sessions, those included that wait to be resumed or have not registered yet."),
  /** What waits for readers. */
  SIGNALING_QUEUE_BYTES(Kind.GAUGE, "signaling.queue.bytes", "Bytes that wait for slow or absent readers."),
  /** Relayed messages. */
  SIGNALING_MESSAGES(Kind.COUNTER, "signaling.messages", "Messages relayed, by how their way ended.",
    "type", "outcome"),
  /** How long relaying took. */
  SIGNALING_DELIVERY_TIME(Kind.TIMER, "signaling.delivery.time",
    "Time from one session to the other within the gateway; of many messages a sample."),
  /** Registrations. */
  SIGNALING_REGISTRATIONS(Kind.COUNTER, "signaling.registrations", "Sessions that proved their DID."),
  /** Resumed sessions. */
  SIGNALING_RESUMES(Kind.COUNTER, "signaling.resumes", "Registrations that resumed an earlier session."),
  /** Refused proofs. */
  SIGNALING_AUTH_FAILURES(Kind.COUNTER, "signaling.auth.failures", "Registrations refused, by error code.", "code"),
  /** Refused handshakes. */
  SIGNALING_REFUSALS(Kind.COUNTER, "signaling.refusals", "Handshakes refused, by HTTP status.", "status"),
  /** Ended sessions. */
  SIGNALING_CLOSES(Kind.COUNTER, "signaling.closes", "Sessions that ended, by close code.", "code"),

  /** Supervised links by state. */
  RETRY_LINKS(Kind.GAUGE, "retry.links", "Supervised links in each state.", "state"),
  /** What was tried. */
  RETRY_ATTEMPTS(Kind.COUNTER, "retry.attempts", "Attempts to bring a supervised link up, by how.", "how"),
  /** What failed. */
  RETRY_FAILURES(Kind.COUNTER, "retry.failures", "Attempts for supervised links that failed, by failure.", "type"),
  /** What may still be tried. */
  RETRY_BUDGET(Kind.GAUGE, "retry.budget.available", "Retries that the node's budget allows at once."),
  /** How long links were away. */
  RETRY_DOWN_TIME(Kind.TIMER, "retry.down.time",
    "Time from the loss of a supervised link, or the wish for it, until it was up."),
  /** Supervised links that came back. */
  RETRY_RECOVERED(Kind.COUNTER, "retry.recovered", "Supervised links that came back."),
  /** Supervised links that were given up. */
  RETRY_EXHAUSTED(Kind.COUNTER, "retry.exhausted", "Supervised links that were given up."),

  /** What checks say. */
  HEALTH_STATUS(Kind.GAUGE, "health.status", "Verdict of each check: 0 healthy, 1 degraded, 2 unhealthy.", "check"),
  /** How long checks take. */
  HEALTH_DURATION(Kind.GAUGE, "health.check.duration.seconds", "How long the last run of each check took.", "check"),
  /** How old verdicts are. */
  HEALTH_AGE(Kind.GAUGE, "health.check.age.seconds", "How long ago each check ended.", "check"),

  /** Members of the cluster. */
  CLUSTER_NODES(Kind.GAUGE, "cluster.nodes",
    "Nodes of the cluster as this one sees them; only where Vert.x is clustered."),
  /** Wrong tokens. */
  ADMIN_AUTH_FAILURES(Kind.COUNTER, "admin.auth.failures", "HTTP requests refused for a missing or wrong admin.token."),
  /** Whether the node is out of service. */
  NODE_DRAINING(Kind.GAUGE, "aiconexus.node.draining", "1 while the node drains, until it is taken back."),
  /** Events that were no events of ours. */
  EVENTS_UNREADABLE(Kind.COUNTER, "aiconexus.events.unreadable",
    "Events on the event bus that could not be read and are counted nowhere else.");

  /** What a meter does. */
  enum Kind {
    /** Goes up by what happens. */
    COUNTER,
    /** Goes up, and its owner does the counting. */
    TOTAL,
    /** Goes up and down. */
    GAUGE,
    /** A histogram of durations. */
    TIMER
  }

  private final Kind kind;
  private final String meterName;
  private final String description;
  private final List<String> labels;

  NodeMeter(Kind kind, String meterName, String description, String... labels) {
    this.kind = kind;
    this.meterName = meterName;
    this.description = description;
    this.labels = List.of(labels);
  }

  Kind kind() {
    return kind;
  }

  /** Micrometer's name. */
  public String meterName() {
    return meterName;
  }

  /** What it says, in one sentence. */
  public String description() {
    return description;
  }

  /** The names of its labels. */
  public List<String> labels() {
    return labels;
  }

  /** The name in a scrape; that of a histogram's family. */
  public String prometheusName() {
    String name = meterName.replace('.', '_');
    return switch (kind) {
      case COUNTER, TOTAL -> name + "_total";
      case TIMER -> name + "_seconds";
      case GAUGE -> name;
    };
  }
}
