package io.aiconexus.retry;

import static io.aiconexus.retry.RetryPolicyTest.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.aiconexus.bus.Failure;
import io.aiconexus.protocol.Envelope;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

class RetrySupervisorTest {

  private static final RetryPolicy PLAIN = policy("{'jitter_factor':0}");

  private final VirtualTimers timers = new VirtualTimers();
  private final List<Long> attemptsAt = new ArrayList<>();
  private final List<RetryState> retried = new ArrayList<>();
  private final List<RetryState> exhausted = new ArrayList<>();
  private Supplier<Future<String>> operation = () -> Future.failedFuture(Failure.TIMEOUT.because("nobody there"));

  @Test
  void whatSucceedsAtOnceIsNotRetried() {
    operation = () -> Future.succeededFuture("done");

    assertThat(supervisor(PLAIN).start().result()).isEqualTo("done");
    assertThat(attemptsAt).containsExactly(0L);
    assertThat(timers.pending()).isZero();
  }

  @Test
  void retriesFollowThePolicyUntilOneSucceeds() {
    operation = () -> attemptsAt.size() == 4 ? Future.succeededFuture("done")
      : Future.failedFuture(Failure.TIMEOUT.because("nobody there"));

    RetrySupervisor<String> supervisor = supervisor(PLAIN);
    Future<String> run = supervisor.start();
    timers.advance(60_000);

    assertThat(run.result()).isEqualTo("done");
    assertThat(attemptsAt).containsExactly(0L, 1_000L, 3_000L, 7_000L);
    assertThat(retried).extracting(RetryState::lastDelayMs).containsExactly(1_000L, 2_000L, 4_000L);
    assertThat(exhausted).isEmpty();
    assertThat(supervisor.state().totalDelayMs()).isEqualTo(7_000);
    assertThat(supervisor.state().attempts()).isEqualTo(4);
  }

  @Test
  void theLastFailureIsTheOutcomeWhenNoRetryIsLeft() {
    Future<String> run = supervisor(policy("{'max_retries':2,'jitter_factor':0}")).start();
    timers.advance(60_000);

    assertThat(Failure.of(run.cause())).isEqualTo(Failure.TIMEOUT);
    assertThat(attemptsAt).hasSize(3);
    assertThat(exhausted).singleElement().satisfies(state -> {
      assertThat(state.attempts()).isEqualTo(3);
      assertThat(state.isWaiting()).isFalse();
      assertThat(state.lastError()).isSameAs(run.cause());
    });
    assertThat(timers.pending()).isZero();
  }

  @Test
  void aFailureThatCannotPassIsNotRetried() {
    operation = () -> Future.failedFuture(Failure.INVALID_SIGNATURE.because("not signed by that DID"));

    Future<String> run = supervisor(PLAIN).start();

    assertThat(Failure.of(run.cause())).isEqualTo(Failure.INVALID_SIGNATURE);
    assertThat(attemptsAt).hasSize(1);
    assertThat(exhausted).hasSize(1);
  }

  @Test
  void everyFailureIsRetriedAsItsTableSays() {
    for (Failure failure : Failure.values()) {
      assertThat(RetrySupervisor.isRetryable(failure.because("x"))).as("%s", failure).isEqualTo(failure.retryable());
    }
    assertThat(RetrySupervisor.isRetryable(new ReplyException(ReplyFailure.NO_HANDLERS, "x"))).isTrue();
    assertThat(RetrySupervisor.isRetryable(new ReplyException(ReplyFailure.TIMEOUT, "x"))).isTrue();
    assertThat(RetrySupervisor.isRetryable(catchThrowable(() -> Envelope.read("nonsense")))).isFalse();
    assertThat(RetrySupervisor.isRetryable(new IllegalArgumentException("x"))).isFalse();
    assertThat(RetrySupervisor.isRetryable(new IOException("connection reset"))).isTrue();
  }

  @Test
  void aSupplierThatThrowsOrGivesNothingHasFailedThatAttempt() {
    operation = () -> {
      if (attemptsAt.size() == 1) {
        throw new IllegalStateException("not yet");
      }
      return attemptsAt.size() == 2 ? null : Future.succeededFuture("done");
    };

    Future<String> run = supervisor(PLAIN).start();
    timers.advance(60_000);

    assertThat(run.result()).isEqualTo("done");
    assertThat(retried).extracting(state -> state.lastError().getMessage())
      .containsExactly("not yet", "the operation gave no future");
  }

  @Test
  void anAttemptThatNeverEndsIsGivenUpAndItsLateOutcomeIgnored() {
    List<Promise<String>> attempts = new ArrayList<>();
    operation = () -> {
      attempts.add(Promise.promise());
      return attempts.get(attempts.size() - 1).future();
    };

    Future<String> run = supervisor(policy("{'jitter_factor':0,'attempt_timeout_ms':5000}")).start();
    timers.advance(5_000);
    attempts.get(0).complete("late");
    timers.advance(1_000);
    assertThat(run.isComplete()).isFalse();
    attempts.get(1).complete("in time");

    assertThat(attemptsAt).containsExactly(0L, 6_000L);
    assertThat(Failure.of(retried.get(0).lastError())).isEqualTo(Failure.TIMEOUT);
    assertThat(run.result()).isEqualTo("in time");
    assertThat(timers.pending()).isZero();
  }

  @Test
  void theTotalTimeEndsBothWaitsAndAttempts() {
    RetryPolicy tenSeconds = policy("{'jitter_factor':0,'max_elapsed_ms':10000,'max_retries':1000}");
    Future<String> waiting = supervisor(tenSeconds).start();
    timers.advance(7_000);
    assertThat(waiting.failed()).as("8 s of further waiting would be in vain").isTrue();
    assertThat(attemptsAt).containsExactly(0L, 1_000L, 3_000L, 7_000L);

    operation = () -> Promise.<String>promise().future();
    Future<String> running = supervisor(tenSeconds).start();
    timers.advance(10_000);
    assertThat(Failure.of(running.cause())).isEqualTo(Failure.TIMEOUT);
    assertThat(timers.pending()).isZero();
  }

  @Test
  void cancellingEndsARunInEveryState() {
    RetrySupervisor<String> idle = supervisor(PLAIN);
    idle.cancel();
    assertCancelled(idle.start(), 0);

    Promise<String> never = Promise.promise();
    operation = never::future;
    RetrySupervisor<String> running = supervisor(PLAIN);
    Future<String> run = running.start();
    running.cancel();
    never.complete("too late");
    assertCancelled(run, 1);

    operation = () -> Future.failedFuture(Failure.TIMEOUT.because("nobody there"));
    RetrySupervisor<String> waiting = supervisor(PLAIN);
    Future<String> wait = waiting.start();
    waiting.cancel();
    assertCancelled(wait, 2);
    assertThat(exhausted).isEmpty();

    operation = () -> Future.succeededFuture("done");
    RetrySupervisor<String> done = supervisor(PLAIN);
    Future<String> success = done.start();
    done.cancel();
    assertThat(success.result()).isEqualTo("done");
  }

  @Test
  void aSecondStartIsTheSameRun() {
    RetrySupervisor<String> supervisor = supervisor(PLAIN);

    assertThat(supervisor.start()).isSameAs(supervisor.start());
    assertThat(attemptsAt).hasSize(1);
  }

  @Test
  void aHintCutsTheWaitShort() {
    RetrySupervisor<String> supervisor = supervisor(PLAIN);
    supervisor.start();
    timers.advance(400);
    supervisor.hint();

    assertThat(attemptsAt).containsExactly(0L, 400L);
    assertThat(supervisor.state().totalDelayMs()).isEqualTo(400);
  }

  @Test
  void aHintDuringAnAttemptMakesTheNextOneFollowAtOnce() {
    Promise<String> first = Promise.promise();
    operation = () -> attemptsAt.size() == 1 ? first.future() : Future.succeededFuture("done");
    RetrySupervisor<String> supervisor = supervisor(PLAIN);
    Future<String> run = supervisor.start();

    supervisor.hint();
    first.fail(Failure.TIMEOUT.because("nobody there"));
    timers.advance(0);

    assertThat(run.result()).isEqualTo("done");
  }

  @Test
  void whatAwaitsAHintIsLookedAtSeldomAndNeverExhausted() {
    operation = () -> Future.failedFuture(Failure.UNKNOWN_AGENT.because("present nowhere"));
    RetrySupervisor<String> supervisor = supervisor(PLAIN)
      .awaitingHint(cause -> Failure.of(cause) == Failure.UNKNOWN_AGENT, 60_000);
    Future<String> run = supervisor.start();

    timers.advance(86_400_000);

    assertThat(run.isComplete()).isFalse();
    assertThat(attemptsAt).hasSizeBetween(1_440, 2_880 + 8);
    assertThat(attemptsAt.subList(1, 4)).satisfiesExactly(first -> assertThat(first).isBetween(500L, 1_000L),
      second -> assertThat(second).isBetween(1_500L, 3_000L), third -> assertThat(third).isBetween(3_500L, 7_000L));
    assertThat(timers.pending()).isEqualTo(1);
  }

  @Test
  void anOutageIsNotAmplifiedBeyondTheBudget() {
    assertThat(attemptsInOutage(new RetryBudget(0.2, 10, timers::nowMs))).isBetween(1_000 + 3_000, 1_000 + 100 + 3_000);
    assertThat(attemptsInOutage(new RetryBudget(10, 100_000, timers::nowMs))).isGreaterThan(100_000);
  }

  /** A thousand operations of a thousand destinations that fail for five minutes, each retrying every second or two. */
  private int attemptsInOutage(RetryBudget budget) {
    AtomicInteger attempts = new AtomicInteger();
    RetryPolicy eager = policy("{'max_retries':1000000,'max_delay_ms':2000}");
    List<RetrySupervisor<Void>> all = new ArrayList<>();
    for (int n = 0; n < 1_000; n++) {
      RetrySupervisor<Void> one = new RetrySupervisor<Void>(() -> {
        attempts.incrementAndGet();
        return Future.failedFuture(Failure.TIMEOUT.because("an outage"));
      }, eager, timers, new Random(n)).drawingOn(budget, "destination " + n);
      one.start();
      all.add(one);
    }
    timers.advance(300_000);
    all.forEach(RetrySupervisor::cancel);
    return attempts.get();
  }

  @Test
  void aCallbackThatThrowsDoesNotStopTheRun() {
    RetrySupervisor<String> supervisor = supervisor(policy("{'max_retries':1,'jitter_factor':0}"))
      .onAttempt(state -> {
        attemptsAt.add(timers.nowMs());
        throw new IllegalStateException("a bug of the caller");
      });
    Future<String> run = supervisor.start();
    timers.advance(60_000);

    assertThat(attemptsAt).hasSize(2);
    assertThat(run.cause()).hasMessage("a bug of the caller");
  }

  @Test
  @ExtendWith(VertxExtension.class)
  void onVertxAnyThreadMayCompleteTheOperation(Vertx vertx) throws Exception {
    AtomicInteger calls = new AtomicInteger();
    RetrySupervisor<String> supervisor = new RetrySupervisor<>(() -> {
      Promise<String> promise = Promise.promise();
      new Thread(() -> {
        if (calls.incrementAndGet() < 3) {
          promise.fail(new IOException("connection reset"));
        } else {
          promise.complete(Thread.currentThread().getName());
        }
      }, "foreign").start();
      return promise.future();
    }, policy("{'initial_delay_ms':1,'jitter':'full'}"), new VertxTimers(vertx), new Random(1));

    assertThat(supervisor.start().await(10, TimeUnit.SECONDS)).isEqualTo("foreign");
    assertThat(calls).hasValue(3);
  }

  private void assertCancelled(Future<String> run, int attempts) {
    timers.advance(600_000);
    assertThat(Failure.of(run.cause())).isEqualTo(Failure.CANCELLED);
    assertThat(attemptsAt).hasSize(attempts);
    assertThat(timers.pending()).isZero();
  }

  private RetrySupervisor<String> supervisor(RetryPolicy policy) {
    return new RetrySupervisor<>(() -> operation.get(), policy, timers, new Random(5))
      .onAttempt(state -> attemptsAt.add(timers.nowMs()))
      .onRetry(retried::add)
      .onExhausted(exhausted::add);
  }
}
