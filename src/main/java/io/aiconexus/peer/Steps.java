package io.aiconexus.peer;

import io.aiconexus.bus.Failure;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** Asynchronous operations one after the other, each when the one before is done or has failed. One context. */
final class Steps {

  private final int max;
  private Future<Void> last = Future.succeededFuture();
  private int waiting;

  /** @param max operations that wait at most */
  Steps(int max) {
    this.max = max;
  }

  /** Runs {@code operation} in its turn; fails with OVERLOADED when too many wait. */
  Future<Void> then(Supplier<Future<Void>> operation) {
    if (waiting >= max) {
      return Future.failedFuture(Failure.OVERLOADED.because(max + " operations wait already"));
    }
    waiting++;
    last = last.transform(before -> operation.get()).onComplete(done -> waiting--);
    return last;
  }
}
