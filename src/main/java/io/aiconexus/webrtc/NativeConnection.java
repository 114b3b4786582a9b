package io.aiconexus.webrtc;

import dev.onvoid.webrtc.RTCDataChannel;
import io.aiconexus.bus.Failure;
import io.aiconexus.protocol.IceServer;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The context's half of a native connection: what the application calls and hears, on its own thread. */
final class NativeConnection implements PeerConnection {

  private final Context context;
  private final PeerConnectionListener listener;
  private final NativeEngine engine;
  private final NativeLane lane;
  private final LaneConnection half;
  private final Set<Promise<?>> pending = new HashSet<>();
  private final Set<NativeChannel> channels = new HashSet<>();
  private final Deque<IceCandidate> early = new ArrayDeque<>();
  private final Promise<Void> closed = Promise.promise();
  private int describing;
  private int candidates;
  private int maxMessageSize;
  private String localUfrag;
  private boolean closing;

  NativeConnection(NativeEngine engine, NativeLane lane, LaneConnection half, Context context,
                   PeerConnectionListener listener) {
    this.engine = engine;
    this.lane = lane;
    this.half = half;
    this.context = context;
    this.listener = listener;
  }

  @Override
  public Future<SessionDescription> setLocalDescription() {
    describing++;
    return ask(half::describe).onComplete(outcome -> {
      describing--;
      if (outcome.succeeded()) {
        localUfrag = SdpLines.ufrag(outcome.result().sdp());
      }
      // Whoever asked for the description sends it first; its candidates follow.
      context.runOnContext(later -> flushCandidates());
    });
  }

  @Override
  public Future<Void> rollback() {
    return ask(half::rollback);
  }

  @Override
  public Future<Void> setRemoteDescription(SessionDescription description) {
    return ask(() -> {
      SdpLines.check(description.sdp());
      return half.applyRemote(description);
    }).onSuccess(done -> maxMessageSize = SdpLines.maxMessageSize(description.sdp()));
  }

  @Override
  public Future<Void> addIceCandidate(IceCandidate candidate) {
    return ask(() -> half.addCandidate(candidate));
  }

  @Override
  public Future<DataChannel> createDataChannel(String label, DataChannelOptions options,
                                               DataChannelListener channelListener) {
    if (closing) {
      return Future.failedFuture(cancelled());
    }
    Promise<DataChannel> promise = pending(Promise.promise());
    NativeChannel channel = new NativeChannel(this, label, options, options.id() == null ? -1 : options.id());
    channel.listener(channelListener);
    channels.add(channel);
    half.whileOpen(() -> half.createChannel(channel, made -> hop(() -> {
      if (made.failed()) {
        channels.remove(channel);
      }
      settle(promise, made.map(channel));
    })));
    return promise.future();
  }

  @Override
  public void restartIce() {
    half.whileOpen(half::restartIce);
  }

  @Override
  public void setIceServers(List<IceServer> servers) {
    List<IceServer> copy = List.copyOf(servers);
    half.whileOpen(() -> half.iceServers(copy));
  }

  @Override
  public int maxMessageSize() {
    return maxMessageSize;
  }

  @Override
  public Future<ConnectionStats> stats() {
    if (closing) {
      return Future.failedFuture(cancelled());
    }
    Promise<ConnectionStats> promise = pending(Promise.promise());
    half.whileOpen(() -> half.stats().onComplete(outcome -> hop(() -> settle(promise, outcome))));
    return promise.future();
  }

  @Override
  public Future<Void> close() {
    if (!closing) {
      closing = true;
      List.copyOf(channels).forEach(NativeChannel::abandon);
      List.copyOf(pending).forEach(promise -> context.runOnContext(now -> promise.tryFail(cancelled())));
      pending.clear();
      lane.execute(() -> {
        try {
          half.close();
        } finally {
          engine.gone(this, lane);
          context.runOnContext(now -> closed.complete());
        }
      });
    }
    return closed.future();
  }

  Context context() {
    return context;
  }

  NativeLane lane() {
    return lane;
  }

  LaneConnection half() {
    return half;
  }

  NativeOptions options() {
    return engine.options();
  }

  /** A channel of the other end, made on the lane. */
  NativeChannel channel(String label, DataChannelOptions options, int id) {
    return new NativeChannel(this, label, options, id);
  }

  /** Tells of it; from the lane, before anything else happens to it. */
  void announce(NativeChannel channel) {
    hop(() -> {
      channels.add(channel);
      DataChannelListener taker = null;
      try {
        taker = listener.onDataChannel(channel);
      } finally {
        if (taker == null) {
          channel.close();
        } else {
          channel.listener(taker);
        }
      }
    });
  }

  void forget(NativeChannel channel) {
    channels.remove(channel);
  }

  void onRemoteChannel(RTCDataChannel made) {
    half.whileOpen(() -> half.adopt(made, this));
  }

  void onCandidate(IceCandidate candidate) {
    hop(() -> {
      candidates++;
      early.add(candidate);
      flushCandidates();
    });
  }

  void onGathered() {
    hop(() -> {
      if (candidates == 0) {
        engine.warnOfNoCandidates();
      }
      early.add(new IceCandidate("", "0", 0, null));
      flushCandidates();
    });
  }

  void onState(ConnectionState state) {
    hop(() -> listener.onConnectionState(state));
  }

  void onIceState(IceConnectionState state) {
    hop(() -> listener.onIceConnectionState(state));
  }

  void onCandidateError(String url, int code, String text) {
    hop(() -> listener.onIceCandidateError(url, code, text));
  }

  /** Runs an event on the context, unless the connection is closed by then; from any thread. */
  void hop(Runnable event) {
    context.runOnContext(now -> {
      if (!closing) {
        event.run();
      }
    });
  }

  private void flushCandidates() {
    List<IceCandidate> ready = describing > 0 ? List.of() : new ArrayList<>(early);
    if (!ready.isEmpty()) {
      early.clear();
      ready.forEach(one -> hop(() -> listener.onIceCandidate(one.isEnd() ? end() : one)));
    }
  }

  private IceCandidate end() {
    return new IceCandidate("", "0", 0, localUfrag);
  }

  private <T> Future<T> ask(Supplier<Future<T>> operation) {
    if (closing) {
      return Future.failedFuture(cancelled());
    }
    Promise<T> promise = pending(Promise.promise());
    half.enqueue(operation, outcome -> hop(() -> settle(promise, outcome)));
    return promise.future();
  }

  private <T> Promise<T> pending(Promise<T> promise) {
    pending.add(promise);
    return promise;
  }

  private <T> void settle(Promise<T> promise, AsyncResult<T> outcome) {
    pending.remove(promise);
    if (outcome.succeeded()) {
      promise.tryComplete(outcome.result());
    } else {
      promise.tryFail(outcome.cause());
    }
  }

  private static RuntimeException cancelled() {
    return Failure.CANCELLED.because("the connection is closed");
  }
}
