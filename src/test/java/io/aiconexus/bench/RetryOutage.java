package io.aiconexus.bench;

import io.aiconexus.bus.Failure;
import io.aiconexus.retry.RetryBudget;
import io.aiconexus.retry.RetryPolicy;
import io.aiconexus.retry.RetrySupervisor;
import io.aiconexus.retry.VirtualTimers;
import io.vertx.core.Future;
import java.util.Random;

/** How many attempts a node makes while nothing can be reached for ten minutes of virtual time. */
final class RetryOutage {

  private static final long OUTAGE_MS = 600_000;
  private static final int SECOND_MS = 1_000;

  private final int links;

  RetryOutage(int links) {
    this.links = links;
  }

  void run() {
    System.out.println(links + " links, all lost at once; " + OUTAGE_MS / SECOND_MS + " s without any success");
    measure("with the budget (20 % and 10 a second)", true);
    measure("without a budget", false);
  }

  private void measure(String name, boolean budgeted) {
    VirtualTimers timers = new VirtualTimers();
    Random random = new Random(1);
    RetryBudget budget = new RetryBudget(RetryBudget.RATIO, RetryBudget.PER_SECOND, timers::nowMs);
    int[] inSecond = new int[(int) (OUTAGE_MS / SECOND_MS) + 1];
    for (int i = 0; i < links; i++) {
      RetrySupervisor<Void> run = new RetrySupervisor<>(() -> {
        inSecond[(int) (timers.nowMs() / SECOND_MS)]++;
        return Future.failedFuture(Failure.TIMEOUT.because("an outage"));
      }, RetryPolicy.DEFAULTS, timers, random);
      if (budgeted) {
        run.drawingOn(budget, "link " + i);
      }
      run.start();
    }
    timers.advance(OUTAGE_MS);
    int sum = 0;
    int most = 0;
    for (int second = 0; second < inSecond.length; second++) {
      sum += inSecond[second];
      most = second == 0 ? most : Math.max(most, inSecond[second]);
    }
    System.out.println(name + ": " + (sum - links) + " retries, at most " + most + " in one second after the first");
  }
}
