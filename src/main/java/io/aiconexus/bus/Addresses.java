package io.aiconexus.bus;

import io.aiconexus.identity.Did;

/** Every event-bus address, under one prefix. {@code docs/event-bus.md} says what each takes and gives. */
public final class Addresses {

  /** Commands to the node's peers: {@code host}, {@code unhost}, {@code list}. */
  public static final String PEERS = "aiconexus.peers";
  /** Commands to signaling: {@code lookup}, {@code agents}, {@code kick}. */
  public static final String SIGNALING = "aiconexus.signaling";
  /** Where an agent on the bus opens a session, see {@link BusSocket}. */
  public static final String SIGNALING_SESSIONS = "aiconexus.signaling.sessions";
  /** Published: an agent came or went. */
  public static final String PRESENCE = "aiconexus.presence";
  /** Commands about supervised links: {@code supervise}, {@code release}, {@code list}, {@code hint}. */
  public static final String RETRY = "aiconexus.retry";
  /** Published: what is tried for supervised links, and what came of it. */
  public static final String RETRY_EVENTS = "aiconexus.retry.events";
  /** Published: what every verticle does, for metrics and audit. */
  public static final String EVENTS = "aiconexus.events";
  /** Commands to a node as a whole: {@code drain}, {@code undrain}, {@code status}; header {@code node} picks one. */
  public static final String NODE = "aiconexus.node";
  /** Commands to the metrics of a node: {@code snapshot}. */
  public static final String METRICS = "aiconexus.metrics";
  /** Commands to the health checks of a node: {@code check}. */
  public static final String HEALTH = "aiconexus.health";

  private Addresses() {
  }

  /** Commands to a hosted agent: {@code connect}, {@code disconnect}, {@code restart_ice}, {@code links} and more. */
  public static String peer(Did agent) {
    return "aiconexus.peer." + agent;
  }

  /** Takes channel messages that the hosted agent is to send. */
  public static String peerSend(Did agent) {
    return peer(agent) + ".send";
  }

  /** Where the hosted agent's incoming channel messages are sent, one bus message each. */
  public static String peerInbox(Did agent) {
    return peer(agent) + ".inbox";
  }

  /** Published: the states of the hosted agent's links and channels. */
  public static String peerEvents(Did agent) {
    return peer(agent) + ".events";
  }

  /** As {@link #RETRY}, for the links that one node supervises. */
  public static String retry(String node) {
    return RETRY + ".node." + node;
  }

  /** As {@link #NODE}, for the node of that id. */
  public static String node(String node) {
    return NODE + "." + node;
  }

  /** Internal: a part of a node that drains with it, {@code signaling.0} for one. */
  public static String nodePart(String node, String part) {
    return "aiconexus.part." + part + "." + node;
  }

  /** Internal: takes messages for the sessions of one signaling instance. */
  public static String signalingInbox(String node, int instance) {
    return "aiconexus.signal." + node + "." + instance;
  }

  static String socket(String id) {
    return "aiconexus.socket." + id;
  }
}
