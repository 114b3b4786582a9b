package io.aiconexus.bench;

import io.aiconexus.webrtc.ConnectionState;
import io.aiconexus.webrtc.DataChannel;
import io.aiconexus.webrtc.DataChannelListener;
import io.aiconexus.webrtc.DataChannelOptions;
import io.aiconexus.webrtc.Engine;
import io.aiconexus.webrtc.IceCandidate;
import io.aiconexus.webrtc.IceConnectionState;
import io.aiconexus.webrtc.LossyPath;
import io.aiconexus.webrtc.PeerConnection;
import io.aiconexus.webrtc.PeerConnectionListener;
import io.aiconexus.webrtc.PeerConnectionOptions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Two ends of an engine under measurement on one context, with one negotiated channel. */
final class BenchPair {

  final Context context;
  final Side a = new Side();
  final Side b = new Side();

  private BenchPair(Context context) {
    this.context = context;
  }

  /** Connects two ends; succeeds when the channel is open at both. */
  static Future<BenchPair> connect(Vertx vertx, Engine engine) {
    return new BenchPair(((VertxInternal) vertx).createEventLoopContext()).open(engine, engine);
  }

  /** Connects an end of each engine by this path alone. */
  static Future<BenchPair> connect(Vertx vertx, Engine left, Engine right, LossyPath path) {
    BenchPair pair = new BenchPair(((VertxInternal) vertx).createEventLoopContext());
    pair.a.showing = path::lead;
    pair.b.showing = candidate -> Optional.empty();
    return pair.open(left, right);
  }

  private Future<BenchPair> open(Engine left, Engine right) {
    Promise<BenchPair> open = Promise.promise();
    context.runOnContext(now -> start(left, right).compose(done -> negotiate())
      .compose(done -> Future.all(a.open.future(), b.open.future()))
      .<BenchPair>map(this).onComplete(open));
    return open.future();
  }

  Future<Void> close() {
    Promise<Void> closed = Promise.promise();
    context.runOnContext(now -> Future.all(a.connection.close(), b.connection.close()).<Void>mapEmpty()
      .onComplete(closed));
    return closed.future();
  }

  private Future<?> start(Engine left, Engine right) {
    a.other = b;
    b.other = a;
    DataChannelOptions options = DataChannelOptions.negotiated(0);
    return Future.all(
      left.connection(context, PeerConnectionOptions.DEFAULTS, a).onSuccess(made -> a.connection = made),
      right.connection(context, PeerConnectionOptions.DEFAULTS, b).onSuccess(made -> b.connection = made))
      .compose(made -> Future.all(
        a.connection.createDataChannel("bench", options, a).onSuccess(channel -> a.channel = channel),
        b.connection.createDataChannel("bench", options, b).onSuccess(channel -> b.channel = channel)));
  }

  private Future<?> negotiate() {
    return a.connection.setLocalDescription()
      .compose(offer -> b.connection.setRemoteDescription(offer))
      .compose(done -> {
        b.described();
        return b.connection.setLocalDescription();
      })
      .compose(answer -> a.connection.setRemoteDescription(answer))
      .onSuccess(done -> a.described());
  }

  /** One of the two. */
  static final class Side implements PeerConnectionListener, DataChannelListener {

    final Promise<Void> open = Promise.promise();
    PeerConnection connection;
    DataChannel channel;
    Consumer<Buffer> onMessage = data -> { };
    Runnable onLow = () -> { };
    private Function<IceCandidate, Optional<IceCandidate>> showing = Optional::of;
    private final List<IceCandidate> early = new ArrayList<>();
    private Side other;
    private boolean described;

    private void described() {
      described = true;
      early.forEach(connection::addIceCandidate);
      early.clear();
    }

    @Override
    public void onIceCandidate(IceCandidate candidate) {
      showing.apply(candidate).ifPresent(other.described ? other.connection::addIceCandidate : other.early::add);
    }

    @Override
    public void onOpen() {
      open.tryComplete();
    }

    @Override
    public void onMessage(Buffer data, boolean binary) {
      onMessage.accept(data);
    }

    @Override
    public void onBufferedAmountLow() {
      onLow.run();
    }

    @Override
    public void onClose(String reason) {
      open.tryFail("closed: " + reason);
    }

    @Override
    public void onConnectionState(ConnectionState state) {
      if (state == ConnectionState.FAILED) {
        open.tryFail("failed");
      }
    }

    @Override
    public void onIceConnectionState(IceConnectionState state) {
      // The state of the whole is enough.
    }

    @Override
    public DataChannelListener onDataChannel(DataChannel announced) {
      throw new IllegalStateException("only negotiated channels here");
    }

    @Override
    public void onIceCandidateError(String url, int errorCode, String errorText) {
      throw new IllegalStateException("no servers here");
    }
  }
}
