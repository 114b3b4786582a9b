package io.aiconexus.retry;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.Did;
import io.vertx.core.json.JsonObject;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One link that is to be there: connects it, notices its loss, and brings it back. First the path gets a grace to
 * return by itself, then ICE is restarted, then the link is built anew, then the policy gives up.
 * <p>
 * Whoever uses the link gets a new connection with new channels after a rebuild; after an ICE restart both stay.
 */
final class SupervisedLink {

  private static final Logger log = LoggerFactory.getLogger(SupervisedLink.class);
  /** A link that is lost sooner counts as one that never quite came up, so that it is not rebuilt without a pause. */
  private static final long STEADY_MS = 10_000;
  private static final long NO_TIMER = -1;

  private final Did local;
  private final Did remote;
  private final RetryPolicy policy;
  private final Surroundings around;
  private Supervision status = Supervision.CONNECTING;
  private RetrySupervisor<Void> run;
  private Throwable lastError;
  private long downSinceMs;
  private long upSinceMs;
  private int hastyLosses;
  private int restarts;
  private long timer = NO_TIMER;

  /** What all supervised links of a node share. */
  record Surroundings(RetryOptions options, Timers timers, RandomGenerator random, RetryBudget budget,
                      LocalAgents agents, Consumer<JsonObject> events) { }

  SupervisedLink(Did local, Did remote, RetryPolicy policy, Surroundings around) {
    this.local = local;
    this.remote = remote;
    this.policy = policy;
    this.around = around;
  }

  Did local() {
    return local;
  }

  Did remote() {
    return remote;
  }

  Supervision status() {
    return status;
  }

  void start() {
    downSinceMs = around.timers.nowMs();
    connect(0);
  }

  /** It is no longer to be there; a link that is stays. */
  void release() {
    stopWork();
    become(Supervision.RELEASED);
  }

  /** The link is in that state (of the peer's link events); {@code closed} when there is none. */
  void onLinkState(String state) {
    switch (status) {
      case CONNECTING -> {
        if (state.equals("connected") && run.state().isWaiting()) {
          run.hint();
        }
      }
      case UP -> onLinkStateWhileUp(state);
      case GRACE, RESTARTING -> onLinkStateWhileDisconnected(state);
      case EXHAUSTED -> {
        if (state.equals("connected")) {
          connect(0);
        }
      }
      case RELEASED -> { }
    }
  }

  /** Something changed that may help. */
  void onHint(Hint hint) {
    switch (status) {
      case CONNECTING -> run.hint();
      case UP -> {
        if (hint == Hint.NETWORK_CHANGED) {
          around.agents.restartIce(local, remote).onFailure(cause ->
            log.info("{}: ICE to {} was not restarted: {}", local, remote, cause.getMessage()));
        }
      }
      case GRACE -> restartIce();
      case EXHAUSTED -> {
        if (RetrySupervisor.isRetryable(lastError)) {
          hastyLosses = 0;
          connect(1 + around.random.nextLong(policy.initialDelay().toMillis()));
        }
      }
      case RESTARTING, RELEASED -> { }
    }
  }

  /** For the event bus. */
  JsonObject describe() {
    long nowMs = around.timers.nowMs();
    JsonObject json = event(null).put("state", status.toString()).put("ice_restarts", restarts);
    if (status == Supervision.UP) {
      return json.put("up_ms", nowMs - upSinceMs);
    }
    json.put("down_ms", nowMs - downSinceMs);
    if (run != null) {
      json.mergeIn(run.state().toJson(nowMs));
    }
    return lastError == null ? json : json.put("error", RetryState.errorOf(lastError));
  }

  private void onLinkStateWhileUp(String state) {
    if (state.equals("disconnected")) {
      downSinceMs = around.timers.nowMs();
      stopWork();
      become(Supervision.GRACE);
      timer = around.timers.after(around.options.grace().toMillis(), this::restartIce);
    } else if (state.equals("closed")) {
      downSinceMs = around.timers.nowMs();
      lost();
    }
  }

  private void onLinkStateWhileDisconnected(String state) {
    switch (state) {
      case "connected" -> up(restarts, "path");
      case "connecting" -> connect(0);
      case "closed" -> lost();
      default -> { }
    }
  }

  private void connect(long delayMs) {
    stopWork();
    become(Supervision.CONNECTING);
    long timeoutMs = policy.attemptTimeout().isZero()
      ? RetryPolicy.DEFAULTS.attemptTimeout().toMillis() : policy.attemptTimeout().toMillis();
    RetrySupervisor<Void> mine = new RetrySupervisor<>(() -> around.agents.connect(local, remote, timeoutMs), policy,
      around.timers, around.random);
    run = mine
      .drawingOn(around.budget, remote.toString())
      .awaitingHint(SupervisedLink::isAbsent, around.options.absentPoll().toMillis())
      .onAttempt(state -> announceAttempt("connect", state.attempts()))
      .onRetry(this::announceRetry);
    mine.start(delayMs).onComplete(
      connected -> {
        if (run == mine) {
          up(mine.state().attempts(), "connect");
        }
      },
      cause -> {
        if (run == mine) {
          giveUp(cause, mine.state().attempts());
        }
      });
  }

  private void restartIce() {
    around.timers.cancel(timer);
    if (restarts >= around.options.iceRestarts()) {
      log.info("{}: {} ICE restarts did not bring the path to {} back; the link is rebuilt", local, restarts, remote);
      connect(0);
      return;
    }
    int mine = ++restarts;
    become(Supervision.RESTARTING);
    timer = around.timers.after(around.options.iceRestartTimeout().toMillis(), this::restartIce);
    announceAttempt("ice_restart", mine);
    around.agents.restartIce(local, remote).onFailure(cause -> around.timers.execute(() -> {
      if (status == Supervision.RESTARTING && restarts == mine) {
        log.info("{}: ICE to {} cannot be restarted, the link is built anew: {}", local, remote, cause.getMessage());
        connect(0);
      }
    }));
  }

  private void lost() {
    boolean hasty = around.timers.nowMs() - upSinceMs < STEADY_MS;
    hastyLosses = hasty ? Math.min(hastyLosses, Integer.MAX_VALUE - 1) + 1 : 0;
    OptionalLong delay = hasty ? policy.delayMs(hastyLosses, 0, around.random) : OptionalLong.of(0);
    if (delay.isPresent()) {
      connect(delay.getAsLong());
    } else {
      giveUp(Failure.CONNECT_FAILED.because("the link was lost " + hastyLosses + " times in a row within "
        + STEADY_MS / 1_000 + " s of coming up"), hastyLosses);
    }
  }

  private void up(int attempts, String how) {
    stopWork();
    become(Supervision.UP);
    upSinceMs = around.timers.nowMs();
    restarts = 0;
    lastError = null;
    log.info("{}: the link to {} is up after {} ms and {} attempts", local, remote, upSinceMs - downSinceMs, attempts);
    around.events.accept(event("recovered").put("how", how).put("attempts", attempts)
      .put("down_ms", upSinceMs - downSinceMs));
  }

  private void giveUp(Throwable cause, int attempts) {
    stopWork();
    lastError = cause;
    become(Supervision.EXHAUSTED);
    boolean waits = RetrySupervisor.isRetryable(cause);
    log.warn("{}: gave up the link to {} after {} attempts: {}; {}", local, remote, attempts, cause.getMessage(), waits
      ? "it is tried again when that agent or the network comes back" : "supervise it again once that is repaired");
    around.events.accept(event("exhausted").put("attempts", attempts).put("waits_for_hint", waits)
      .put("error", RetryState.errorOf(cause)));
  }

  private void announceAttempt(String how, int attempt) {
    log.debug("{}: {} to {}, attempt {}", local, how, remote, attempt);
    around.events.accept(event("attempt").put("how", how).put("attempt", attempt));
  }

  private void announceRetry(RetryState state) {
    boolean absent = isAbsent(state.lastError());
    log.info("{}: attempt {} to connect to {} failed: {}; next in {} ms{}", local, state.attempts(), remote,
      state.lastError().getMessage(), state.lastDelayMs(), absent ? " or when that agent comes" : "");
    around.events.accept(event("retry").put("attempt", state.attempts()).put("delay_ms", state.lastDelayMs())
      .put("waits_for_presence", absent).put("error", RetryState.errorOf(state.lastError())));
  }

  private JsonObject event(String name) {
    JsonObject json = name == null ? new JsonObject() : new JsonObject().put("event", name);
    return json.put("local", local.toString()).put("remote", remote.toString());
  }

  private void stopWork() {
    around.timers.cancel(timer);
    timer = NO_TIMER;
    if (run != null) {
      RetrySupervisor<Void> over = run;
      run = null;
      over.cancel();
    }
  }

  private void become(Supervision next) {
    if (!status.successors().contains(next)) {
      throw new IllegalStateException(local + " to " + remote + ": " + status + " may not become " + next);
    }
    status = next;
  }

  private static boolean isAbsent(Throwable cause) {
    return Failure.of(cause) == Failure.UNKNOWN_AGENT;
  }
}
