package io.aiconexus.peer;

import io.vertx.core.Context;
import io.vertx.core.Handler;

/**
 * Calls the application's handlers. What one throws goes where everything goes that is thrown on a Vert.x context, its
 * exception handler, and breaks nothing here.
 */
final class UserCode {

  private UserCode() {
  }

  /** Calls {@code handler}, unless it is null, on {@code context} after whatever runs there now. */
  static <T> void later(Context context, Handler<T> handler, T value) {
    if (handler != null) {
      context.runOnContext(now -> handler.handle(value));
    }
  }

  /** Calls {@code handler} at once; for messages, of which there are many. */
  static <T> void now(Context context, Handler<T> handler, T value) {
    try {
      handler.handle(value);
    } catch (RuntimeException | Error broken) {
      context.runOnContext(rethrown -> {
        throw broken;
      });
    }
  }
}
