package io.aiconexus.health;

import static io.aiconexus.health.HealthStatus.DEGRADED;
import static io.aiconexus.health.HealthStatus.HEALTHY;
import static io.aiconexus.health.HealthStatus.UNHEALTHY;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ComponentTest {

  private final Component component =
    new Component(() -> Future.succeededFuture(Finding.healthy("well")), HealthOptions.DEFAULTS);

  @Test
  void theFirstLookDecides() {
    look(UNHEALTHY);
    assertThat(component.status()).isEqualTo(UNHEALTHY);
  }

  @Test
  void oneBadLookIsNoVerdictAndTwoInARowAre() {
    look(HEALTHY);
    look(UNHEALTHY);
    assertThat(component.status()).isEqualTo(HEALTHY);
    look(HEALTHY);
    look(UNHEALTHY);
    assertThat(component.status()).isEqualTo(HEALTHY);
    look(UNHEALTHY);
    assertThat(component.status()).isEqualTo(UNHEALTHY);
  }

  @Test
  void aVerdictComesBackByItself() {
    look(UNHEALTHY);
    look(HEALTHY);
    assertThat(component.status()).isEqualTo(UNHEALTHY);
    look(HEALTHY);
    assertThat(component.status()).isEqualTo(HEALTHY);
  }

  @Test
  void betterAndWorseDoNotAddUp() {
    look(DEGRADED);
    look(UNHEALTHY);
    look(HEALTHY);
    look(UNHEALTHY);
    look(HEALTHY);
    assertThat(component.status()).isEqualTo(DEGRADED);
  }

  @Test
  void aCheckThatStillRunsAnswersEverybodyWhoAsks() {
    AtomicInteger started = new AtomicInteger();
    Promise<Finding> answer = Promise.promise();
    Component slow = new Component(() -> {
      started.incrementAndGet();
      return answer.future();
    }, HealthOptions.DEFAULTS);
    Future<Finding> first = slow.look();
    Future<Finding> second = slow.look();
    assertThat(started).hasValue(1);

    answer.complete(Finding.healthy("at last"));
    assertThat(first.result().message()).isEqualTo("at last");
    assertThat(second.result().message()).isEqualTo("at last");
    assertThat(slow.look().succeeded()).isTrue();
    assertThat(started).hasValue(2);
  }

  private void look(HealthStatus status) {
    component.found(new Finding(status, "because"), Instant.EPOCH);
  }
}
