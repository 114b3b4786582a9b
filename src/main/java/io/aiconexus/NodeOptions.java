package io.aiconexus;

import static io.aiconexus.config.Section.check;

import io.aiconexus.cluster.NodeVerticle;
import io.aiconexus.config.Section;
import io.aiconexus.health.HealthOptions;
import io.aiconexus.peer.PeerOptions;
import io.aiconexus.retry.RetryOptions;
import io.aiconexus.signaling.SignalingOptions;
import io.aiconexus.webrtc.WebrtcOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/**
 * Everything a node can be told.
 *
 * @param id names the node in a cluster and to its agents, 1 to 64 characters of {@code A-Za-z0-9._-}; null = a new one
 *   at each start
 * @param keyFile holds the gateway's own key, made when it is not there; null = a new key at each start
 * @param roles what the node does
 * @param drain how long a drain may take that names no deadline, 1 ms to one hour; 20 s, so that draining and stopping
 *   fit into the 30 s that Kubernetes gives a process
 * @param signaling the gateway
 * @param peer the hosted agents
 * @param webrtc the engine
 * @param retry the supervised links
 * @param health how the node looks after itself
 * @param admin where it shows its metrics and its health
 */
public record NodeOptions(String id, String keyFile, Set<Role> roles, Duration drain, SignalingOptions signaling,
                          PeerOptions peer, WebrtcOptions webrtc, RetryOptions retry, HealthOptions health,
                          AdminOptions admin) {

  /** A part of the work that a node takes over. */
  public enum Role {
    /** Runs the gateway. */
    SIGNALING,
    /** Hosts agents and their connections. */
    PEERS,
    /** Keeps links up that are to be there. */
    RETRY,
    /** Counts what the node does. */
    METRICS
  }

  private static final List<String> NAMES = List.of("signaling", "peers", "retry", "metrics");

  /** All roles with every default; the same as {@code conf/aiconexus.json}. */
  public static final NodeOptions DEFAULTS = new NodeOptions(null, null, EnumSet.allOf(Role.class),
    Duration.ofSeconds(20), SignalingOptions.DEFAULTS, PeerOptions.DEFAULTS, WebrtcOptions.DEFAULTS,
    RetryOptions.DEFAULTS, HealthOptions.DEFAULTS, AdminOptions.DEFAULTS);

  /** Checks the id, the roles and the time to drain. */
  public NodeOptions {
    check(id == null || id.matches("[A-Za-z0-9._-]{1,64}"), "node.id", "1 to 64 characters of A-Za-z0-9._-", id);
    check(!roles.isEmpty(), "node.roles", "at least one of " + String.join(", ", NAMES), "empty");
    roles = Set.copyOf(roles);
    NodeVerticle.checkDeadline("node.drain_ms", drain.toMillis());
  }

  /** Reads a whole configuration; what is absent keeps its default, what is unknown is refused by name. */
  public static NodeOptions from(JsonObject json) {
    Section top = Section.of("", json);
    Section node = top.section("node");
    NodeOptions options = new NodeOptions(node.string("id", null), node.string("key_file", null),
      roles(node.strings("roles", NAMES)), node.millis("drain_ms", DEFAULTS.drain),
      SignalingOptions.from(top.section("signaling")), PeerOptions.from(top.section("peer")),
      WebrtcOptions.from(top.section("webrtc")), RetryOptions.from(top.section("retry")),
      HealthOptions.from(top.section("health")), AdminOptions.from(top.section("admin")));
    node.end();
    top.end();
    return options;
  }

  /** The same under an id: its own, or a random one where there is none. */
  NodeOptions identified() {
    String given = id == null ? "node-" + UUID.randomUUID().toString().substring(0, 8) : id;
    return new NodeOptions(given, keyFile, roles, drain, signaling, peer, webrtc, retry, health, admin);
  }

  /** The same with another gateway. */
  public NodeOptions withSignaling(SignalingOptions other) {
    return new NodeOptions(id, keyFile, roles, drain, other, peer, webrtc, retry, health, admin);
  }

  /** The same with other hosted agents. */
  public NodeOptions withPeer(PeerOptions other) {
    return new NodeOptions(id, keyFile, roles, drain, signaling, other, webrtc, retry, health, admin);
  }

  /** The same with another engine. */
  public NodeOptions withWebrtc(WebrtcOptions other) {
    return new NodeOptions(id, keyFile, roles, drain, signaling, peer, other, retry, health, admin);
  }

  /** The same with another supervision of links. */
  public NodeOptions withRetry(RetryOptions other) {
    return new NodeOptions(id, keyFile, roles, drain, signaling, peer, webrtc, other, health, admin);
  }

  /** The same with other health checks. */
  public NodeOptions withHealth(HealthOptions other) {
    return new NodeOptions(id, keyFile, roles, drain, signaling, peer, webrtc, retry, other, admin);
  }

  /** The same with another place for metrics and health. */
  public NodeOptions withAdmin(AdminOptions other) {
    return new NodeOptions(id, keyFile, roles, drain, signaling, peer, webrtc, retry, health, other);
  }

  /** The same with those roles only. */
  public NodeOptions withRoles(Set<Role> other) {
    return new NodeOptions(id, keyFile, other, drain, signaling, peer, webrtc, retry, health, admin);
  }

  /** The same with another time to drain. */
  public NodeOptions withDrain(Duration other) {
    return new NodeOptions(id, keyFile, roles, other, signaling, peer, webrtc, retry, health, admin);
  }

  private static Set<Role> roles(List<String> names) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String name : names) {
      check(NAMES.contains(name), "node.roles", "a list of " + String.join(", ", NAMES), name);
      roles.add(Role.valueOf(name.toUpperCase(Locale.ROOT)));
    }
    return roles;
  }
}
