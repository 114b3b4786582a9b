package io.aiconexus.webrtc;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * One end of a connection under test: its own context, everything it heard, and calls that a test thread may wait for.
 */
final class End implements PeerConnectionListener {

  static final int PATIENCE = 20;

  final Context context;
  final BlockingQueue<ConnectionState> states = new LinkedBlockingQueue<>();
  final BlockingQueue<IceConnectionState> iceStates = new LinkedBlockingQueue<>();
  final BlockingQueue<IceCandidate> candidates = new LinkedBlockingQueue<>();
  final BlockingQueue<String> errors = new LinkedBlockingQueue<>();
  final BlockingQueue<Ear> incoming = new LinkedBlockingQueue<>();
  final BlockingQueue<String> refused = new LinkedBlockingQueue<>();
  private final List<IceCandidate> early = new ArrayList<>();
  PeerConnection connection;
  private End other;
  private boolean described;
  /** What becomes of a description on its way to the other end. */
  UnaryOperator<SessionDescription> telling = said -> said;
  /** What becomes of a candidate on its way to the other end; without one it is lost. */
  Function<IceCandidate, Optional<IceCandidate>> showing = Optional::of;

  private End(Context context) {
    this.context = context;
  }

  static End make(Vertx vertx, Engine engine, PeerConnectionOptions options) {
    End end = new End(((VertxInternal) vertx).createEventLoopContext());
    end.connection = await(engine.connection(end.context, options, end));
    return end;
  }

  /** Two ends that pass each other's candidates on. */
  static End[] pair(Vertx vertx, Engine left, Engine right) {
    return introduce(make(vertx, left, PeerConnectionOptions.DEFAULTS),
      make(vertx, right, PeerConnectionOptions.DEFAULTS));
  }

  static End[] introduce(End a, End b) {
    a.other = b;
    b.other = a;
    return new End[] {a, b};
  }

  /** Offer from here, answer from there. */
  void connect() {
    other.accept(describe());
    accept(other.describe());
  }

  SessionDescription describe() {
    return telling.apply(call(PeerConnection::setLocalDescription));
  }

  void accept(SessionDescription description) {
    call(to -> to.setRemoteDescription(description).onSuccess(done -> {
      described = true;
      early.forEach(this::take);
      early.clear();
    }));
  }

  Ear channel(String label, DataChannelOptions options) {
    Ear ear = new Ear(this);
    call(to -> to.createDataChannel(label, options, ear).onSuccess(made -> ear.channel = made));
    return ear;
  }

  /** Calls on the context and waits for the outcome. */
  <T> T call(Function<PeerConnection, Future<T>> operation) {
    return await(ask(operation));
  }

  <T> Future<T> ask(Function<PeerConnection, Future<T>> operation) {
    return on(() -> operation.apply(connection));
  }

  <T> Future<T> on(Supplier<Future<T>> operation) {
    Promise<T> outcome = Promise.promise();
    context.runOnContext(now -> operation.get().onComplete(outcome));
    return outcome.future();
  }

  void close() {
    call(PeerConnection::close);
  }

  /** Waits on the test's thread; what the future failed with is thrown. */
  static <T> T await(Future<T> future) {
    try {
      return future.await(PATIENCE, SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no outcome within " + PATIENCE + " s", e);
    }
  }

  static <T> T next(BlockingQueue<T> queue) {
    try {
      T event = queue.poll(PATIENCE, SECONDS);
      if (event == null) {
        throw new AssertionError("nothing came within " + PATIENCE + " s");
      }
      return event;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void onIceCandidate(IceCandidate candidate) {
    candidates.add(candidate);
    if (other != null) {
      showing.apply(candidate).ifPresent(shown -> other.context.runOnContext(now -> other.take(shown)));
    }
  }

  private void take(IceCandidate candidate) {
    if (described) {
      connection.addIceCandidate(candidate).onFailure(e -> refused.add(candidate + ": " + e.getMessage()));
    } else {
      early.add(candidate);
    }
  }

  @Override
  public void onConnectionState(ConnectionState state) {
    states.add(state);
  }

  @Override
  public void onIceConnectionState(IceConnectionState state) {
    iceStates.add(state);
  }

  @Override
  public DataChannelListener onDataChannel(DataChannel channel) {
    Ear ear = new Ear(this);
    ear.channel = channel;
    incoming.add(ear);
    return ear;
  }

  @Override
  public void onIceCandidateError(String url, int errorCode, String errorText) {
    errors.add(url + " " + errorCode);
  }
}
