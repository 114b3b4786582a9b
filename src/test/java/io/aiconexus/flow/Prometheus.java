package io.aiconexus.flow;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Prometheus of the distribution on a port of the system's choice, scraping one node once a second. */
final class Prometheus implements AutoCloseable {

  private static final Pattern LISTENING = Pattern.compile("msg=\"Listening on\" address=(\\S+)");

  private final Process process;
  private final String address;

  private Prometheus(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  static boolean isInstalled(String tool) {
    return Stream.of(System.getenv("PATH").split(":")).anyMatch(each -> Files.isExecutable(Path.of(each, tool)));
  }

  static Prometheus scraping(int port, Path directory) throws IOException {
    Path configuration = directory.resolve("prometheus.yml");
    Files.writeString(configuration, """
      global: {scrape_interval: 1s}
      scrape_configs:
        - job_name: aiconexus
          static_configs: [{targets: ["127.0.0.1:%d"]}]
      """.formatted(port));
    Process process = new ProcessBuilder("prometheus", "--config.file=" + configuration,
      "--storage.tsdb.path=" + directory.resolve("data"), "--web.listen-address=127.0.0.1:0")
      .redirectErrorStream(true).start();
    BufferedReader log = process.inputReader();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        Thread rest = new Thread(() -> log.lines().forEach(ignored -> { }), "prometheus-log");
        rest.setDaemon(true);
        rest.start();
        return new Prometheus(process, listening.group(1));
      }
    }
    process.destroyForcibly();
    throw new IOException("prometheus did not start");
  }

  /** The answer to a query as JSON text. */
  String query(String expression) throws IOException, InterruptedException {
    URI uri =
      URI.create("http://" + address + "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
    return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
      .body();
  }

  @Override
  public void close() throws InterruptedException {
    // Process.destroy would close the streams under the thread that reads them.
    process.toHandle().destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  /** What the tool says to {@code input}; fails with it unless it exits with 0. */
  static String run(List<String> command, String input) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.outputWriter().append(input).close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
    return said;
  }
}
