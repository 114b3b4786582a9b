package io.aiconexus.metrics;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiconexus.config.ConfigurationException;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two nodes of one process and one registry: told apart by labels, or not at all. */
@ExtendWith(VertxExtension.class)
class SharedRegistryTest {

  private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @Test
  void nodesWithLabelsOfTheirOwnCountApart(Vertx vertx) throws Exception {
    String first = count(vertx, "a", Tag.of("node", "a"));
    count(vertx, "b", Tag.of("node", "b"));
    assertThat(registry.scrape()).contains("signaling_agents{node=\"a\"} 0.0", "signaling_agents{node=\"b\"} 0.0",
      "webrtc_peer_state{node=\"a\",state=\"connected\"} 0.0");

    vertx.undeploy(first).await(5, SECONDS);
    assertThat(registry.scrape()).doesNotContain("node=\"a\"").contains("signaling_agents{node=\"b\"} 0.0");
  }

  @ParameterizedTest
  @CsvSource({"node, a, node, a", "node, a, host, b", "'', '', '', ''", "'', '', node, b", "node, a, '', ''"})
  void aSecondNodeThatCannotBeToldApartDoesNotStart(String key, String value, String otherKey, String otherValue,
                                                    Vertx vertx) throws Exception {
    count(vertx, "a", tags(key, value));
    String before = registry.scrape();

    assertThatThrownBy(() -> count(vertx, "b", tags(otherKey, otherValue)))
      .isInstanceOf(ConfigurationException.class)
      .hasMessageStartingWith("another node counts in this meter registry already, with the labels [");
    assertThat(registry.scrape()).isEqualTo(before);
  }

  private String count(Vertx vertx, String node, Tag... common) throws Exception {
    return vertx.deployVerticle(new MetricsVerticle(node, registry, common)).await(5, SECONDS);
  }

  private static Tag[] tags(String key, String value) {
    return key.isEmpty() ? new Tag[0] : new Tag[] {Tag.of(key, value)};
  }
}
