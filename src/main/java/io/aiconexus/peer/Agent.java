package io.aiconexus.peer;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.Did;
import io.aiconexus.retry.RetryPolicy;
import io.aiconexus.webrtc.DataChannelOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A hosted agent, for Java code: connects to others, asks them and is asked.
 * <p>
 * Usable from any thread. Futures complete and handlers are called on the agent's own event-loop context.
 * A handler is in force once the future of its setter has succeeded. Failures are
 * {@link io.vertx.core.eventbus.ReplyException}s with the codes of {@link Failure}.
 */
public final class Agent {

  private final HostedAgent core;

  Agent(HostedAgent core) {
    this.core = core;
  }

  /** The DID it is known by. */
  public Did did() {
    return core.local();
  }

  /** A link to that agent, made unless it is there, within the configured time. */
  public Future<Link> connect(Did remote) {
    return connect(remote, core.options().connectTimeout(), Map.of());
  }

  /**
   * A link to that agent with those channels open.
   * <p>
   * Fails with {@link Failure#UNKNOWN_AGENT} when the agent is not present, {@link Failure#CONNECTION_REFUSED} when it
   * does not want to, {@link Failure#ENGINE_UNAVAILABLE} when this node has no engine, {@link Failure#TIMEOUT} when it
   * takes too long, and {@link Failure#CONNECT_FAILED} when no path was found.
   *
   * @param timeout how long it may take, 1 ms to one hour
   * @param channels label to options; the protocol channel is always there
   */
  public Future<Link> connect(Did remote, Duration timeout, Map<String, DataChannelOptions> channels) {
    return core.onContext(() -> core.links().connect(remote, millis(timeout), Map.copyOf(channels)));
  }

  /**
   * As {@link #connect(Did, Duration, Map)}, tried again by that policy while trying again can help.
   * <p>
   * {@code timeout} is for one attempt, as is the policy's own limit; all of them together may take an hour at most,
   * less when the policy says less. Fails with the last attempt's failure.
   */
  public Future<Link> connect(Did remote, Duration timeout, Map<String, DataChannelOptions> channels,
                              RetryPolicy retry) {
    return core.onContext(() -> core.retried().connect(remote, millis(timeout), Map.copyOf(channels), retry)
      .map(RetriedConnects.Connected::link));
  }

  /** The link to that agent, if there is one. */
  public Future<Optional<Link>> link(Did remote) {
    return core.onContext(() -> Future.succeededFuture(core.links().get(remote)));
  }

  /** All links. */
  public Future<List<Link>> links() {
    return core.onContext(() -> Future.succeededFuture(core.links().all()));
  }

  /** Learns of each link that can carry data, whoever asked for it. */
  public Future<Void> onLink(Handler<Link> handler) {
    return core.onContext(() -> {
      core.links().linkHandler(handler);
      return Future.succeededFuture();
    });
  }

  /** Learns of each channel that another agent opens, on whichever link, before its first message. */
  public Future<Void> onChannel(Handler<Channel> handler) {
    return core.onContext(() -> {
      core.links().channelHandler(handler);
      return Future.succeededFuture();
    });
  }

  /** Has another agent do something; fails with {@link Failure#REMOTE_ERROR} when it could not. */
  public Future<Object> exec(Did to, String capability, JsonObject args) {
    return exec(to, capability, args, core.options().execTimeout());
  }

  /** As {@link #exec(Did, String, JsonObject)}, waiting for at most {@code timeout}. */
  public Future<Object> exec(Did to, String capability, JsonObject args, Duration timeout) {
    return core.onContext(() -> core.exec(to, capability, args, millis(timeout)));
  }

  /** Tells another agent what this one wants; the answer is its INTENT in return. */
  public Future<JsonObject> intent(Did to, JsonObject intent) {
    return core.onContext(() -> core.intent(to, intent, core.options().execTimeout().toMillis()));
  }

  /**
   * Lets other agents ask for {@code capability}; the handler gets who asks and the arguments, and gives any JSON
   * value. The name is announced at the next registration; of more than 64, the first in alphabetical order are.
   */
  public Future<Void> onCapability(String capability, BiFunction<Did, JsonObject, Future<?>> handler) {
    Capabilities.checkName(capability);
    return core.onContext(() -> {
      core.capabilities().put(capability, handler);
      return Future.succeededFuture();
    });
  }

  /** Answers the INTENTs of other agents. */
  public Future<Void> onIntent(BiFunction<Did, JsonObject, Future<JsonObject>> handler) {
    return core.onContext(() -> {
      core.capabilities().onIntent(handler);
      return Future.succeededFuture();
    });
  }

  /** What the node's list says about it. */
  Future<JsonObject> describe() {
    return core.onContext(() -> Future.succeededFuture(core.describe()));
  }

  private static long millis(Duration timeout) {
    long millis = timeout.toMillis();
    if (millis < 1 || millis > PeerOptions.WAIT_MAX_MS) {
      throw new IllegalArgumentException("a timeout is 1 ms to one hour, this one is " + timeout);
    }
    return millis;
  }
}
