package io.aiconexus.bench;

import io.aiconexus.identity.AgentKey;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Measures the gateway's relay against a bare Vert.x relay that only reads the target's id, in one run.
 * <p>
 * Each server is a process of its own on one core, the load a process on another, where {@code taskset} exists. Besides
 * the rates, which busy neighbours spoil, it gives the processor time that the server's event loops spend on a message.
 * Arguments: pairs (100), rounds (3), seconds per measurement (4), idle sessions (5000).
 */
public final class RelayBench {

  private static final int LATENCY_RATE = 2_000;
  private static final int WARM_UP_SECONDS = 20;
  private static final int WARM_UP_MESSAGES = 600_000;
  /** How often the idle sessions register before they are timed: until the compiler has no part in it any more. */
  private static final int WARM_UP_TURNS = 6;

  private RelayBench() {
  }

  /** Runs the comparison; with {@code serve} or {@code load} as first argument it is one of its processes. */
  public static void main(String[] arguments) throws Exception {
    switch (arguments.length == 0 ? "" : arguments[0]) {
      case "serve" -> RelayServer.run(arguments[1]);
      case "load" -> load(arguments[1], Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]),
        Integer.parseInt(arguments[4]), Integer.parseInt(arguments[5]));
      default -> compare(argument(arguments, 0, 100), argument(arguments, 1, 3), argument(arguments, 2, 4),
        argument(arguments, 3, 5000));
    }
  }

  static int argument(String[] arguments, int index, int otherwise) {
    return index < arguments.length ? Integer.parseInt(arguments[index]) : otherwise;
  }

  private static void compare(int pairs, int rounds, int seconds, int idle) throws Exception {
    List<JsonObject> bare = new ArrayList<>();
    List<JsonObject> gateway = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      bare.add(measure("bare", pairs, seconds, idle));
      gateway.add(measure("gateway", pairs, seconds, idle));
    }
    System.out.printf("%n%-28s %12s %12s %8s   (medians of %d rounds, %d pairs)%n", "", "bare", "gateway", "ratio",
      rounds, pairs);
    for (String figure : List.of("messages_per_second", "cpu_nanos_per_message", "p50_micros", "p99_micros",
      "registrations_per_second", "cpu_nanos_per_registration", "heap_per_session", "rss_per_session")) {
      double one = median(bare, figure);
      double other = median(gateway, figure);
      System.out.printf("%-28s %12.0f %12.0f %8.2f%n", figure, one, other, other / one);
    }
  }

  static double median(List<JsonObject> rounds, String figure) {
    double[] values = rounds.stream().mapToDouble(round -> round.getDouble(figure)).sorted().toArray();
    return values[values.length / 2];
  }

  /** The figures of one kind of server: {@code bare}, {@code gateway}, or {@code watched}, a gateway that counts. */
  static JsonObject measure(String kind, int pairs, int seconds, int idle) throws Exception {
    Process server = java(0, "serve", kind);
    try (BufferedReader out = new BufferedReader(new InputStreamReader(server.getInputStream()))) {
      String port = out.readLine().split(" ")[1];
      Process load = java(1, "load", kind, port, String.valueOf(pairs), String.valueOf(seconds), String.valueOf(idle));
      try (BufferedReader figures = new BufferedReader(new InputStreamReader(load.getInputStream()))) {
        long[] warm = status(server, out, figures);
        long[] saturated = status(server, out, figures);
        long[] empty = status(server, out, figures);
        long[] asleep = status(server, out, figures);
        long[] before = status(server, out, figures);
        long[] after = status(server, out, figures);
        JsonObject result = new JsonObject(figures.readLine());
        result.put("cpu_nanos_per_message", (double) (saturated[2] - warm[2]) / result.getLong("messages"))
          .put("bytes_per_message", (double) (saturated[3] - warm[3]) / result.getLong("messages"))
          .put("cpu_nanos_per_registration", (double) (after[2] - before[2]) / idle)
          .put("heap_per_session", (double) (asleep[0] - empty[0]) / idle)
          .put("rss_per_session", (double) (asleep[1] - empty[1]) / idle);
        System.out.println(kind + " " + result.encode());
        return result;
      } finally {
        load.destroy();
      }
    } finally {
      server.getOutputStream().close();
      if (!server.waitFor(10, TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
    }
  }

  /** Waits for the load to say that now is the time, asks the server, and lets the load go on. */
  private static long[] status(Process server, BufferedReader out, BufferedReader figures) throws IOException {
    if (!"NOW".equals(figures.readLine())) {
      throw new IOException("the load ended early");
    }
    server.getOutputStream().write("status\n".getBytes());
    server.getOutputStream().flush();
    return Arrays.stream(out.readLine().split(" ")).skip(1).mapToLong(Long::parseLong).toArray();
  }

  private static Process java(int core, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (Files.exists(Path.of("/usr/bin/taskset")) && Runtime.getRuntime().availableProcessors() > 1) {
      command.addAll(List.of("/usr/bin/taskset", "-c", String.valueOf(core)));
    }
    String java = ProcessHandle.current().info().command().orElse("java");
    command.addAll(List.of(java, "-Xms512m", "-Xmx512m", "-XX:+UseSerialGC"));
    String logging = System.getProperty("logback.configurationFile");
    if (logging != null) {
      command.add("-Dlogback.configurationFile=" + logging);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), RelayBench.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void load(String kind, int port, int pairs, int seconds, int idle) throws Exception {
    RelayLoad load = RelayLoad.connect(kind, port, pairs);
    warmUp(load);
    statusPoint();
    double perSecond = load.saturate(Duration.ofSeconds(seconds));
    long messages = load.delivered();
    statusPoint();
    Histogram micros = load.atRate(LATENCY_RATE, Duration.ofSeconds(seconds));
    leave(RelayLoad.join(kind, port, RelayLoad.keys(500)));
    List<AgentKey> keys = RelayLoad.keys(idle);
    statusPoint();
    List<RelayClient> sleepers = RelayLoad.join(kind, port, keys);
    statusPoint();
    leave(sleepers);
    for (int turn = 0; turn < WARM_UP_TURNS; turn++) {
      leave(RelayLoad.join(kind, port, keys));
    }
    statusPoint();
    long start = System.nanoTime();
    RelayLoad.join(kind, port, keys);
    double registrations = idle * 1e9 / (System.nanoTime() - start);
    statusPoint();
    System.out.println(new JsonObject().put("messages_per_second", perSecond).put("messages", messages)
      .put("p50_micros", (double) micros.getValueAtPercentile(50))
        .put("p99_micros", (double) micros.getValueAtPercentile(99))
      .put("registrations_per_second", registrations).encode());
    System.exit(0);
  }

  /** Until the server's code is compiled, which takes messages and, on a busy machine, patience. */
  private static void warmUp(RelayLoad load) throws IOException {
    long messages = 0;
    for (int seconds = 0; seconds < WARM_UP_SECONDS && messages < WARM_UP_MESSAGES; seconds++) {
      load.saturate(Duration.ofSeconds(1));
      messages += load.delivered();
    }
  }

  private static void leave(List<RelayClient> clients) throws IOException {
    for (RelayClient client : clients) {
      client.leave();
    }
  }

  private static void statusPoint() throws InterruptedException {
    System.out.println("NOW");
    TimeUnit.MILLISECONDS.sleep(1000);
  }
}
