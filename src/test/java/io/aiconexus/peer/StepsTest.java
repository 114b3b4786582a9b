package io.aiconexus.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.junit.jupiter.api.Test;

/** What {@link FlowUnitsTest} does not say of steps. */
class StepsTest {

  private final Steps steps = new Steps(1);

  @Test
  void aStepThatFailsFailsAloneAndFreesItsPlace() {
    RuntimeException broken = new IllegalStateException("as a test does");

    assertThat(steps.then(() -> {
      throw broken;
    }).cause()).isSameAs(broken);
    assertThat(steps.then(() -> Future.failedFuture(broken)).cause()).isSameAs(broken);
    assertThat(steps.then(Future::succeededFuture).succeeded()).isTrue();
  }

  @Test
  void aStepThatIsOneTooManyIsRefusedWithTheNumberAndNeverRun() {
    Promise<Void> first = Promise.promise();
    steps.then(first::future);

    Future<Void> refused = steps.then(() -> {
      throw new AssertionError("it has no place");
    });
    first.complete();

    assertThat(Failure.of(refused.cause())).isEqualTo(Failure.OVERLOADED);
    assertThat(refused.cause()).hasMessage("1 operations wait already");
  }
}
