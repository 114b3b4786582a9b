package io.aiconexus.bench;

import io.aiconexus.trouble.Crowd;
import io.aiconexus.trouble.SupervisedPair;
import java.util.Locale;

/**
 * How supervised links do when things break.
 * <p>
 * Arguments, one of: {@code connects ENGINE COUNT} (jvm 1000: one signaling message in five is dropped),
 * {@code lossy ENGINE COUNT} (jvm 1000: one packet in twenty is lost, between namespaces, as root),
 * {@code recovery ENGINE} (jvm: from another address to data again, by ICE restart and by rebuild, as root),
 * {@code restart COUNT} (500: agents whose gateway is killed), {@code outage COUNT} (1000: retries in ten minutes of
 * virtual time).
 */
public final class SuperviseBench {

  private static final double DROPPED = 0.2;
  private static final int AT_ONCE = 250;
  private static final int ATTEMPT_TIMEOUT_MS = 5_000;
  private static final int LOSS_PERCENT = 5;

  private SuperviseBench() {
  }

  /** Runs the one that is named. */
  public static void main(String[] args) throws Exception {
    String what = args.length > 0 ? args[0] : "";
    switch (what) {
      case "connects" -> new SupervisedConnects().run(engine(args), count(args, 2, 1_000), DROPPED, AT_ONCE,
        ATTEMPT_TIMEOUT_MS);
      case "lossy" -> lossy(engine(args), count(args, 2, 1_000));
      case "recovery" -> recovery(engine(args));
      case "restart" -> restart(count(args, 1, 500));
      case "outage" -> new RetryOutage(count(args, 1, 1_000)).run();
      default -> System.out.println("Usage: supervise connects|lossy|recovery|restart|outage [ENGINE] [COUNT]");
    }
  }

  private static void lossy(String engine, int count) {
    try (SupervisedPair pair = new SupervisedPair(engine)) {
      pair.loseEverywhere(LOSS_PERCENT);
      System.out.println(engine + ": " + pair.connectAgainAndAgain(count));
    }
  }

  private static void recovery(String engine) {
    for (int restarts : new int[] {3, 0}) {
      try (SupervisedPair pair = new SupervisedPair(engine, 0, restarts, 7_000)) {
        pair.supervise();
        pair.assertEchoes();
        long cut = System.nanoTime();
        pair.moveNear();
        String how = pair.nextRecovery();
        pair.assertEchoes();
        System.out.printf(Locale.ROOT, "%s, %d ICE restarts allowed: data again after %d ms (%s)%n", engine, restarts,
          (System.nanoTime() - cut) / 1_000_000, how);
      }
    }
  }

  private static void restart(int count) throws Exception {
    try (Crowd crowd = new Crowd()) {
      System.out.println(crowd.outliveARestart(count, Math.max(1, count / 10)));
    }
  }

  private static String engine(String[] args) {
    return args.length > 1 ? args[1] : "jvm";
  }

  private static int count(String[] args, int index, int otherwise) {
    return args.length > index ? Integer.parseInt(args[index]) : otherwise;
  }
}
