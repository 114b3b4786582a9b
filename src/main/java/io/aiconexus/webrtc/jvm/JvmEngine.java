package io.aiconexus.webrtc.jvm;

import io.aiconexus.bus.Failure;
import io.aiconexus.webrtc.Engine;
import io.aiconexus.webrtc.EngineStatus;
import io.aiconexus.webrtc.PeerConnection;
import io.aiconexus.webrtc.PeerConnectionListener;
import io.aiconexus.webrtc.PeerConnectionOptions;
import io.aiconexus.webrtc.dtls.DtlsEndpoint;
import io.aiconexus.webrtc.dtls.DtlsSettings;
import io.aiconexus.webrtc.dtls.DtlsWorkers;
import io.aiconexus.webrtc.sctp.SctpOptions;
import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * WebRTC data channels in Java: no native library, and beside the event loops no threads but those on which DTLS
 * handshakes compute.
 */
public final class JvmEngine implements Engine {

  /** Its name in the configuration. */
  public static final String NAME = "jvm";

  static final SecureRandom RANDOM = new SecureRandom();

  private static final int WORKERS_END_SECONDS = 5;

  private final VertxInternal vertx;
  private final JvmOptions options;
  private final DatagramFilter filter;
  private final DtlsWorkers workers;
  private final Certificates certificates;
  private final HostAddresses addresses;
  private final IceServers iceServers;
  private final EngineCounters counters = new EngineCounters();
  private final Survey survey;
  private final Map<EventLoop, LoopSockets> sockets = new ConcurrentHashMap<>();
  private final Set<JvmConnection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger held = new AtomicInteger();
  private volatile boolean closed;

  private JvmEngine(VertxInternal vertx, JvmOptions options, DatagramFilter filter) {
    this.vertx = vertx;
    this.options = options;
    this.filter = filter;
    this.workers = new DtlsWorkers("aiconexus-dtls", options.handshakeThreads(), options.maxConnections());
    DtlsSettings settings = new DtlsSettings(options.mtu(), DtlsSettings.DEFAULTS.firstRetransmission(),
      DtlsSettings.DEFAULTS.handshakeTimeout(), DtlsSettings.DEFAULTS.earlyDatagrams());
    this.certificates = new Certificates(settings, workers, RANDOM, Clock.systemUTC(),
      task -> vertx.executeBlocking(() -> {
        task.run();
        return null;
      }, false));
    this.addresses = new HostAddresses(vertx, options);
    this.survey = new Survey(vertx);
    this.iceServers = new IceServers(vertx);
  }

  /** Makes the engine with its certificate, on a worker thread. */
  public static Future<Engine> start(Vertx vertx, JvmOptions options) {
    return start(vertx, options, DatagramFilter.NONE);
  }

  static Future<Engine> start(Vertx vertx, JvmOptions options, DatagramFilter filter) {
    return vertx.executeBlocking(() -> new JvmEngine((VertxInternal) vertx, options, filter), false);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Future<PeerConnection> connection(Context context, PeerConnectionOptions wanted,
                                           PeerConnectionListener listener) {
    if (!context.isEventLoopContext()) {
      throw new IllegalArgumentException("a connection belongs to an event-loop context");
    }
    if (closed) {
      return Future.failedFuture(Failure.CANCELLED.because("the engine is closed"));
    }
    if (held.incrementAndGet() > options.maxConnections()) {
      held.decrementAndGet();
      return Future.failedFuture(Failure.OVERLOADED.because(
        "there are " + options.maxConnections() + " connections (webrtc.jvm.max_connections)"));
    }
    ContextInternal owner = (ContextInternal) context;
    JvmConnection connection = new JvmConnection(this, owner, wanted, listener);
    connections.add(connection);
    Promise<PeerConnection> made = owner.promise();
    owner.runOnContext(now -> made.complete(connection));
    return made.future();
  }

  @Override
  public EngineStatus status() {
    JsonObject details = counters.details().put("handshake_threads", options.handshakeThreads())
      .put("loops", sockets.size()).mergeIn(survey.latest());
    survey.look(counters.transports());
    return new EngineStatus(NAME, !closed, closed ? "the engine is closed" : null, held.get(), details);
  }

  @Override
  public Future<Void> close() {
    closed = true;
    List<Future<Void>> closing = connections.stream().map(JvmEngine::closeOnItsContext).toList();
    return Future.join(closing).transform(done -> {
      workers.close();
      return vertx.executeBlocking(() -> {
        workers.awaitEnd(WORKERS_END_SECONDS, TimeUnit.SECONDS);
        return null;
      }, false);
    });
  }

  private static Future<Void> closeOnItsContext(JvmConnection connection) {
    Promise<Void> done = Promise.promise();
    connection.context().runOnContext(now -> connection.close().onComplete(done));
    return done.future();
  }

  JvmOptions options() {
    return options;
  }

  EngineCounters counters() {
    return counters;
  }

  HostAddresses addresses() {
    return addresses;
  }

  IceServers iceServers() {
    return iceServers;
  }

  DtlsEndpoint endpoint() {
    return certificates.get();
  }

  LoopSockets sockets(EventLoop loop) {
    return sockets.computeIfAbsent(loop, on -> new LoopSockets(on, vertx.transport(), options, filter, counters));
  }

  /** What an association may use whose packets have at most so many bytes. */
  SctpOptions sctp(int packetSize, int port) {
    return SctpOptions.DEFAULTS.withMtu(packetSize).withPort(port)
      .withBuffers(Channels.MAX_MESSAGE, options.receiveWindowBytes(), options.hardCapBytes());
  }

  void gone(JvmConnection connection) {
    if (connections.remove(connection)) {
      held.decrementAndGet();
    }
  }
}
