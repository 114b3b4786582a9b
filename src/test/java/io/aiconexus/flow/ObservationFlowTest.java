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
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of a running node. */
class ObservationFlowTest {

  private static final Path MONITORING = Path.of("docker/monitoring");
  private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern NAME = Pattern.compile("\\b(?:webrtc|signaling|health|process|jvm)_[a-z_]+\\b");
  /** Closed sets of ours; pools, areas and states of the JVM; pools, codes and sides of Vert.x. */
  private static final Set<String> KNOWN_LABELS = Set.of("type", "outcome", "state", "reason", "code", "status", "check",
    "engine", "part", "how", "le", "quantile", "area", "id", "action", "cause", "gc", "pool_name", "pool_type", "side");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final ProcessMetrics metrics = new ProcessMetrics();
  private final Vertx vertx = metrics.counting(Vertx.builder()).build();
  private AIConexus node;

  @BeforeEach
  void start() throws Exception {
    node = deploy(new JsonObject());
  }

  @AfterEach
  void stop() throws Exception {
    node.close().await(10, SECONDS);
    vertx.close().await(10, SECONDS);
    metrics.close();
  }

  @Test
  void aLinkThatComesAndGoesIsSeen() throws Exception {
    Agent ann = node.host(AgentKey.generate()).await(10, SECONDS);
    Agent bob = node.host(AgentKey.generate()).await(10, SECONDS);
    Link link = ann.connect(bob.did()).await(20, SECONDS);
    link.channel("data").compose(channel -> channel.write(Buffer.buffer("hello"))).await(10, SECONDS);

    awaitScrape("webrtc_peer_connections_active 2.0", "webrtc_peer_state{state=\"connected\"} 2.0",
      "webrtc_peer_connections_total 2.0", "webrtc_connection_time_seconds_count 2", "webrtc_agents_hosted 2.0",
      "signaling_agents 2.0", "signaling_registrations_total 2.0", "webrtc_engine_available{engine=\"loopback\"} 1.0",
      "signaling_messages_total{outcome=\"delivered\",type=\"OFFER\"} 1.0");

    link.close().await(10, SECONDS);
    node.unhost(bob.did()).await(10, SECONDS);
    awaitScrape("webrtc_peer_connections_active 0.0", "webrtc_peer_state{state=\"connected\"} 0.0",
      "webrtc_agents_hosted 1.0", "signaling_agents 1.0",
      "webrtc_peer_connections_closed_total{reason=\"cancelled\"}");
  }

  @Test
  void noLabelIsOfTheClientsMaking() throws Exception {
    Agent ann = node.host(AgentKey.generate()).await(10, SECONDS);
    Agent bob = node.host(AgentKey.generate()).await(10, SECONDS);
    ann.connect(bob.did()).await(20, SECONDS);
    for (int i = 0; i < 50; i++) {
      HTTP.send(HttpRequest.newBuilder(uri("/no/such/path/" + i))
        .method("X" + i, HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.discarding());
    }
    String scrape = awaitScrape("webrtc_peer_connections_active 2.0", "outcome=\"delivered\"");

    Map<String, Set<String>> values = new TreeMap<>();
    scrape.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
      for (Matcher label = LABEL.matcher(line); label.find(); ) {
        values.computeIfAbsent(label.group(1), name -> new TreeSet<>()).add(label.group(2));
      }
    });
    // A label that is not here yet: say why its values are few, then add it.
    assertThat(KNOWN_LABELS).containsAll(values.keySet());
    assertThat(values).containsKeys("state", "type", "outcome", "check", "le").allSatisfy((name, seen) -> {
      assertThat(seen).as(name).hasSizeLessThan(50);
      assertThat(seen).as(name).noneMatch(value -> value.contains("did:")
        || value.matches(".*[0-9a-f]{8}-[0-9a-f]{4}.*")
        || value.matches(".*\\d+\\.\\d+\\.\\d+\\.\\d+.*") || value.contains("no/such/path") || value.matches("X\\d+"));
    });
  }

  @Test
  void theFormatIsTheOneAskedFor() throws Exception {
    assertThat(get("/metrics", "*/*").headers().firstValue("content-type"))
      .hasValue("text/plain; version=0.0.4; charset=utf-8");
    HttpResponse<String> open = get("/metrics", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
    assertThat(open.headers().firstValue("content-type"))
      .hasValue("application/openmetrics-text; version=1.0.0; charset=utf-8");
    assertThat(open.body()).endsWith("# EOF\n");
  }

  @Test
  void theHealthOfANodeIsOnItsPage() throws Exception {
    await(() -> get("/health/started", "*/*").statusCode() == 200);
    JsonObject health = new JsonObject(get("/health", "*/*").body());

    assertThat(health.getJsonObject("components").fieldNames()).containsExactlyInAnyOrder("memory", "disk", "network",
      "event_bus", "webrtc", "event_loop", "file_descriptors");
    String page = Files.readString(Path.of("docs/operations.md"));
    assertThat(health.getJsonObject("components").fieldNames()).allSatisfy(check ->
      assertThat(page).contains("| `" + check + "` |"));
    assertThat(get("/health/live", "*/*").statusCode()).isEqualTo(200);
  }

  @Test
  void anAdminPortTakesTheMetricsAway() throws Exception {
    AIConexus other = AIConexus.builder(vertx)
      .options(options(new JsonObject().put("admin", new JsonObject().put("port", 0)))).deploy().await(20, SECONDS);
    try {
      int admin = other.adminPort().orElseThrow();
      int gateway = other.signalingPort().orElseThrow();
      assertThat(get(admin, "/metrics", "*/*").statusCode()).isEqualTo(200);
      assertThat(get(admin, "/health/live", "*/*").statusCode()).isEqualTo(200);
      assertThat(get(gateway, "/metrics", "*/*").statusCode()).isEqualTo(404);
      assertThat(get(gateway, "/health/live", "*/*").statusCode()).isEqualTo(200);
    } finally {
      other.close().await(10, SECONDS);
    }
  }

  @Test
  void anApplicationsRegistryGetsNoSecondOne() throws Exception {
    SimpleMeterRegistry applications = new SimpleMeterRegistry();
    AIConexus other = AIConexus.builder(vertx).options(options(new JsonObject())).meterRegistry(applications).deploy()
      .await(20, SECONDS);
    try {
      assertThat(applications.find("webrtc.peer.connections").counter()).isNotNull();
      assertThat(applications.getMeters()).noneMatch(meter -> meter.getId().getName().startsWith("jvm"));
      assertThat(get(other.signalingPort().orElseThrow(), "/metrics", "*/*").statusCode()).isEqualTo(404);
    } finally {
      other.close().await(10, SECONDS);
    }
    assertThat(applications.getMeters()).isEmpty();
    assertThat(applications.isClosed()).isFalse();
  }

  private AIConexus deploy(JsonObject settings) throws Exception {
    return AIConexus.builder(vertx).options(options(settings)).meterRegistry(metrics.registry()).deploy()
      .await(20, SECONDS);
  }

  private static NodeOptions options(JsonObject settings) {
    return NodeOptions.from(new JsonObject().put("webrtc", new JsonObject().put("engine", "loopback"))
      .put("signaling", new JsonObject().put("port", 0).put("instances", 2)).mergeIn(settings));
  }

  private String awaitScrape(String... parts) throws Exception {
    String scrape = "";
    for (long end = System.nanoTime() + SECONDS.toNanos(20); System.nanoTime() < end; ) {
      scrape = get("/metrics", "*/*").body();
      if (List.of(parts).stream().allMatch(scrape::contains)) {
        return scrape;
      }
    }
    assertThat(scrape).contains(parts);
    return scrape;
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

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + node.signalingPort().orElseThrow() + path);
  }

  private HttpResponse<String> get(String path, String accept) throws Exception {
    return get(node.signalingPort().orElseThrow(), path, accept);
  }

  private static HttpResponse<String> get(int port, String path, String accept) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return HTTP.send(HttpRequest.newBuilder(uri).header("accept", accept).build(), HttpResponse.BodyHandlers.ofString());
  }
}
