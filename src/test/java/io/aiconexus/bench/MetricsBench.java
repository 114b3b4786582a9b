package io.aiconexus.bench;

import io.aiconexus.AIConexus;
import io.aiconexus.NodeOptions;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.metrics.ProcessMetrics;
import io.aiconexus.peer.Agent;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What it costs to be watched: the relay with metrics against the relay without, in one run, and what a scrape takes
 * of a node that is full.
 * <p>
 * Arguments: pairs (100), rounds (3), seconds per measurement (4), sessions (5000), links (500). The rounds alternate
 * and each begins with the other kind. On a machine with neighbours believe the processor time, not the rate.
 */
public final class MetricsBench {

  private static final List<String> FIGURES =
    List.of("messages_per_second", "cpu_nanos_per_message", "bytes_per_message", "p50_micros", "p99_micros");
  private static final int IDLE = 100;
  private static final int SCRAPES = 100;

  private MetricsBench() {
  }

  /** Runs both and prints tables. */
  public static void main(String[] arguments) throws Exception {
    relay(RelayBench.argument(arguments, 0, 100), RelayBench.argument(arguments, 1, 3),
      RelayBench.argument(arguments, 2, 4));
    scrape(RelayBench.argument(arguments, 3, 5_000), RelayBench.argument(arguments, 4, 500));
  }

  private static void relay(int pairs, int rounds, int seconds) throws Exception {
    List<JsonObject> off = new ArrayList<>();
    List<JsonObject> on = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      boolean first = round % 2 == 0;
      (first ? off : on).add(RelayBench.measure(first ? "gateway" : "watched", pairs, seconds, IDLE));
      (first ? on : off).add(RelayBench.measure(first ? "watched" : "gateway", pairs, seconds, IDLE));
    }
    System.out.printf("%n%-28s %12s %12s %8s   (medians of %d rounds, %d pairs)%n", "metrics", "off", "on", "ratio",
      rounds, pairs);
    for (String figure : FIGURES) {
      double without = RelayBench.median(off, figure);
      double with = RelayBench.median(on, figure);
      System.out.printf(Locale.ROOT, "%-28s %12.0f %12.0f %8.3f%n", figure, without, with, with / without);
    }
  }

  private static void scrape(int sessions, int links) throws Exception {
    ProcessMetrics metrics = new ProcessMetrics();
    Vertx vertx = metrics.counting(Vertx.builder()).build();
    AIConexus node = AIConexus.builder(vertx).meterRegistry(metrics.registry()).options(NodeOptions.from(settings()))
      .deploy().await(60, TimeUnit.SECONDS);
    int port = node.signalingPort().orElseThrow();
    List<RelayClient> idle = RelayLoad.join("gateway", port, RelayLoad.keys(sessions));
    Agent hub = node.host(AgentKey.generate()).await(10, TimeUnit.SECONDS);
    for (int i = 0; i < links; i++) {
      Agent other = node.host(AgentKey.generate()).await(10, TimeUnit.SECONDS);
      hub.connect(other.did()).await(30, TimeUnit.SECONDS);
    }
    System.out.printf("%n%d idle sessions, %d links with both ends here%n", idle.size(), links);
    for (String path : List.of("/metrics", "/status", "/health")) {
      measure(port, path);
    }
    for (RelayClient client : idle) {
      client.channel.close();
    }
    node.close().await(60, TimeUnit.SECONDS);
    vertx.close().await(60, TimeUnit.SECONDS);
    metrics.close();
  }

  private static JsonObject settings() {
    return new JsonObject().put("webrtc", new JsonObject().put("engine", "jvm"))
      .put("signaling", new JsonObject().put("port", 0).put("max_sessions", 100_000)
        .put("max_sessions_per_address", 100_000).put("handshakes_per_second", 100_000).put("resume_window_ms", 0));
  }

  private static void measure(int port, String path) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    Histogram micros = new Histogram(3);
    int bytes = 0;
    for (int i = 0; i < 2 * SCRAPES; i++) {
      long start = System.nanoTime();
      bytes = client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body().length;
      if (i >= SCRAPES) {
        micros.recordValue((System.nanoTime() - start) / 1_000);
      }
    }
    System.out.printf(Locale.ROOT, "%-10s %8d bytes, p50 %6d us, p99 %6d us%n", path, bytes,
      micros.getValueAtPercentile(50), micros.getValueAtPercentile(99));
  }
}
