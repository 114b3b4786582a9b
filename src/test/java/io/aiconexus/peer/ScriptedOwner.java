package io.aiconexus.peer;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.IceServer;
import io.aiconexus.protocol.Payload;
import io.aiconexus.retry.VirtualTimers;
import io.aiconexus.webrtc.PeerConnection;
import io.aiconexus.webrtc.PeerConnectionListener;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * An agent without a gateway, an engine or a loop: it records what its links say and do; its time passes when told to.
 * <p>
 * Everything happens on the test's thread, which is no Vert.x thread, as the agent's context is none.
 */
final class ScriptedOwner implements LinkOwner {

  final VirtualTimers time = new VirtualTimers();
  final List<Payload> signals = new ArrayList<>();
  final List<JsonObject> events = new ArrayList<>();
  final List<LinkState> states = new ArrayList<>();
  final List<ScriptedConnection> connections = new ArrayList<>();
  final List<ConnectReport> reports = new ArrayList<>();
  final List<Link> usable = new ArrayList<>();
  final List<Link> reached = new ArrayList<>();
  final List<Link> ended = new ArrayList<>();
  private final Did local;
  private Future<Void> engine = Future.succeededFuture();

  ScriptedOwner(Did local) {
    this.local = local;
  }

  /** The engine makes no connections from now on. */
  void breakEngine() {
    engine = Future.failedFuture(Failure.ENGINE_UNAVAILABLE.because("as a test does"));
  }

  /** The engine takes until that promise to make each connection from now on. */
  Promise<Void> slowEngine() {
    Promise<Void> ready = Promise.promise();
    engine = ready.future();
    return ready;
  }

  /** The connection that was made last. */
  ScriptedConnection connection() {
    return connections.get(connections.size() - 1);
  }

  @Override
  public Did local() {
    return local;
  }

  @Override
  public PeerOptions options() {
    return PeerOptions.DEFAULTS;
  }

  @Override
  public Context context() {
    return null;
  }

  @Override
  public <T> Future<T> onContext(Supplier<Future<T>> call) {
    return Future.succeededFuture().compose(here -> call.get());
  }

  @Override
  public Future<List<IceServer>> iceServers(boolean fresh) {
    return Future.succeededFuture(List.of());
  }

  @Override
  public Future<PeerConnection> connection(List<IceServer> servers, PeerConnectionListener listener) {
    return engine.map(ready -> {
      connections.add(new ScriptedConnection(listener));
      return connection();
    });
  }

  @Override
  public Channel channel(Link link, String label, boolean madeHere) {
    return new Channel(link, null, new Traffic(), label, madeHere);
  }

  @Override
  public void signal(Link link, String connectionId, Payload payload, String correlationId) {
    signals.add(payload);
  }

  @Override
  public void event(JsonObject event) {
    events.add(event);
  }

  @Override
  public void moved(LinkState from, LinkState to) {
    states.add(to);
  }

  @Override
  public void onFailed(ConnectReport report) {
    reports.add(report);
  }

  @Override
  public Attempt attempt(Did remote) {
    return new Attempt(remote, false, this::nanos);
  }

  @Override
  public long after(long millis, Runnable action) {
    return time.after(millis, action);
  }

  @Override
  public void cancel(long timer) {
    time.cancel(timer);
  }

  @Override
  public long nanos() {
    return time.nowMs() * 1_000_000;
  }

  @Override
  public void onUsable(Link link) {
    usable.add(link);
  }

  @Override
  public void onReached(Link link) {
    reached.add(link);
  }

  @Override
  public boolean takes(Channel channel) {
    return false;
  }

  @Override
  public boolean shows(Channel channel) {
    return true;
  }

  @Override
  public void onEnded(Link link) {
    ended.add(link);
  }
}
