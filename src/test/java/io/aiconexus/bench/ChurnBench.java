package io.aiconexus.bench;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens and closes connections, and says what they left behind: descriptors, and resident memory per connection.
 * <p>
 * Arguments: engine (native), connections (10,000). Linux only. Run it with a small heap that is touched beforehand
 * ({@code -Xms64m -Xmx64m -XX:+AlwaysPreTouch}), or the heap's own growth is measured too.
 */
public final class ChurnBench {

  private static final int AT_ONCE = 8;
  private static final int WARM_UP = 600;

  private ChurnBench() {
  }

  /** Runs it and prints one line of JSON. */
  public static void main(String[] args) throws IOException {
    String name = args.length > 0 ? args[0] : "native";
    int connections = args.length > 1 ? Integer.parseInt(args[1]) : 10_000;
    JsonObject result = new JsonObject().put("engine", name).put("connections", connections);
    try (BenchEngine bench = BenchEngine.named(name)) {
      churn(bench, WARM_UP);
      long descriptors = OwnProcess.descriptors();
      long resident = OwnProcess.residentKib();
      long start = System.nanoTime();
      churn(bench, connections);
      double seconds = (System.nanoTime() - start) / 1e9;
      System.gc();
      long grown = OwnProcess.residentKib() - resident;
      result.put("descriptors_before", descriptors).put("descriptors_after", OwnProcess.descriptors())
        .put("rss_kib_before", resident).put("rss_kib_grown", grown)
        .put("kib_per_connection", Math.round(100.0 * grown / connections) / 100.0)
        .put("connections_per_second", Math.round(connections / seconds))
        .put("left", bench.engine().status().connections());
    }
    System.out.println(result.encode());
  }

  private static void churn(BenchEngine bench, int connections) {
    for (int done = 0; done < connections; done += 2 * AT_ONCE) {
      List<Future<Void>> round = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        round.add(BenchPair.connect(bench.vertx(), bench.engine()).compose(BenchPair::close));
      }
      BenchEngine.await(Future.join(round));
    }
  }
}
