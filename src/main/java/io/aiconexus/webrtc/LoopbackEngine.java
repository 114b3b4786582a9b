package io.aiconexus.webrtc;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Joins two ends in one JVM in memory, for tests and for agents that happen to live in one process.
 * <p>
 * To an application it looks like WebRTC: descriptions, trickled candidates, states, channels, backpressure. An end
 * finds the other by the ICE user name in its description, in a register that all engines of the JVM share: two nodes
 * in one JVM have a Vert.x and an engine each, and their agents connect all the same.
 */
final class LoopbackEngine implements Engine {

  static final String NAME = "loopback";

  private static final Map<String, LoopbackConnection> BY_UFRAG = new ConcurrentHashMap<>();

  private final Set<LoopbackConnection> connections = ConcurrentHashMap.newKeySet();

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Future<PeerConnection> connection(Context context, PeerConnectionOptions options,
                                           PeerConnectionListener listener) {
    LoopbackConnection connection = new LoopbackConnection(this, context, options.relayOnly(), listener);
    connections.add(connection);
    Promise<PeerConnection> made = Promise.promise();
    context.runOnContext(now -> made.complete(connection));
    return made.future();
  }

  @Override
  public EngineStatus status() {
    return new EngineStatus(NAME, true, null, connections.size(), new JsonObject());
  }

  @Override
  public Future<Void> close() {
    List<Future<Void>> closing = connections.stream().map(LoopbackEngine::closeOnItsContext).toList();
    return Future.join(closing).mapEmpty();
  }

  void register(String ufrag, LoopbackConnection connection) {
    BY_UFRAG.put(ufrag, connection);
  }

  void unregister(String ufrag) {
    BY_UFRAG.remove(ufrag);
  }

  /** Who answers to that user name, or null. */
  LoopbackConnection find(String ufrag) {
    return BY_UFRAG.get(ufrag);
  }

  /** A connection is closed; whoever it said it was, it is no more. */
  void gone(LoopbackConnection connection, LoopbackSdp said, LoopbackSdp agreed) {
    connections.remove(connection);
    Stream.of(said, agreed).filter(Objects::nonNull).map(LoopbackSdp::ufrag).forEach(this::unregister);
  }

  private static Future<Void> closeOnItsContext(LoopbackConnection connection) {
    Promise<Void> closed = Promise.promise();
    connection.context().runOnContext(now -> connection.close().onComplete(closed));
    return closed.future();
  }
}
