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

  /**
   * Closes {@code what} before the JVM goes, for at most 30 s. Being told to stop is no failure: the exit status is 0, or
   * 1 when it did not stop in order.
   */
  static void onSignal(Supplier<Future<Void>> what) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      int status = 0;
      try {
        what.get().await(GRACE_SECONDS, TimeUnit.SECONDS);
      } catch (Exception e) {
        System.err.println("aiconexus: did not stop in order: " + e.getMessage());
        status = 1;
      }
      Main.closeOutput();
      Runtime.getRuntime().halt(status);
    }, "shutdown"));
  }

  /** Keeps the main thread until a signal ends the process. */
  static int untilAsked() throws InterruptedException {
    NEVER.await();
    return 0;
  }
}
