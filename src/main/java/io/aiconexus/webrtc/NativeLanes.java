package io.aiconexus.webrtc;

import io.aiconexus.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lanes of one engine: where the next connection goes, and when a lane has had enough.
 * <p>
 * Called from any context, hence {@code synchronized}; nothing in here calls into libwebrtc. A lane that has received
 * its budget of messages takes no new connection, is replaced at once, and is disposed when its last connection is
 * gone: only that frees the Java objects which the binding keeps per message (upstream fixed it after 0.15.0,
 * devopvoid/webrtc-java #283).
 */
final class NativeLanes {

  private static final Logger log = LoggerFactory.getLogger(NativeLanes.class);

  private final NativeOptions options;
  private final List<NativeLane> open = new ArrayList<>();
  private final Map<NativeLane, Integer> connections = new HashMap<>();
  private NativeLane current;
  private int made;
  private int recycled;
  private int total;
  private boolean closed;

  NativeLanes(NativeOptions options) {
    this.options = options;
    for (int i = 0; i < options.lanes(); i++) {
      add();
    }
  }

  /** Succeeds once every lane works. */
  synchronized Future<Void> started() {
    return Future.join(open.stream().map(NativeLane::started).toList()).mapEmpty();
  }

  /** The lane for one more connection; throws {@code OVERLOADED} when there are as many as there may be. */
  synchronized NativeLane enter() {
    if (closed) {
      throw Failure.CANCELLED.because("the native engine is closed");
    }
    if (total >= options.maxConnections()) {
      throw Failure.OVERLOADED.because("webrtc.native.max_connections is " + options.maxConnections());
    }
    List.copyOf(open).forEach(this::replaceIfSpent);
    current = choose();
    connections.merge(current, 1, Integer::sum);
    total++;
    return current;
  }

  /** The least used, two at a time: the ends of a pair within this process are faster on one lane. */
  private NativeLane choose() {
    NativeLane least = open.get(0);
    for (NativeLane lane : open) {
      least = connections.get(lane) < connections.get(least) ? lane : least;
    }
    boolean stay = open.contains(current) && connections.get(current) < connections.get(least) + 2;
    return stay ? current : least;
  }

  /** One connection of that lane is closed and its memory is back. */
  synchronized void leave(NativeLane lane) {
    total--;
    lane.countClosed();
    int left = connections.merge(lane, -1, Integer::sum);
    replaceIfSpent(lane);
    if (left == 0 && !open.contains(lane)) {
      dispose(lane);
    }
  }

  synchronized int total() {
    return total;
  }

  synchronized JsonObject details() {
    JsonArray lanes = new JsonArray();
    connections.forEach((lane, count) -> lanes.add(lane.details().put("connections", count)
      .put("retiring", !open.contains(lane))));
    return new JsonObject().put("lanes", lanes).put("recycled", recycled)
      .put("message_budget", options.messageBudget());
  }

  /** Disposes every lane; only when no connection is left. */
  synchronized Future<Void> close() {
    closed = true;
    open.clear();
    return Future.join(connections.keySet().stream().map(NativeLane::dispose).toList()).mapEmpty();
  }

  private void replaceIfSpent(NativeLane lane) {
    if (closed || lane.received() < options.messageBudget() || !open.remove(lane)) {
      return;
    }
    log.info("a native lane is replaced after {} messages", lane.received());
    recycled++;
    add();
    if (connections.get(lane) == 0) {
      dispose(lane);
    }
  }

  private void dispose(NativeLane lane) {
    if (connections.remove(lane) != null) {
      lane.dispose();
    }
  }

  private void add() {
    NativeLane lane = new NativeLane("aiconexus-native-" + made++);
    open.add(lane);
    connections.put(lane, 0);
  }
}
