package io.aiconexus.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.identity.AgentKey;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class HttpFlowTest {

  private final AgentKey ann = AgentKey.generate();

  @Test
  void anAgentIsListedWithWhatItCanDo(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx, new JsonObject(), 2).get(0).port();
    Wire.join(vertx, port, ann, null, "translate", "sum");

    JsonObject page = Http.json(Http.get(port, "/agents"));
    JsonObject agent = page.getJsonArray("agents").getJsonObject(0);

    assertThat(page.getInteger("count")).isEqualTo(1);
    assertThat(page.getValue("next")).isNull();
    assertThat(agent.getString("did")).isEqualTo(ann.did().toString());
    assertThat(agent.getString("node_id")).isEqualTo("node");
    assertThat(agent.getJsonArray("capabilities")).isEqualTo(new JsonArray().add("translate").add("sum"));
    assertThat(Instant.parse(agent.getString("last_activity")))
      .isAfterOrEqualTo(Instant.parse(agent.getString("connected_at")));
    assertThat(Http.json(Http.get(port, "/agents/" + ann.did()))).isEqualTo(agent);
  }

  @Test
  void pagesFollowEachOtherWithoutGapOrOverlap(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx, new JsonObject(), 2).get(0).port();
    List<String> dids = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      AgentKey key = AgentKey.generate();
      Wire.join(vertx, port, key, null, i % 2 == 0 ? "even" : "odd");
      dids.add(key.did().toString());
    }

    List<String> listed = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      JsonObject page = Http.json(Http.get(port, "/agents?limit=3" + (cursor.isEmpty() ? "" : "&cursor=" + cursor)));
      page.getJsonArray("agents").forEach(agent -> listed.add(((JsonObject) agent).getString("did")));
      cursor = page.getString("next");
    }

    assertThat(listed).isSorted().containsExactlyInAnyOrderElementsOf(dids);
    assertThat(Http.json(Http.get(port, "/agents?capability=odd")).getInteger("count")).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=1001", "limit=x", "limit=-1", "limit=99999999999"})
  void aBadLimitIsAProblem(String query, Vertx vertx) throws Exception {
    assertProblem(Http.get(Gateways.start(vertx), "/agents?" + query), 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/agent", "/agents/me",
    "/agents/did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"})
  void whatIsNotThereIsAProblem(String path, Vertx vertx) throws Exception {
    assertProblem(Http.get(Gateways.start(vertx), path), 404);
  }

  @Test
  void anotherMethodIsAProblem(Vertx vertx) throws Exception {
    assertProblem(Http.post(Gateways.start(vertx), "/agents"), 405);
  }

  @Test
  void theVersionNamesWhatRuns(Vertx vertx) throws Exception {
    JsonObject version = Http.json(Http.get(Gateways.start(vertx), "/version"));

    assertThat(version.getString("name")).isEqualTo("aiconexus");
    assertThat(version.getString("vertx")).isEqualTo("5.0.10");
    assertThat(version.getString("java")).isEqualTo(Runtime.version().toString());
    assertThat(version.fieldNames()).contains("version", "commit");
  }

  @Test
  void itSaysThatItLives(Vertx vertx) throws Exception {
    assertThat(Http.get(Gateways.start(vertx), "/health/live").statusCode()).isEqualTo(200);
  }

  private static void assertProblem(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
    assertThat(Http.json(response).getInteger("status")).isEqualTo(status);
    assertThat(Http.json(response).getString("detail")).isNotEmpty();
  }
}
