package io.aiconexus.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.bus.Failure;
import io.aiconexus.config.Section;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Operations that misbehave, and runs that are ended from inside. */
class RetryBadLuckTest {

  private static final RetryPolicy PLAIN = RetryPolicy.from(Section.of("retry.policy",
    new JsonObject().put("jitter_factor", 0).put("max_retries", 3).put("attempt_timeout_ms", 5_000)));

  private final VirtualTimers timers = new VirtualTimers();
  private final List<RetryState> retried = new ArrayList<>();
  private int attempts;

  @Test
  void anOperationThatAnswersTwiceIsHeardOnce() {
    List<Promise<String>> promises = new ArrayList<>();
    RetrySupervisor<String> supervisor = supervisor(() -> {
      Promise<String> promise = Promise.promise();
      promises.add(promise);
      return promise.future();
    });
    Future<String> run = supervisor.start();

    promises.get(0).fail("first");
    assertThat(promises.get(0).tryComplete("second thoughts")).isFalse();
    timers.advance(1_000);
    promises.get(1).complete("done");
    assertThat(promises.get(1).tryFail("or not")).isFalse();
    timers.advance(60_000);

    assertThat(attempts).isEqualTo(2);
    assertThat(retried).hasSize(1);
    assertThat(run.result()).isEqualTo("done");
    assertThat(timers.pending()).isZero();
  }

  @Test
  void aTimeoutAndALateAnswerAreOneFailureAndNotTwo() {
    List<Promise<String>> promises = new ArrayList<>();
    RetrySupervisor<String> supervisor = supervisor(() -> {
      Promise<String> promise = Promise.promise();
      promises.add(promise);
      return promise.future();
    });
    supervisor.start();

    timers.advance(5_000);
    promises.get(0).fail("and it failed, too");
    timers.advance(1_000);

    assertThat(attempts).isEqualTo(2);
    assertThat(retried).hasSize(1);
  }

  @Test
  void theSameFailedFutureEveryTimeFailsEveryAttempt() {
    Future<String> broken = Future.failedFuture(Failure.TIMEOUT.because("as always"));
    Future<String> run = supervisor(() -> broken).start();
    timers.advance(600_000);

    assertThat(attempts).isEqualTo(4);
    assertThat(run.cause()).hasMessageContaining("as always");
    assertThat(timers.pending()).isZero();
  }

  @Test
  void aRunMayBeCancelledFromInsideEachOfItsCallbacks() {
    for (String where : List.of("operation", "attempt", "retry")) {
      attempts = 0;
      List<RetrySupervisor<String>> self = new ArrayList<>();
      Supplier<Future<String>> operation = () -> {
        if (where.equals("operation")) {
          self.get(0).cancel();
        }
        return Future.failedFuture(Failure.TIMEOUT.because("nobody there"));
      };
      RetrySupervisor<String> supervisor = supervisor(operation);
      self.add(supervisor);
      if (where.equals("attempt")) {
        supervisor.onAttempt(state -> supervisor.cancel());
      } else if (where.equals("retry")) {
        supervisor.onRetry(state -> supervisor.cancel());
      }

      Future<String> run = supervisor.start();
      timers.advance(600_000);

      assertThat(Failure.of(run.cause())).as(where).isEqualTo(Failure.CANCELLED);
      assertThat(attempts).as(where).isEqualTo(1);
      assertThat(timers.pending()).as(where).isZero();
    }
  }

  private RetrySupervisor<String> supervisor(Supplier<Future<String>> operation) {
    return new RetrySupervisor<>(() -> {
      attempts++;
      return operation.get();
    }, PLAIN, timers, new Random(5)).onRetry(retried::add);
  }
}
