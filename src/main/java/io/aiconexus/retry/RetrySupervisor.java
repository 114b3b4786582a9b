package io.aiconexus.retry;

import io.aiconexus.bus.Failure;
import io.aiconexus.protocol.ProtocolException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.ReplyException;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Runs an operation until it succeeds, as a {@link RetryPolicy} says. One object is one run.
 * <p>
 * Usable from any thread; the operation and the callbacks run where the {@link Timers} run things. The run fails with
 * the last attempt's failure, or with {@link Failure#CANCELLED}. An attempt that takes too long counts as failed with
 * {@link Failure#TIMEOUT}; what comes of it later is ignored, so the operation must not hold anything that only its
 * result could release.
 *
 * @param <T> what the operation gives
 */
public final class RetrySupervisor<T> {

  private enum Phase { IDLE, RUNNING, WAITING, DONE }

  private static final long NO_TIMER = -1;
  /** Between two looks at an empty budget, half as much and half as much again by chance. */
  private static final long BUDGET_WAIT_MS = 1_000;
  private static final long FIRST_AWAIT_MS = 1_000;
  private static final int AWAIT_DOUBLINGS_MAX = 30;

  private final Supplier<Future<T>> operation;
  private final RetryPolicy policy;
  private final Timers timers;
  private final RandomGenerator random;
  private final Promise<T> result = Promise.promise();
  private RetryBudget budget;
  private String destination;
  private Predicate<Throwable> awaits = cause -> false;
  private long awaitMaxMs;
  private Consumer<RetryState> attemptCallback = state -> { };
  private Consumer<RetryState> retryCallback = state -> { };
  private Consumer<RetryState> exhaustedCallback = state -> { };
  private volatile RetryState state = RetryState.NEW;
  private Phase phase = Phase.IDLE;
  private long attempt;
  private int retries;
  private int awaited;
  private long startedMs;
  private boolean hinted;
  private long timer = NO_TIMER;

  /**
   * @param operation begins one attempt; a throw or null counts as a failed attempt
   * @param timers time and thread, for example {@link VertxTimers}
   * @param random spreads the delays
   */
  public RetrySupervisor(Supplier<Future<T>> operation, RetryPolicy policy, Timers timers, RandomGenerator random) {
    this.operation = operation;
    this.policy = policy;
    this.timers = timers;
    this.random = random;
  }

  /** Draws retries on {@code shared}, which others on the same timers use too; before {@link #start}. */
  public RetrySupervisor<T> drawingOn(RetryBudget shared, String itsDestination) {
    budget = shared;
    destination = itsDestination;
    return this;
  }

  /**
   * After such failures a hint is waited for, and some time: 1 s, then 2 s and so on up to {@code atMostMs}, each less up
   * to half of it by chance. That does not count against {@code max_retries}. Before {@link #start}.
   */
  public RetrySupervisor<T> awaitingHint(Predicate<Throwable> failures, long atMostMs) {
    awaits = failures;
    awaitMaxMs = atMostMs;
    return this;
  }

  /** Learns of each attempt before it begins; before {@link #start}. */
  public RetrySupervisor<T> onAttempt(Consumer<RetryState> callback) {
    attemptCallback = callback;
    return this;
  }

  /** Learns of each failed attempt after which another one waits; before {@link #start}. */
  public RetrySupervisor<T> onRetry(Consumer<RetryState> callback) {
    retryCallback = callback;
    return this;
  }

  /** Learns that no further attempt comes, unless the run was cancelled; before {@link #start}. */
  public RetrySupervisor<T> onExhausted(Consumer<RetryState> callback) {
    exhaustedCallback = callback;
    return this;
  }

  /** Begins; a second call gives the same future. */
  public Future<T> start() {
    return start(0);
  }

  /** Begins after a delay; then the first attempt draws on the budget like a retry. */
  public Future<T> start(long delayMs) {
    timers.execute(() -> begin(delayMs));
    return result.future();
  }

  /** Something has changed that makes success likelier: the wait ends now, or does not begin when an attempt is under way. */
  public void hint() {
    timers.execute(() -> {
      hinted = phase == Phase.RUNNING;
      if (phase == Phase.WAITING) {
        timers.cancel(timer);
        resume();
      }
    });
  }

  /** Ends the run: no further attempt, and the outcome of the one under way is ignored. Too late, it does nothing. */
  public void cancel() {
    timers.execute(() -> {
      if (phase != Phase.DONE) {
        end();
        result.fail(Failure.CANCELLED.because("the retries were cancelled"));
      }
    });
  }

  /** How far it has come. */
  public RetryState state() {
    return state;
  }

  /**
   * Whether trying again can help: what carries a {@link Failure} is looked up there, a wrong argument stays wrong, and
   * anything else (of a database, of a socket) is taken for passing.
   */
  public static boolean isRetryable(Throwable cause) {
    boolean coded = cause instanceof ReplyException || cause instanceof ProtocolException
      || cause instanceof IllegalArgumentException;
    return !coded || Failure.of(cause).retryable();
  }

  private void begin(long delayMs) {
    if (phase != Phase.IDLE) {
      return;
    }
    startedMs = timers.nowMs();
    if (delayMs > 0) {
      pause(delayMs);
      return;
    }
    if (budget != null) {
      budget.request(destination);
    }
    attempt();
  }

  private void attempt() {
    phase = Phase.RUNNING;
    hinted = false;
    state = state.attempted(timers.nowMs());
    long mine = ++attempt;
    long limitMs = attemptLimitMs();
    timer = limitMs == Long.MAX_VALUE ? NO_TIMER : timers.after(limitMs, () -> settle(mine, Future.failedFuture(
      Failure.TIMEOUT.because("the attempt was not done within " + limitMs + " ms"))));
    Future.succeededFuture()
      .compose(now -> {
        attemptCallback.accept(state);
        return Objects.requireNonNull(operation.get(), "the operation gave no future");
      })
      .onComplete(outcome -> timers.execute(() -> settle(mine, outcome)));
  }

  private long attemptLimitMs() {
    long each = policy.attemptTimeout().isZero() ? Long.MAX_VALUE : policy.attemptTimeout().toMillis();
    return policy.maxElapsed().isZero() ? each : Math.min(each, Math.max(0, leftMs()));
  }

  private void settle(long whose, AsyncResult<T> outcome) {
    if (phase != Phase.RUNNING || whose != attempt) {
      return;
    }
    timers.cancel(timer);
    if (outcome.succeeded()) {
      end();
      result.complete(outcome.result());
    } else {
      failed(outcome.cause());
    }
  }

  private void failed(Throwable cause) {
    state = state.failed(cause);
    OptionalLong delay = isRetryable(cause) ? delayMs(cause) : OptionalLong.empty();
    if (delay.isEmpty() || isTooLate(delay.getAsLong())) {
      exhaust(cause);
    } else {
      pause(hinted ? 0 : delay.getAsLong());
      retryCallback.accept(state);
    }
  }

  private OptionalLong delayMs(Throwable cause) {
    if (awaits.test(cause)) {
      long longest = Math.min(awaitMaxMs, FIRST_AWAIT_MS << Math.min(awaited++, AWAIT_DOUBLINGS_MAX));
      return OptionalLong.of((long) (longest * (1 - random.nextDouble() / 2)));
    }
    awaited = 0;
    if (retries == policy.maxRetries()) {
      return OptionalLong.empty();
    }
    return policy.delayMs(++retries, state.lastDelayMs(), random);
  }

  private void pause(long delayMs) {
    phase = Phase.WAITING;
    state = state.waiting(timers.nowMs(), delayMs);
    timer = timers.after(delayMs, this::resume);
  }

  private void resume() {
    if (phase != Phase.WAITING) {
      return;
    }
    if (budget == null || budget.claim(destination)) {
      attempt();
      return;
    }
    long waitMs = (long) (BUDGET_WAIT_MS * (0.5 + random.nextDouble()));
    if (isTooLate(waitMs)) {
      exhaust(state.lastError() == null ? Failure.OVERLOADED.because("the retry budget is spent") : state.lastError());
    } else {
      pause(waitMs);
    }
  }

  private void exhaust(Throwable cause) {
    end();
    try {
      exhaustedCallback.accept(state);
    } finally {
      result.fail(cause);
    }
  }

  private void end() {
    phase = Phase.DONE;
    timers.cancel(timer);
    state = state.failed(state.lastError());
  }

  private boolean isTooLate(long delayMs) {
    return !policy.maxElapsed().isZero() && delayMs >= leftMs();
  }

  private long leftMs() {
    return policy.maxElapsed().toMillis() - (timers.nowMs() - startedMs);
  }
}
