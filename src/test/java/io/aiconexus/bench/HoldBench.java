package io.aiconexus.bench;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What connections cost that are only there: heap, resident memory, descriptors and processor time, and what is left
 * of it when they are closed.
 * <p>
 * Arguments: engine (jvm), connections (500, both ends of a pair count), spans of 20 s that are idle (1): it takes some
 * until the little that still runs is compiled. Linux only. Run it with {@code -Xms1g -Xmx1g -XX:+AlwaysPreTouch}, or
 * the growing heap is measured as resident memory. Prints one line of JSON.
 */
public final class HoldBench {

  private static final int AT_ONCE = 16;
  private static final int WARM_UP = 256;
  private static final int SPAN_SECONDS = 20;

  private HoldBench() {
  }

  /** Memory and descriptors at one moment, after a collection. */
  private record Moment(long heap, long resident, long descriptors) {

    static Moment now() throws IOException {
      System.gc();
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      return new Moment(runtime.totalMemory() - runtime.freeMemory(), OwnProcess.residentKib() * 1024,
        OwnProcess.descriptors());
    }

    JsonObject since(Moment before, int connections) {
      return new JsonObject().put("heap_kib_each", tenths((heap - before.heap) / 1024.0 / connections))
        .put("rss_kib_each", tenths((resident - before.resident) / 1024.0 / connections))
        .put("descriptors_each", tenths((double) (descriptors - before.descriptors) / connections));
    }
  }

  /** Runs it. */
  public static void main(String[] args) throws IOException, InterruptedException {
    String name = args.length > 0 ? args[0] : "jvm";
    int connections = args.length > 1 ? Integer.parseInt(args[1]) : 500;
    int spans = args.length > 2 ? Integer.parseInt(args[2]) : 1;
    JsonObject result = new JsonObject().put("engine", name).put("connections", connections);
    try (BenchEngine bench = BenchEngine.named(name)) {
      close(open(bench, WARM_UP));
      Moment empty = Moment.now();
      List<BenchPair> pairs = open(bench, connections / 2);
      result.put("open", Moment.now().since(empty, connections));
      JsonArray idle = new JsonArray();
      result.put("idle_core_percent", idle);
      for (int i = 0; i < spans; i++) {
        long cpu = OwnProcess.cpuNanos();
        Thread.sleep(SPAN_SECONDS * 1000L);
        idle.add(tenths((OwnProcess.cpuNanos() - cpu) / 1e7 / SPAN_SECONDS));
      }
      close(pairs);
      pairs.clear();
      result.put("closed", Moment.now().since(empty, connections)).put("left", bench.engine().status().connections());
    }
    System.out.println(result.encode());
  }

  private static List<BenchPair> open(BenchEngine bench, int pairs) {
    List<BenchPair> open = new ArrayList<>();
    while (open.size() < pairs) {
      List<Future<BenchPair>> round = IntStream.range(0, Math.min(AT_ONCE, pairs - open.size()))
        .mapToObj(i -> BenchPair.connect(bench.vertx(), bench.engine())).toList();
      BenchEngine.await(Future.all(round));
      round.forEach(one -> open.add(one.result()));
    }
    return open;
  }

  private static void close(List<BenchPair> pairs) {
    BenchEngine.await(Future.all(pairs.stream().map(BenchPair::close).toList()));
  }

  private static double tenths(double value) {
    return Math.round(10 * value) / 10.0;
  }
}
