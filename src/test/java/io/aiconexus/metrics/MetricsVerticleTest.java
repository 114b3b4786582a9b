package io.aiconexus.metrics;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiconexus.bus.Addresses;
import io.aiconexus.bus.Failure;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.peer.ConnectVerdict;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class MetricsVerticleTest {

  private static final String AGENT = AgentKey.generate().did().toString();

  private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private Vertx vertx;
  private String deployment;

  @BeforeEach
  void count(Vertx vertx) throws Exception {
    this.vertx = vertx;
    deployment = vertx.deployVerticle(new MetricsVerticle("here", registry)).await(5, SECONDS);
  }

  @Test
  void metersAreThereBeforeAnythingHappened() {
    assertThat(registry.scrape()).contains("webrtc_peer_connections_total 0.0", "webrtc_peer_connections_active 0.0",
      "webrtc_peer_state{state=\"connected\"} 0.0", "webrtc_connection_time_seconds_bucket{le=\"0.001\"} 0",
      "signaling_agents 0.0", "webrtc_error_rate 0.0", "webrtc_retry_success_rate NaN");
  }

  @Test
  void everyNameInAScrapeIsTheDeclaredOne() throws Exception {
    publish(link("connected").put("connect_us", 1_500));
    publish(link("failed").put("reason", "TIMEOUT"));
    publish(link("closed").put("reason", "TIMEOUT"));
    publish(report("ICE_TIMEOUT"));
    publish(event("peer.state").put("agents", 1).put("engine", new JsonObject().put("engine", "jvm")
      .put("details", new JsonObject().put("loop_connections", new JsonArray().add(1)))));
    publish(event("retry").put("event", "attempt").put("how", "ice_restart"));
    publish(event("retry").put("event", "retry").put("error", new JsonObject().put("failure", "UNKNOWN_AGENT")));
    publish(event("signaling.auth_failure").put("code", "INVALID_SIGNATURE"));
    publish(event("signaling.refused").put("status", 429));
    publish(event("signaling.closed").put("code", 4003));
    publish(event("signaling.traffic")
      .put("messages", new JsonObject().put("OFFER", new JsonObject().put("delivered", 2))));
    publish(event("health.check").put("check", "memory").put("status", "degraded").put("duration_us", 5));
    String scrape = scrape();

    assertThat(NodeMeter.values()).filteredOn(meter -> meter != NodeMeter.CLUSTER_NODES).allSatisfy(meter -> {
      String type = switch (meter.kind()) {
        case COUNTER, TOTAL -> "counter";
        case GAUGE -> "gauge";
        case TIMER -> "histogram";
      };
      assertThat(scrape).contains("# TYPE " + meter.prometheusName() + " " + type + "\n");
      assertThat(scrape).contains("# HELP " + meter.prometheusName() + " " + meter.description() + "\n");
    });
    assertThat(scrape).contains("webrtc_errors_total{type=\"timeout\"} 1.0",
      "webrtc_peer_connections_closed_total{reason=\"timeout\"} 1.0", "signaling_refusals_total{status=\"429\"} 1.0",
      "signaling_auth_failures_total{code=\"invalid_signature\"} 1.0", "signaling_closes_total{code=\"4003\"} 1.0",
      "signaling_messages_total{outcome=\"delivered\",type=\"OFFER\"} 2.0", "health_status{check=\"memory\"} 1.0",
      "webrtc_connection_time_seconds_bucket{le=\"0.0025\"} 1",
      "webrtc_connection_time_seconds_bucket{le=\"0.001\"} 0");
  }

  @Test
  void aNodeThatDrainsIsSeen() throws Exception {
    publish(event("node.state").put("state", "draining").put("left", 3));
    assertThat(scrape()).contains("aiconexus_node_draining 1.0");

    publish(event("node.state").put("state", "running"));
    assertThat(scrape()).contains("aiconexus_node_draining 0.0");
  }

  @Test
  void aConnectThatIsTriedAgainCountsAsARetry() throws Exception {
    publish(event("peer").put("event", "connect_retry").put("attempt", 1));

    assertThat(scrape()).contains("webrtc_connection_retries_total 1.0");
  }

  @Test
  void everyVerdictOfAReportIsCountedUnderItsOwnName() throws Exception {
    for (ConnectVerdict verdict : ConnectVerdict.values()) {
      publish(report(verdict.name()));
    }
    publish(report("TURN_AUTH"));
    publish(report("bad luck"));
    String scrape = scrape();

    assertThat(ConnectVerdict.values()).allSatisfy(verdict -> assertThat(scrape).contains(
      "webrtc_connection_failures_total{verdict=\"" + verdict.name().toLowerCase(Locale.ROOT) + "\"} "
        + (verdict == ConnectVerdict.TURN_AUTH ? 2.0 : 1.0)));
    assertThat(scrape).contains("webrtc_connection_failures_total{verdict=\"other\"} 1.0");
    assertThat(scrape.lines().filter(line -> line.startsWith("webrtc_connection_failures_total")))
      .hasSize(ConnectVerdict.values().length + 1);
  }

  @Test
  void gaugesShowWhatTheNodeHoldsAndNotWhatEventsAddUpTo() throws Exception {
    publish(event("signaling.traffic").put("instance", 0).put("sessions", 7).put("agents", 5).put("queued_bytes", 10));
    publish(event("signaling.traffic").put("instance", 1).put("sessions", 2).put("agents", 2).put("queued_bytes", 0));
    assertThat(scrape()).contains("signaling_sessions 9.0", "signaling_agents 7.0", "signaling_queue_bytes 10.0");

    publish(event("signaling.traffic").put("instance", 0).put("sessions", 0).put("agents", 0).put("queued_bytes", 0));
    assertThat(scrape()).contains("signaling_sessions 2.0", "signaling_agents 2.0", "signaling_queue_bytes 0.0");
  }

  @Test
  void anotherNodesEventsAreItsOwnToCount() throws Exception {
    publish(link("connecting").put("node", "there"));
    assertThat(scrape()).contains("webrtc_peer_connections_total 0.0", "aiconexus_events_unreadable_total 0.0");
  }

  @Test
  void retriesAreCountedAndTheirSuccessIsTheLastMinutes() throws Exception {
    JsonObject failed = new JsonObject().put("failure", "CONNECT_FAILED");
    for (String event : List.of("retry", "retry", "recovered", "exhausted", "recovered", "recovered")) {
      publish(event("retry").put("event", event).put("down_ms", 20).put("error", failed));
    }
    publish(event("retry").put("event", "attempt").put("how", "connect"));
    publish(event("retry").put("event", "attempt").put("how", "wishful thinking"));
    publish(event("retry.state").put("links", new JsonObject().put("up", 3).put("grace", 1)).put("budget", 42));
    assertThat(scrape()).contains("webrtc_connection_retries_total 2.0", "retry_recovered_total 3.0",
      "retry_exhausted_total 1.0", "retry_failures_total{type=\"connect_failed\"} 3.0",
      "retry_attempts_total{how=\"connect\"} 1.0", "retry_attempts_total{how=\"other\"} 1.0",
      "retry_links{state=\"up\"} 3.0", "retry_links{state=\"grace\"} 1.0", "retry_links{state=\"exhausted\"} 0.0",
      "retry_budget_available 42.0", "retry_down_time_seconds_bucket{le=\"0.025\"} 3",
      "retry_down_time_seconds_bucket{le=\"0.01\"} 0");

    publish(event("retry.state"));
    assertThat(scrape()).contains("retry_links{state=\"up\"} 0.0");
  }

  @Test
  void bothEnginesAreSeenInTheirParts() throws Exception {
    publish(event("peer.state").put("round_trip_us", new JsonArray().add(90).add(4_000)).put("engine",
      engine("jvm").put("details", new JsonObject().put("loop_connections", new JsonArray().add(3).add(0).add(2))
        .put("congestion_window_bytes", 5_000).put("in_flight_bytes", 700).put("sctp_retransmissions", 6))));
    assertThat(scrape()).contains("webrtc_engine_part_connections{part=\"0\"} 3.0",
      "webrtc_engine_part_connections{part=\"2\"} 2.0", "webrtc_engine_congestion_window_bytes 5000.0",
      "webrtc_engine_in_flight_bytes 700.0", "webrtc_engine_sctp_retransmissions_total 6.0",
      "webrtc_round_trip_time_seconds_bucket{le=\"1.0E-4\"} 1", "webrtc_round_trip_time_seconds_count 2");

    publish(event("peer.state").put("engine", engine("native").put("details", new JsonObject()
      .put("message_budget", 1_000).put("recycled", 1).put("lanes", new JsonArray()
        .add(new JsonObject().put("connections", 4).put("messages", 250).put("closed", 9).put("released", 7))
        .add(new JsonObject().put("connections", 1).put("messages", 10))))));
    assertThat(scrape()).contains("webrtc_engine_part_connections{part=\"0\"} 4.0",
      "webrtc_engine_part_connections{part=\"1\"} 1.0", "webrtc_engine_part_connections{part=\"2\"} 0.0",
      "webrtc_engine_message_budget_used 0.25", "webrtc_engine_lane_messages 260.0",
      "webrtc_engine_handles_held 2.0", "webrtc_engine_lanes 2.0", "webrtc_engine_lanes_recycled_total 1.0");
  }

  @Test
  void whatNobodyCanReadIsCountedAndHarmsNothing() throws Exception {
    Object[] junk = {null, "text", new JsonArray(), event("traffic").put("messages_sent", "many"),
      event("traffic").put("messages_sent", -5), event("peer.state").put("links", "no"),
      event("signaling.traffic").put("messages", new JsonObject().putNull("OFFER")),
      event("signaling.traffic").put("delivery_us", new JsonArray().add("soon")),
      event("health.check").put("check", "DROP TABLE").put("status", "healthy")};
    Arrays.stream(junk).forEach(event -> vertx.eventBus().publish(Addresses.EVENTS, event));
    publish(event("traffic").put("messages_sent", 4));

    assertThat(scrape()).contains("aiconexus_events_unreadable_total " + (double) junk.length,
      "webrtc_messages_sent_total 4.0");
  }

  @Test
  void aHundredThousandAgentsMakeNoFurtherSeries() throws Exception {
    publishFor(0);
    long before = scrape().lines().count();
    for (int i = 1; i <= 100_000; i++) {
      publishFor(i);
      // More than a thousand that wait would be dropped by the event bus.
      if (i % 100 == 0) {
        scrape();
      }
    }
    double each = registry.get(NodeMeter.PEER_CONNECTIONS.meterName()).counter().count();
    assertThat(each).as("agents that were counted").isEqualTo(100_001);
    assertThat(scrape().lines().count()).isEqualTo(before);
  }

  @Test
  void aSnapshotHasTheSameFigures() throws Exception {
    publish(event("traffic").put("messages_sent", 4));
    scrape();
    JsonObject snapshot = vertx.eventBus()
      .<JsonObject>request(Addresses.METRICS, new JsonObject().put("action", "snapshot")).await(5, SECONDS).body();

    assertThat(snapshot.getString("node")).isEqualTo("here");
    assertThat(snapshot.getJsonObject("meters").getJsonArray("webrtc.messages.sent")).isEqualTo(
      new JsonArray().add(new JsonObject().put("labels", new JsonObject()).put("count", 4.0)));
    assertThat(snapshot.getJsonObject("meters").getJsonArray("webrtc.retry.success.rate").getJsonObject(0)
      .getValue("value")).isNull();
  }

  @Test
  void anotherActionIsRefused() {
    assertThatThrownBy(() -> vertx.eventBus().request(Addresses.METRICS, new JsonObject().put("action", "reset"))
      .await(5, SECONDS)).satisfies(cause -> assertThat(Failure.of(cause)).isEqualTo(Failure.BAD_REQUEST));
  }

  @Test
  void nothingIsLeftInTheApplicationsRegistry() throws Exception {
    registry.counter("its.own").increment();
    vertx.undeploy(deployment).await(5, SECONDS);

    assertThat(registry.getMeters()).extracting(meter -> meter.getId().getName()).containsExactly("its.own");
    assertThat(registry.isClosed()).isFalse();
  }

  /** What one agent with names of its own makes its node publish, in all kinds that take a label from an event. */
  private void publishFor(int agent) {
    String unique = UUID.randomUUID().toString() + agent;
    publish(event("signaling.registered").put("did", unique));
    publish(link("connecting").put("remote", unique).put("connection_id", unique));
    publish(event("retry").put("event", "retry").put("local", unique).put("error",
      new JsonObject().put("failure", unique)));
    publish(link("failed").put("reason", unique));
    publish(link("closed").put("reason", unique));
    publish(report(unique));
    publish(event("signaling.closed").put("did", unique).put("code", 10_000 + agent));
    publish(event("signaling.traffic").put("instance", 0)
      .put("messages", new JsonObject().put(unique, new JsonObject().put(unique, 1))));
  }

  private static JsonObject link(String state) {
    return event("peer").put("event", "link").put("agent", AGENT).put("state", state);
  }

  private static JsonObject report(String verdict) {
    return event("peer").put("event", "report").put("agent", AGENT).put("verdict", verdict);
  }

  private static JsonObject engine(String name) {
    return new JsonObject().put("engine", name).put("available", true).put("connections", 5);
  }

  private static JsonObject event(String type) {
    return new JsonObject().put("type", type).put("node", "here");
  }

  private void publish(JsonObject event) {
    vertx.eventBus().publish(Addresses.EVENTS, event);
  }

  /** The scrape once everything that was published is counted: the verticle answers in the order it is asked. */
  private String scrape() throws Exception {
    double before = resumed();
    publish(event("signaling.registered").put("resumed", true));
    while (resumed() == before) {
      Thread.onSpinWait();
    }
    return registry.scrape();
  }

  /** Of all counters the one that no test moves otherwise. */
  private double resumed() {
    return registry.get(NodeMeter.SIGNALING_RESUMES.meterName()).counter().count();
  }
}
