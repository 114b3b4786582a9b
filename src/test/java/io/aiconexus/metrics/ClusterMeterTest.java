package io.aiconexus.metrics;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.status.StatusVerticle;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import org.junit.jupiter.api.Test;

/** The members of a cluster, in metrics and on the status page; nothing of them where there is none. */
class ClusterMeterTest {

  private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @Test
  void aNodeCountsTheMembersItSees() throws Exception {
    OneNodeCluster cluster = new OneNodeCluster();
    Vertx vertx = Vertx.builder()
      .with(new VertxOptions().setEventBusOptions(new EventBusOptions().setHost("127.0.0.1").setPort(0)))
      .withClusterManager(cluster).buildClustered().await(10, SECONDS);
    try {
      vertx.deployVerticle(new MetricsVerticle("node", registry)).await(5, SECONDS);
      assertThat(registry.scrape()).contains("\ncluster_nodes 1.0\n");
      cluster.admit("another-node");
      long end = System.nanoTime() + SECONDS.toNanos(20);
      while (!registry.scrape().contains("\ncluster_nodes 2.0\n")) {
        assertThat(System.nanoTime()).as("waited for 20 s").isLessThan(end);
      }
      assertThat(members(vertx)).isEqualTo(new JsonObject().put("clustered", true).put("size", 2)
        .put("members", new JsonArray().add(new JsonObject().put("id", "another-node").put("self", false))
          .add(new JsonObject().put("id", "this-node").put("self", true))));
    } finally {
      vertx.close().await(10, SECONDS);
    }
  }

  @Test
  void aNodeAloneHasNoSuchMeter() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      vertx.deployVerticle(new MetricsVerticle("node", registry)).await(5, SECONDS);
      assertThat(registry.scrape()).doesNotContain("cluster_");
      assertThat(members(vertx)).isEqualTo(
        new JsonObject().put("clustered", false).put("size", 1).put("members", new JsonArray()));
    } finally {
      vertx.close().await(10, SECONDS);
    }
  }

  private static JsonObject members(Vertx vertx) throws Exception {
    StatusVerticle status = new StatusVerticle("node", () -> "{}");
    Router router = Router.router(vertx);
    status.routes(router, true);
    vertx.deployVerticle(status).await(5, SECONDS);
    int port = vertx.createHttpServer().requestHandler(router).listen(0).await(5, SECONDS).actualPort();
    return vertx.createHttpClient().request(HttpMethod.GET, port, "127.0.0.1", "/status")
      .compose(request -> request.send()).compose(HttpClientResponse::body).await(5, SECONDS).toJsonObject()
      .getJsonObject("cluster");
  }
}
