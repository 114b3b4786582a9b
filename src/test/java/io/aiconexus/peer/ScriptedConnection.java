package io.aiconexus.peer;

import io.aiconexus.protocol.IceServer;
import io.aiconexus.webrtc.ConnectionStats;
import io.aiconexus.webrtc.DataChannel;
import io.aiconexus.webrtc.DataChannelListener;
import io.aiconexus.webrtc.DataChannelOptions;
import io.aiconexus.webrtc.IceCandidate;
import io.aiconexus.webrtc.PeerConnection;
import io.aiconexus.webrtc.PeerConnectionListener;
import io.aiconexus.webrtc.SessionDescription;
import io.aiconexus.webrtc.SignalingState;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A connection without a network: it records what is asked of it in {@link #asked}, keeps the rules of offer and answer
 * as an engine does, and ends each operation at once unless the test has scripted another end.
 */
final class ScriptedConnection implements PeerConnection {

  final PeerConnectionListener events;
  final List<String> asked = new ArrayList<>();
  final Map<String, ScriptedChannel> channels = new HashMap<>();
  private final Map<String, Deque<Future<Void>>> script = new HashMap<>();
  private SignalingState state = SignalingState.STABLE;
  private int descriptions;

  /** @param events who hears of it, or null */
  ScriptedConnection(PeerConnectionListener events) {
    this.events = events;
  }

  /** Lets the next operation of that name fail. */
  void fail(String operation, Throwable cause) {
    next(operation, Future.failedFuture(cause));
  }

  /** Lets the next operation of that name wait for the promise that this gives. */
  Promise<Void> hold(String operation) {
    Promise<Void> promise = Promise.promise();
    next(operation, promise.future());
    return promise;
  }

  private void next(String operation, Future<Void> end) {
    script.computeIfAbsent(operation, first -> new ArrayDeque<>()).add(end);
  }

  private <T> Future<T> operation(String name, String recorded, Supplier<T> effect) {
    asked.add(recorded);
    Future<Void> end = script.getOrDefault(name, new ArrayDeque<>()).poll();
    return (end == null ? Future.<Void>succeededFuture() : end).map(done -> effect.get());
  }

  @Override
  public Future<SessionDescription> setLocalDescription() {
    SessionDescription.Type type = state.nextLocal();
    return operation("local", "local " + type, () -> {
      state = state.afterLocal(type);
      return new SessionDescription(type, "local " + ++descriptions + "\r\n");
    });
  }

  @Override
  public Future<Void> rollback() {
    return operation("rollback", "rollback", () -> {
      state = state.afterRollback();
      return null;
    });
  }

  @Override
  public Future<Void> setRemoteDescription(SessionDescription description) {
    return operation("remote", "remote " + description.type() + " " + description.sdp(), () -> {
      state = state.afterRemote(description.type());
      return null;
    });
  }

  @Override
  public Future<Void> addIceCandidate(IceCandidate candidate) {
    return operation("candidate", "candidate " + candidate.candidate(), () -> null);
  }

  @Override
  public Future<DataChannel> createDataChannel(String label, DataChannelOptions options, DataChannelListener listener) {
    return operation("channel", "channel " + label, () -> {
      ScriptedChannel channel = new ScriptedChannel(label, options, listener);
      channels.put(label, channel);
      return channel;
    });
  }

  @Override
  public void restartIce() {
    asked.add("restart");
  }

  @Override
  public void setIceServers(List<IceServer> servers) {
    asked.add("servers " + servers.size());
  }

  @Override
  public int maxMessageSize() {
    return 65_536;
  }

  @Override
  public Future<ConnectionStats> stats() {
    return Future.succeededFuture(new ConnectionStats("host", "host", "udp", 1.0, "connected", "none", 0, 0));
  }

  @Override
  public Future<Void> close() {
    return operation("close", "close", () -> null);
  }
}
