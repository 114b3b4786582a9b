package io.aiconexus.peer;

import static io.aiconexus.config.Section.check;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.Did;
import io.aiconexus.retry.RetryBudget;
import io.aiconexus.retry.RetryPolicy;
import io.aiconexus.retry.RetryState;
import io.aiconexus.retry.RetrySupervisor;
import io.aiconexus.retry.Timers;
import io.aiconexus.webrtc.DataChannelOptions;
import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The connects of one agent that are tried again until the link is up or their policy is exhausted.
 * <p>
 * Each ends by itself: with no limit of its own after an hour. Belongs to the agent's context.
 */
final class RetriedConnects {

  /** What a policy of the event bus leaves out: {@code timeout_ms} is the time of one attempt. */
  static final RetryPolicy USUAL = RetryPolicy.DEFAULTS.withAttemptTimeout(Duration.ZERO);

  private static final Duration LONGEST = Duration.ofMillis(PeerOptions.WAIT_MAX_MS);

  private final AgentLinks links;
  private final Timers timers;
  private final RetryBudget budget;
  private final Map<RetrySupervisor<Link>, Did> running = new LinkedHashMap<>();

  RetriedConnects(AgentLinks links, Timers timers) {
    this.links = links;
    this.timers = timers;
    this.budget = new RetryBudget(RetryBudget.RATIO, RetryBudget.PER_SECOND, timers::nowMs);
  }

  /**
   * A link to that agent with those channels open.
   * <p>
   * Fails with the last attempt's failure, whose text then says how many there were, and at once where trying again
   * cannot help.
   *
   * @param timeoutMs how long one attempt may take, less when the policy says less
   */
  Future<Connected> connect(Did remote, long timeoutMs, Map<String, DataChannelOptions> channels, RetryPolicy policy) {
    check(policy.maxElapsed().compareTo(LONGEST) <= 0, "retry.max_elapsed_ms",
      "0 to " + LONGEST.toMillis() + " here; supervise has no end", policy.maxElapsed().toMillis());
    if (running.size() >= links.options().maxLinks()) {
      return Future.failedFuture(Failure.OVERLOADED.because(running.size() + " connects are being tried already"));
    }
    RetryPolicy bounded = policy.maxElapsed().isZero() ? policy.withMaxElapsed(LONGEST) : policy;
    long endMs = timers.nowMs() + bounded.maxElapsed().toMillis();
    long limitMs = policy.attemptTimeout().toMillis();
    long eachMs = limitMs == 0 ? timeoutMs : Math.min(timeoutMs, limitMs);
    RetrySupervisor<Link> run = new RetrySupervisor<>(
      () -> links.connect(remote, Math.max(1, Math.min(eachMs, endMs - timers.nowMs())), channels),
      bounded, timers, ThreadLocalRandom.current());
    run.drawingOn(budget, remote.toString()).onRetry(state -> announce(remote, state));
    running.put(run, remote);
    return run.start()
      .onComplete(done -> running.remove(run))
      .map(link -> new Connected(link, run.state().attempts()))
      .recover(cause -> Future.failedFuture(counted(cause, run.state().attempts())));
  }

  /** Ends what is tried for that agent; false when nothing is. */
  boolean cancel(Did remote) {
    List<RetrySupervisor<Link>> theirs = running.entrySet().stream()
      .filter(entry -> entry.getValue().equals(remote)).map(Map.Entry::getKey).toList();
    theirs.forEach(RetrySupervisor::cancel);
    return !theirs.isEmpty();
  }

  /** Ends all of them. */
  void cancelAll() {
    List.copyOf(running.keySet()).forEach(RetrySupervisor::cancel);
  }

  private void announce(Did remote, RetryState state) {
    links.event(new JsonObject().put("event", "connect_retry").put("remote", remote.toString())
      .put("attempt", state.attempts()).put("delay_ms", state.lastDelayMs())
      .put("reason", Failure.of(state.lastError()).name()));
  }

  private static Throwable counted(Throwable cause, int attempts) {
    return cause instanceof ReplyException
      ? Failure.of(cause).because(cause.getMessage() + " (attempts: " + attempts + ")") : cause;
  }

  /**
   * A link that is up.
   *
   * @param attempts how many it took
   */
  record Connected(Link link, int attempts) {

    JsonObject describe() {
      return link.describe().put("attempts", attempts);
    }
  }
}
