package io.aiconexus.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.ExecResponse;
import io.aiconexus.protocol.Intent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestsTest {

  private static final long LONG_MS = 600_000;
  private static final Intent ANSWER = new Intent(new JsonObject().put("status", "done"));

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Context context = vertx.getOrCreateContext();
  private final Requests requests = new Requests(vertx);
  private final Did bob = AgentKey.generate().did();
  private final Did cat = AgentKey.generate().did();

  @AfterEach
  void stop() {
    Waiting.await(vertx.close());
  }

  @Test
  void theAnswerReachesWhoWaitsForItOnce() {
    Future<Intent> answer = expect("m1", LONG_MS);

    assertThat(answer("m1", bob)).isTrue();

    assertThat(answer.result()).isSameAs(ANSWER);
    assertThat(answer("m1", bob)).as("once").isFalse();
  }

  @Test
  void anAnswerOfAnotherAgentOrTypeOrToAnotherMessageIsNone() {
    Future<Intent> answer = expect("m1", LONG_MS);

    assertThat(answer("m1", cat)).isFalse();
    assertThat(answer("m2", bob)).isFalse();
    assertThat(answer(null, bob)).isFalse();
    assertThat(on(() -> requests.answer("m1", bob, new ExecResponse(true, 1, null, 0)))).isFalse();
    assertThat(answer.isComplete()).isFalse();
    assertThat(answer("m1", bob)).as("the right one still counts").isTrue();
  }

  @Test
  void noAnswerInTimeIsATimeoutThatNamesWhoWasAsked() {
    Throwable late = Waiting.causeOf(expect("m1", 1));

    assertThat(Failure.of(late)).isEqualTo(Failure.TIMEOUT);
    assertThat(late).hasMessage(bob + " did not answer within 1 ms");
    assertThat(answer("m1", bob)).as("too late").isFalse();
  }

  @Test
  void theTimeoutOfAnAnsweredRequestIsOver() {
    expect("m1", 20);
    answer("m1", bob);
    Future<Intent> sameId = expect("m1", LONG_MS);

    Waiting.await(on(() -> vertx.timer(21)));

    assertThat(sameId.isComplete()).isFalse();
  }

  @Test
  void aRequestFailsOnlyByWhomItWentToOrByThisEnd() {
    RuntimeException cause = Failure.UNKNOWN_AGENT.because("as a test does");
    Future<Intent> first = expect("m1", LONG_MS);
    Future<Intent> second = expect("m2", LONG_MS);

    assertThat(fail("m1", cat, cause)).isFalse();
    assertThat(fail("m3", bob, cause)).isFalse();
    assertThat(fail(null, null, cause)).isFalse();
    assertThat(first.isComplete()).isFalse();
    assertThat(fail("m1", bob, cause)).isTrue();
    assertThat(fail("m2", null, cause)).isTrue();
    assertThat(first.cause()).isSameAs(cause);
    assertThat(second.cause()).isSameAs(cause);
    assertThat(fail("m1", bob, cause)).as("once").isFalse();
  }

  @Test
  void allOfThemEndTogether() {
    RuntimeException cause = Failure.CANCELLED.because("as a test does");
    Future<Intent> first = expect("m1", LONG_MS);
    Future<Intent> second = expect("m2", LONG_MS);

    on(() -> {
      requests.failAll(cause);
      return null;
    });

    assertThat(first.cause()).isSameAs(cause);
    assertThat(second.cause()).isSameAs(cause);
    assertThat(answer("m1", bob)).isFalse();
  }

  @Test
  void whoAsksAgainWhenAllEndIsNotForgotten() {
    Future<Intent> first = expect("m1", LONG_MS);
    Promise<Intent> second = Promise.promise();
    first.onFailure(cause -> requests.expect("m2", bob, Intent.class, LONG_MS).onComplete(second));

    on(() -> {
      requests.failAll(Failure.CANCELLED.because("as a test does"));
      return null;
    });

    assertThat(answer("m2", bob)).isTrue();
    assertThat(second.future().result()).isSameAs(ANSWER);
  }

  private Future<Intent> expect(String id, long timeoutMs) {
    return on(() -> requests.expect(id, bob, Intent.class, timeoutMs));
  }

  private boolean answer(String id, Did from) {
    return on(() -> requests.answer(id, from, ANSWER));
  }

  private boolean fail(String id, Did to, Throwable cause) {
    return on(() -> requests.fail(id, to, cause));
  }

  private <T> T on(Supplier<T> call) {
    return Waiting.on(context, call);
  }
}
