package io.aiconexus.signaling;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts the sessions of a whole node and says who may open another one.
 * <p>
 * The instances of a node share it, each on its own thread; hence the only locks of this package, taken once per
 * connection.
 */
final class Admission implements Shareable {

  private static final String SHARED = "aiconexus.signaling.admission";
  /** When to come back to a full node: sessions of lost agents have ended by then. */
  private static final int FULL_RETRY_SECONDS = 30;

  private final AdmissionOptions options;
  private final RateLimit handshakes;
  private final Map<String, Integer> byAddress = new HashMap<>();
  private int sessions;

  Admission(AdmissionOptions options, LongSupplier nanos) {
    this.options = options;
    this.handshakes = new RateLimit(options.handshakesPerSecond(), options.handshakesPerSecond(), nanos);
  }

  /** The one admission of a node within {@code vertx}; the first instance's options count. */
  static Admission ofNode(Vertx vertx, String node, AdmissionOptions options, LongSupplier nanos) {
    return vertx.sharedData().<String, Admission>getLocalMap(SHARED)
      .computeIfAbsent(node, absent -> new Admission(options, nanos));
  }

  /** The node stops; the next one of that name starts with a new count. */
  static void forgetNode(Vertx vertx, String node) {
    vertx.sharedData().<String, Admission>getLocalMap(SHARED).remove(node);
  }

  /**
   * Counts a session, or says why not; what is admitted must be {@link #release}d.
   *
   * @param address the client's, or null for an agent on the event bus, to which only the node's total applies
   */
  synchronized Problem admit(String address) {
    if (sessions >= options.maxSessions()) {
      return new Problem(503, "this node holds as many sessions as it may", FULL_RETRY_SECONDS);
    }
    if (address != null && byAddress.getOrDefault(address, 0) >= options.maxSessionsPerAddress()) {
      return new Problem(429, "your address holds as many sessions as it may", FULL_RETRY_SECONDS);
    }
    if (address != null && !handshakes.tryTake()) {
      long seconds = (handshakes.retryAfterMillis() + 999) / 1000;
      return new Problem(429, "too many connections at once", Math.max(1, seconds));
    }
    sessions++;
    if (address != null) {
      byAddress.merge(address, 1, Integer::sum);
    }
    return null;
  }

  /** A session from {@code address} is over. */
  synchronized void release(String address) {
    sessions--;
    if (address != null) {
      byAddress.computeIfPresent(address, (same, count) -> count == 1 ? null : count - 1);
    }
  }

  synchronized int sessions() {
    return sessions;
  }
}
