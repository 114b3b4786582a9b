package io.aiconexus.peer;

import io.aiconexus.identity.Did;
import io.aiconexus.protocol.IceServer;
import io.aiconexus.protocol.Payload;
import io.aiconexus.webrtc.PeerConnection;
import io.aiconexus.webrtc.PeerConnectionListener;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What a link needs from the agent it belongs to. */
interface LinkOwner {

  Did local();

  PeerOptions options();

  /** Where the agent lives and its handlers are called. */
  Context context();

  /** Carries a call over to the agent's context; the result arrives there. */
  <T> Future<T> onContext(Supplier<Future<T>> call);

  /** The STUN and TURN servers that may be used from now on; {@code fresh} asks for credentials made just now. */
  Future<List<IceServer>> iceServers(boolean fresh);

  Future<PeerConnection> connection(List<IceServer> servers, PeerConnectionListener listener);

  /** Begins to watch a connection to that agent come up. */
  Attempt attempt(Did remote);

  Channel channel(Link link, String label, boolean madeHere);

  /**
   * Sends a payload about the connection of that name to the link's remote through the gateway;
   * {@code correlationId} names the message that it answers, or is null.
   */
  void signal(Link link, String connectionId, Payload payload, String correlationId);

  /** Publishes an event of a link. */
  void event(JsonObject event);

  /** A link changed its state. */
  void moved(LinkState from, LinkState to);

  /** A link did not come up, was lost, or got no new path. */
  void onFailed(ConnectReport report);

  /** Runs {@code action} on the agent's context after so long. */
  long after(long millis, Runnable action);

  void cancel(long timer);

  /** A clock that only goes forward, in nanoseconds. */
  long nanos();

  /** The link can carry data. */
  void onUsable(Link link);

  /** A link that was usable before has a path again. */
  void onReached(Link link);

  /**
   * Takes a channel that is not for a handler of the application: the protocol's own, and all where there is an inbox.
   */
  boolean takes(Channel channel);

  /** Shows a channel that the other end made to the application; false when it has no handler for it. */
  boolean shows(Channel channel);

  /** The link is over: it is nobody's link any more. */
  void onEnded(Link link);

  /**
   * The outcome of {@code result}, or the failure that {@code late} gives when it takes longer; null there means that
   * the outcome is about to come.
   */
  default <T> Future<T> within(long millis, Future<T> result, Supplier<Throwable> late) {
    if (result.isComplete()) {
      return result;
    }
    Promise<T> promise = Promise.promise();
    long patience = after(millis, () -> Optional.ofNullable(late.get()).ifPresent(promise::tryFail));
    result.onComplete(
      value -> {
        cancel(patience);
        promise.tryComplete(value);
      },
      cause -> {
        cancel(patience);
        promise.tryFail(cause);
      });
    return promise.future();
  }
}
