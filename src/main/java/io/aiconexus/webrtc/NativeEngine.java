package io.aiconexus.webrtc;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * libwebrtc, through webrtc-java.
 * <p>
 * Connections are placed on lanes ({@link NativeLane}); each has a half on its context ({@link NativeConnection}) and a
 * half on its lane ({@link LaneConnection}), and the two only ever hand each other messages.
 */
final class NativeEngine implements Engine {

  static final String NAME = "native";

  private static final Logger log = LoggerFactory.getLogger(NativeEngine.class);

  private final NativeOptions options;
  private final NativeRelease release;
  private final NativeLanes lanes;
  private final Set<NativeConnection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean warned = new AtomicBoolean();

  private NativeEngine(NativeOptions options, NativeRelease release) {
    this.options = options;
    this.release = release;
    this.lanes = new NativeLanes(options);
  }

  /** Starts the lanes; the library is loaded already. */
  static Future<Engine> start(NativeOptions options) {
    String version = NativeRelease.version();
    NativeRelease release = NativeRelease.of(options.releaseHandles(), version);
    if (release.off() != null) {
      log.info("closed connections are not released by us: {}", release.off());
    }
    NativeEngine engine = new NativeEngine(options, release);
    return engine.lanes.started().map(engine);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Future<PeerConnection> connection(Context context, PeerConnectionOptions wanted,
                                           PeerConnectionListener listener) {
    NativeLane lane;
    try {
      lane = lanes.enter();
    } catch (RuntimeException refused) {
      return Future.failedFuture(refused);
    }
    Promise<PeerConnection> made = Promise.promise();
    LaneConnection half = new LaneConnection(lane, release, new NativeConfiguration(options, wanted.relayOnly()));
    NativeConnection connection = new NativeConnection(this, lane, half, context, listener);
    connections.add(connection);
    lane.execute(() -> {
      try {
        half.open(connection, wanted.iceServers());
        context.runOnContext(now -> made.complete(connection));
      } catch (Throwable e) {
        gone(connection, lane);
        context.runOnContext(now -> made.fail(e));
      }
    });
    return made.future();
  }

  @Override
  public EngineStatus status() {
    return new EngineStatus(NAME, true, null, lanes.total(),
      lanes.details().put("releases_handles", release.off() == null));
  }

  @Override
  public Future<Void> close() {
    List<Future<Void>> closing = connections.stream().map(NativeEngine::closeOnItsContext).toList();
    return Future.join(closing).transform(done -> lanes.close());
  }

  NativeOptions options() {
    return options;
  }

  /** A connection gave everything back; from its lane. */
  void gone(NativeConnection connection, NativeLane lane) {
    if (connections.remove(connection)) {
      lanes.leave(lane);
    }
  }

  void warnOfNoCandidates() {
    if (warned.compareAndSet(false, true)) {
      log.warn("libwebrtc found no candidate: this host has no network interface but the loopback one, which it does "
        + "not use; nothing can be connected until there is one");
    }
  }

  private static Future<Void> closeOnItsContext(NativeConnection connection) {
    Promise<Void> closed = Promise.promise();
    connection.context().runOnContext(now -> connection.close().onComplete(closed));
    return closed.future();
  }
}
