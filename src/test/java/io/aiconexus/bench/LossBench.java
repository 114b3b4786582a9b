package io.aiconexus.bench;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.aiconexus.webrtc.Engine;
import io.aiconexus.webrtc.LossyPath;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What one ordered channel carries over a path with delay and loss, in messages of 16 KiB: the engine in Java, libwebrtc,
 * and each as the sender towards the other, in turns.
 * <p>
 * Arguments: delay of each direction in ms (20), turns (3), seconds of each measurement (10, after 3 that are not
 * counted). The median of the turns is printed, each turn with losses of its own, the same for all four.
 */
public final class LossBench {

  private static final double[] LOSSES = {0, 0.001, 0.01, 0.05};
  private static final int MESSAGE = 16_384;
  private static final int QUEUED = 1 << 20;
  private static final int WARM_UP_SECONDS = 3;

  private final Vertx vertx;
  private final Engine jvm;
  private final Engine lib;
  private final Duration delay;
  private final int turns;
  private final int seconds;

  private LossBench(Vertx vertx, Engine jvm, Engine lib, Duration delay, int turns, int seconds) {
    this.vertx = vertx;
    this.jvm = jvm;
    this.lib = lib;
    this.delay = delay;
    this.turns = turns;
    this.seconds = seconds;
  }

  /** Who sends to whom. */
  private record Direction(Engine from, Engine to) {

    String name() {
      return from.name() + " to " + to.name();
    }
  }

  /** Runs it and prints a line for each share of loss. */
  public static void main(String[] args) throws Exception {
    int millis = args.length > 0 ? Integer.parseInt(args[0]) : 20;
    int turns = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 10;
    try (BenchEngine jvm = BenchEngine.named("jvm")) {
      Engine lib = BenchEngine.choose(jvm.vertx(), "native");
      LossBench bench = new LossBench(jvm.vertx(), jvm.engine(), lib, Duration.ofMillis(millis), turns, seconds);
      for (double loss : LOSSES) {
        bench.print(loss);
      }
      BenchEngine.await(lib.close());
    }
  }

  private void print(double loss) throws Exception {
    List<Direction> directions = List.of(new Direction(lib, lib), new Direction(jvm, jvm), new Direction(jvm, lib),
      new Direction(lib, jvm));
    double[][] rates = new double[directions.size()][turns];
    for (int turn = 0; turn < turns; turn++) {
      for (int i = 0; i < rates.length; i++) {
        rates[i][turn] = measure(directions.get(i), loss, turn);
      }
    }
    double base = median(rates[0]);
    System.out.printf(Locale.ROOT, "%4.1f %% lost, %d ms each way:", 100 * loss, delay.toMillis());
    IntStream.range(0, rates.length).forEach(i -> System.out.printf(Locale.ROOT, "  %s %.2f MB/s (%.2f)",
      directions.get(i).name(), median(rates[i]), median(rates[i]) / base));
    System.out.println();
  }

  private double measure(Direction direction, double loss, long seed) throws Exception {
    try (LossyPath path = new LossyPath(loss, 0, delay, seed)) {
      BenchPair pair = BenchEngine.await(BenchPair.connect(vertx, direction.from, direction.to, path));
      double rate = flood(pair);
      BenchEngine.await(pair.close());
      return rate;
    }
  }

  private double flood(BenchPair pair) {
    Promise<Double> rate = Promise.promise();
    Buffer message = Buffer.buffer(new byte[MESSAGE]);
    pair.context.runOnContext(now -> {
      long[] got = {0};
      pair.b.onMessage = data -> got[0] += data.length();
      pair.a.channel.bufferedAmountLowThreshold(QUEUED / 2);
      pair.a.onLow = () -> {
        while (pair.a.channel.bufferedAmount() < QUEUED) {
          pair.a.channel.send(message, true).onFailure(rate::tryFail);
        }
      };
      pair.a.onLow.run();
      vertx.timer(WARM_UP_SECONDS, SECONDS).onSuccess(warm -> {
        long before = got[0];
        long start = System.nanoTime();
        vertx.timer(seconds, SECONDS).onSuccess(end -> {
          pair.a.onLow = () -> { };
          rate.tryComplete((got[0] - before) * 1e3 / (System.nanoTime() - start));
        });
      });
    });
    return BenchEngine.await(rate.future());
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
