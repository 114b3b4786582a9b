package io.aiconexus.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RetryBudgetTest {

  private long nowMs;

  @Test
  void tenRetriesASecondNeedNoRequests() {
    RetryBudget budget = new RetryBudget(RetryBudget.RATIO, RetryBudget.PER_SECOND, () -> nowMs);
    int atStart = claims(budget, "a", 1_000);

    int inAMinute = 0;
    for (int second = 0; second < 60; second++) {
      nowMs += 1_000;
      inAMinute += claims(budget, "a", 1_000);
    }

    assertThat(atStart).isEqualTo(10);
    assertThat(inAMinute).isEqualTo(600);
  }

  @Test
  void aFifthOfTheRequestsMayBeRetried() {
    RetryBudget budget = new RetryBudget(0.2, 0, () -> nowMs);
    int granted = 0;
    for (int request = 0; request < 10_000; request++) {
      budget.request("a");
      granted += budget.claim("a") ? 1 : 0;
    }

    assertThat(granted).isBetween(1_990, 2_000);
  }

  @Test
  void oneDestinationDoesNotUseUpWhatIsLeftForAnother() {
    RetryBudget budget = new RetryBudget(0, 10, () -> nowMs);
    nowMs += 10_000;
    budget.claim("b");
    claims(budget, "a", 1_000);

    assertThat(budget.claim("a")).isFalse();
    assertThat(budget.claim("b")).isTrue();
  }

  @Test
  void theNodeAsAWholeIsBoundedOverAllDestinations() {
    RetryBudget budget = new RetryBudget(0, 10, () -> nowMs);
    int granted = 0;
    for (int n = 0; n < 1_000; n++) {
      granted += budget.claim("destination " + n) ? 1 : 0;
    }

    assertThat(granted).isEqualTo(10);
  }

  @Test
  void whatIsSavedUpInAQuietYearIsBounded() {
    RetryBudget budget = new RetryBudget(0.2, 10, () -> nowMs);
    budget.claim("a");
    nowMs += 365L * 86_400_000;

    assertThat(claims(budget, "a", 1_000)).isEqualTo(100);
  }

  @Test
  void aMillionDestinationsAreNotAllRemembered() {
    RetryBudget budget = new RetryBudget(0.2, 10, () -> nowMs);
    for (int n = 0; n < 1_000_000; n++) {
      budget.request("destination " + n);
    }

    assertThat(budget.destinations()).isEqualTo(10_000);
  }

  @Test
  void absurdBudgetsAreRefused() {
    assertThatThrownBy(() -> new RetryBudget(-0.1, 1, () -> 0)).hasMessageContaining("retry.budget.ratio");
    assertThatThrownBy(() -> new RetryBudget(Double.NaN, 1, () -> 0)).hasMessageContaining("retry.budget.ratio");
    assertThatThrownBy(() -> new RetryBudget(0.2, -1, () -> 0)).hasMessageContaining("retry.budget.per_second");
  }

  private static int claims(RetryBudget budget, String destination, int tries) {
    int granted = 0;
    for (int n = 0; n < tries; n++) {
      granted += budget.claim(destination) ? 1 : 0;
    }
    return granted;
  }
}
