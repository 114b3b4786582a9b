package io.aiconexus.peer;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** How a test's thread waits for what happens on a context. */
final class Waiting {

  private static final int PATIENCE_SECONDS = 20;

  private Waiting() {
  }

  static <T> T await(Future<T> future) {
    try {
      return future.await(PATIENCE_SECONDS, SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no outcome within " + PATIENCE_SECONDS + " s", e);
    }
  }

  static Throwable causeOf(Future<?> future) {
    return await(future.transform(outcome -> outcome.failed() ? Future.succeededFuture(outcome.cause())
      : Future.failedFuture(new AssertionError("it succeeded with " + outcome.result()))));
  }

  /** What {@code call} returns on {@code context}. */
  static <T> T on(Context context, Supplier<T> call) {
    Promise<T> returned = Promise.promise();
    context.runOnContext(now -> Future.succeededFuture().map(here -> call.get()).onComplete(returned));
    return await(returned.future());
  }
}
