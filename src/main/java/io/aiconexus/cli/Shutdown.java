package io.aiconexus.cli;

import io.vertx.core.Future;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Ends the process in order when SIGINT or SIGTERM asks for it. */
final class Shutdown {

  private static final long GRACE_SECONDS = 30;
  private static final CountDownLatch NEVER = new CountDownLatch(1);

  private Shutdown() {
  }

  /** Closes {@code what} before the JVM goes, for at most 30 s. */
  static void onSignal(Supplier<Future<Void>> what) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      try {
        what.get().await(GRACE_SECONDS, TimeUnit.SECONDS);
      } catch (Exception e) {
        System.err.println("did not stop in order: " + e.getMessage());
      }
    }, "shutdown"));
  }

  /** Keeps the main thread until a signal ends the process. */
  static int untilAsked() throws InterruptedException {
    NEVER.await();
    return 0;
  }
}
