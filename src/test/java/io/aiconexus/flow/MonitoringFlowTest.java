package io.aiconexus.flow;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.aiconexus.AIConexus;
import io.aiconexus.NodeOptions;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.metrics.ProcessMetrics;
import io.aiconexus.peer.Agent;
import io.aiconexus.peer.Link;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in {@code docker/monitoring}, tried with the tools it is made for on a node that works. */
class MonitoringFlowTest {

  private static final Path MONITORING = Path.of("docker/monitoring");
  private static final Pattern NAME =
    Pattern.compile("\\b(?:webrtc|signaling|retry|health|admin|cluster|process|jvm)_[a-z_]+\\b");
  /** What a node shows only once something went wrong on it, or in a cluster; a query of these may find nothing. */
  private static final Set<String> RARE = Set.of("webrtc_errors_total", "webrtc_connection_failures_total",
    "signaling_auth_failures_total", "signaling_refusals_total", "retry_failures_total", "cluster_nodes");

  private final ProcessMetrics metrics = new ProcessMetrics();
  private final Vertx vertx = metrics.counting(Vertx.builder()).build();
  private AIConexus node;

  @BeforeEach
  void start() throws Exception {
    node = AIConexus.builder(vertx).meterRegistry(metrics.registry()).options(NodeOptions.from(new JsonObject()
      .put("webrtc", new JsonObject().put("engine", "jvm"))
      .put("signaling", new JsonObject().put("port", 0).put("instances", 1)))).deploy().await(20, SECONDS);
  }

  @AfterEach
  void stop() throws Exception {
    node.close().await(10, SECONDS);
    vertx.close().await(10, SECONDS);
    metrics.close();
  }

  @Test
  void promtoolFindsNoFaultWithAScrape() throws Exception {
    assumeThat(Prometheus.isInstalled("promtool")).as("promtool is installed").isTrue();
    work();
    String scrape = scrape();

    assertThat(scrape).contains("webrtc_peer_connections_total", "jvm_memory_used_bytes", "vertx_eventbus");
    assertThat(Prometheus.run(List.of("promtool", "check", "metrics"), scrape)).isEmpty();
  }

  @Test
  void theAlertsFireAsTheirTestsSay() throws Exception {
    assumeThat(Prometheus.isInstalled("promtool")).as("promtool is installed").isTrue();
    for (List<String> command : List.of(List.of("check", "config", "prometheus.yml"),
      List.of("check", "rules", "alerts.yml"), List.of("test", "rules", "alerts.test.yml"))) {
      assertThat(Prometheus.run(List.of("promtool", command.get(0), command.get(1),
        MONITORING.resolve(command.get(2)).toString()), "")).contains("SUCCESS").doesNotContain("FAILED");
    }
  }

  @Test
  void everyAlertHasATestAndNamesAMeter() throws Exception {
    String alerts = Files.readString(MONITORING.resolve("alerts.yml"));
    String tests = Files.readString(MONITORING.resolve("alerts.test.yml"));
    Matcher alert = Pattern.compile("alert: (\\w+)").matcher(alerts);
    List<String> names = new ArrayList<>();
    while (alert.find()) {
      names.add(alert.group(1));
    }
    assertThat(names).hasSizeGreaterThan(10).allSatisfy(name ->
      assertThat(tests).contains("alertname: " + name + "\n        exp_alerts:"));
    await(() -> scrape().contains("webrtc_engine_available") && scrape().contains("health_check_age_seconds"));
    work();
    await(() -> scrape().contains("signaling_messages_total"));
    assertThat(namesIn(alerts)).isNotEmpty().allSatisfy(this::isKnown);
  }

  @Test
  void aPrometheusAnswersEveryQueryOfTheDashboards(@TempDir Path directory) throws Exception {
    assumeThat(Prometheus.isInstalled("prometheus")).as("prometheus is installed").isTrue();
    work();
    List<String> queries = queries();
    try (Prometheus prometheus = Prometheus.scraping(node.signalingPort().orElseThrow(), directory)) {
      await(() -> found(prometheus, "sum(rate(webrtc_round_trip_time_seconds_count[1m]))")
        && prometheus.query("sum(webrtc_peer_connections_active)").contains("\"2\"")
        && found(prometheus, "sum(rate(signaling_closes_total[1m]))")
        && found(prometheus, "sum(rate(webrtc_peer_connections_closed_total[1m]))")
        && found(prometheus, "sum(rate(retry_recovered_total[1m]))"));
      assertThat(queries).hasSizeGreaterThan(50).allSatisfy(query -> {
        assertThat(prometheus.query(query)).as(query).contains("\"status\":\"success\"");
        assertThat(namesIn(query)).as(query).isNotEmpty().allSatisfy(this::isKnown);
        if (RARE.stream().noneMatch(query::contains)) {
          assertThat(found(prometheus, query)).as("a result of %s", query).isTrue();
        }
      });
    }
  }

  @Test
  void theDashboardsAreWhereTheirProvisioningLooks() throws Exception {
    Path grafana = MONITORING.resolve("grafana");
    String source = Files.readString(grafana.resolve("provisioning/datasources/prometheus.yml"));
    String dashboards = Files.readString(grafana.resolve("provisioning/dashboards/aiconexus.yml"));

    assertThat(source).contains("type: prometheus", "isDefault: true");
    assertThat(dashboards).contains("path: /var/lib/grafana/dashboards");
    assertThat(dashboards()).extracting(each -> each.getString("uid"))
      .containsExactlyInAnyOrder("aiconexus-gateway", "aiconexus-links");
  }

  /** Two agents with a supervised link and a message on it; a third that has been; a collection of garbage. */
  private void work() throws Exception {
    Agent ann = node.host(AgentKey.generate()).await(10, SECONDS);
    Agent bob = node.host(AgentKey.generate()).await(10, SECONDS);
    Agent guest = node.host(AgentKey.generate()).await(10, SECONDS);
    guest.connect(bob.did()).await(20, SECONDS).close().await(10, SECONDS);
    node.unhost(guest.did()).await(10, SECONDS);
    System.gc();
    node.supervise(ann.did(), bob.did()).await(10, SECONDS);
    Link link = ann.connect(bob.did()).await(20, SECONDS);
    link.channel("data").compose(channel -> channel.write(Buffer.buffer("hello"))).await(10, SECONDS);
  }

  private static boolean found(Prometheus prometheus, String query) throws IOException, InterruptedException {
    String text = prometheus.query(query);
    // Until it has begun it says, in words, that the service is unavailable.
    JsonObject answer = text.startsWith("{") ? new JsonObject(text) : new JsonObject();
    return !answer.getJsonObject("data", new JsonObject()).getJsonArray("result", new JsonArray()).isEmpty();
  }

  private static List<JsonObject> dashboards() throws IOException {
    List<JsonObject> dashboards = new ArrayList<>();
    for (String name : List.of("gateway", "links")) {
      dashboards.add(new JsonObject(Files.readString(MONITORING.resolve("grafana/dashboards/" + name + ".json"))));
    }
    return dashboards;
  }

  private static List<String> queries() throws IOException {
    List<String> queries = new ArrayList<>();
    for (JsonObject dashboard : dashboards()) {
      for (Object panel : dashboard.getJsonArray("panels")) {
        for (Object target : ((JsonObject) panel).getJsonArray("targets")) {
          queries.add(((JsonObject) target).getString("expr").replace("$__rate_interval", "1m")
            .replace("$instance", ".*"));
        }
      }
    }
    return queries;
  }

  private static List<String> namesIn(String text) {
    List<String> names = new ArrayList<>();
    for (Matcher name = NAME.matcher(text); name.find(); ) {
      names.add(name.group());
    }
    return names;
  }

  /** In a scrape of this node or, if it shows up rarely, at least in the documentation. */
  private void isKnown(String name) throws Exception {
    String where = RARE.contains(name) ? Files.readString(Path.of("docs/operations.md")) : scrape();
    assertThat(where).as(name).containsPattern("(?m)\\b" + name + "\\b");
  }

  private String scrape() throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + node.signalingPort().orElseThrow() + "/metrics");
    return HttpClient.newHttpClient().send(
      HttpRequest.newBuilder(uri).version(HttpClient.Version.HTTP_1_1).build(), HttpResponse.BodyHandlers.ofString())
      .body();
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    long end = System.nanoTime() + SECONDS.toNanos(30);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
    }
  }
}
