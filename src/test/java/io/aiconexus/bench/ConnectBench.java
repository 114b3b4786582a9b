package io.aiconexus.bench;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Connects per second through the engine port, 1, 16, 100 and 500 at once, and the same on bare webrtc-java, in turns.
 * <p>
 * Arguments: engine (native), pairs per measurement (400). Both ends are in this process; a pair counts when its
 * channel is open at both ends. Two lanes each. On a machine that
 * others use too, trust the CPU time more than the pairs per second.
 */
public final class ConnectBench {

  private static final int[] AT_ONCE = {1, 16, 100, 500};
  private static final int TURNS = 3;
  private static final int WARM_UP = 1_500;

  private ConnectBench() {
  }

  private record Result(double perSecond, double p50, double p99, double cpu) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%6.0f pairs/s, p50 %7.1f ms, p99 %7.1f ms, %4.1f ms of CPU a pair", perSecond,
        p50, p99, cpu);
    }
  }

  /** Runs it and prints a line for each. */
  public static void main(String[] args) throws InterruptedException {
    String name = args.length > 0 ? args[0] : "native";
    int pairs = args.length > 1 ? Integer.parseInt(args[1]) : 400;
    try (BenchEngine bench = BenchEngine.named(name); BareLane first = new BareLane();
         BareLane second = new BareLane()) {
      List<BareLane> lanes = List.of(first, second);
      int[] turn = {0};
      Supplier<Future<BenchPair>> engine = () -> BenchPair.connect(bench.vertx(), bench.engine());
      Supplier<Future<BarePair>> bare = () -> BarePair.connect(lanes.get(turn[0]++ % lanes.size()));
      measure(engine, BenchPair::close, 16, WARM_UP);
      measure(bare, BarePair::close, 16, WARM_UP);
      for (int atOnce : AT_ONCE) {
        double ratio = 0;
        double cpu = 0;
        for (int i = 0; i < TURNS; i++) {
          Result ours = measure(engine, BenchPair::close, atOnce, pairs);
          Result theirs = measure(bare, BarePair::close, atOnce, pairs);
          ratio += ours.perSecond / theirs.perSecond / TURNS;
          cpu += ours.cpu / theirs.cpu / TURNS;
          System.out.printf(Locale.ROOT, "%3d at once: %s %s%n             bare   %s%n", atOnce, name, ours, theirs);
        }
        System.out.printf(Locale.ROOT, "%3d at once: %s/bare %.2f pairs/s, %.2f CPU%n", atOnce, name, ratio, cpu);
      }
    }
  }

  private static <P> Result measure(Supplier<Future<P>> connect, Function<P, Future<Void>> close, int atOnce, int pairs)
      throws InterruptedException {
    Semaphore room = new Semaphore(atOnce);
    double[] millis = new double[pairs];
    List<Future<P>> made = new ArrayList<>();
    long cpu = OwnProcess.cpuNanos();
    long start = System.nanoTime();
    for (int i = 0; i < pairs; i++) {
      room.acquire();
      int index = i;
      long began = System.nanoTime();
      made.add(connect.get().onComplete(done -> {
        millis[index] = (System.nanoTime() - began) / 1e6;
        room.release();
      }));
    }
    BenchEngine.await(Future.all(made));
    double seconds = (System.nanoTime() - start) / 1e9;
    double cpuMillis = (OwnProcess.cpuNanos() - cpu) / 1e6 / pairs;
    BenchEngine.await(Future.all(made.stream().map(one -> close.apply(one.result())).toList()));
    Arrays.sort(millis);
    return new Result(pairs / seconds, millis[pairs / 2], millis[pairs * 99 / 100], cpuMillis);
  }
}
