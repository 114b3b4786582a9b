package io.aiconexus.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.identity.AgentKey;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class AdmissionFlowTest {

  /** What a handshake that was not upgraded got. */
  record Refusal(int status, String contentType, String retryAfter, JsonObject problem) {
  }

  @Test
  void aForeignPageIsRefusedBeforeTheUpgrade(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx);

    Refusal refusal = knock(vertx, port, "Origin", "https://evil.example");

    assertThat(refusal.status).isEqualTo(403);
    assertThat(refusal.contentType).isEqualTo("application/problem+json");
    assertThat(refusal.problem.getString("detail")).contains("signaling.allowed_origins");
  }

  @Test
  void theGatewaysOwnPageMayConnect(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx);

    Wire.open(vertx, to(port).addHeader("Origin", "http://localhost:" + port)).next("CHALLENGE");
  }

  @Test
  void anAllowedPageMayConnectAndThenNoOther(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx, new JsonObject().put("allowed_origins", new JsonArray()
      .add("https://app.example")));

    Wire.open(vertx, to(port).addHeader("Origin", "https://app.example")).next("CHALLENGE");
    assertThat(knock(vertx, port, "Origin", "http://localhost:" + port).status).isEqualTo(403);
  }

  @Test
  void anotherSubprotocolIsRefusedAndNoneIsAccepted(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx);

    assertThat(knock(vertx, port, "Sec-WebSocket-Protocol", "chat, ioap.v2").status).isEqualTo(400);
    Wire.open(vertx, to(port)).next("CHALLENGE");
    assertThat(Wire.open(vertx, to(port).addSubProtocol("chat").addSubProtocol("ioap.v1")).socket.subProtocol())
      .isEqualTo("ioap.v1");
  }

  @Test
  void plainHttpOnTheSocketPathIsToldToUpgrade(Vertx vertx) throws Exception {
    assertThat(Http.get(Gateways.start(vertx), "/ws").statusCode()).isEqualTo(426);
  }

  @Test
  void aWebSocketOnAnotherPathIsRefused(Vertx vertx) throws Exception {
    assertThat(knock(vertx, Gateways.start(vertx), "/socket", "X-None", "").status).isEqualTo(404);
  }

  @Test
  void aFullNodeSaysWhenToComeBack(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx, new JsonObject().put("max_sessions", 1), 2).get(0).port();
    Wire wire = Wire.open(vertx, port);

    Refusal refusal = knock(vertx, port, "X-None", "");

    assertThat(refusal.status).isEqualTo(503);
    assertThat(Integer.parseInt(refusal.retryAfter)).isPositive();
    wire.next("CHALLENGE");
  }

  @Test
  void aFreedPlaceIsGivenAway(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx, new JsonObject().put("max_sessions", 1));
    AgentKey key = AgentKey.generate();
    Wire wire = Wire.join(vertx, port, key);
    wire.send(Wire.message(key, wire.gateway, "UNREGISTER", new JsonObject()));
    wire.closeCode();

    Wire.join(vertx, port, AgentKey.generate());
  }

  @Test
  void oneAddressHoldsSoManySessions(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx, new JsonObject().put("max_sessions_per_address", 2));
    Wire.open(vertx, port);
    Wire.open(vertx, port);

    Refusal refusal = knock(vertx, port, "X-None", "");

    assertThat(refusal.status).isEqualTo(429);
    assertThat(Integer.parseInt(refusal.retryAfter)).isPositive();
  }

  @Test
  void whatAStrangerWritesIntoForwardedForCountsForNothing(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx, new JsonObject().put("max_sessions_per_address", 1));
    Wire.open(vertx, to(port).addHeader("X-Forwarded-For", "198.51.100.1"));

    assertThat(knock(vertx, port, "X-Forwarded-For", "198.51.100.2").status).isEqualTo(429);
  }

  @Test
  void behindATrustedProxyEachClientCountsForItself(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx, new JsonObject().put("max_sessions_per_address", 1)
      .put("trusted_proxies", new JsonArray().add("127.0.0.0/8")));
    Wire.open(vertx, to(port).addHeader("X-Forwarded-For", "198.51.100.1"));
    Wire.open(vertx, to(port).addHeader("X-Forwarded-For", "198.51.100.2"));

    assertThat(knock(vertx, port, "X-Forwarded-For", "198.51.100.9, 198.51.100.2").status).isEqualTo(429);
  }

  @Test
  void tooManyHandshakesAtOnceAreTurnedAway(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx, new JsonObject().put("handshakes_per_second", 1));
    Wire.open(vertx, port);

    Refusal refusal = knock(vertx, port, "X-None", "");

    assertThat(refusal.status).isEqualTo(429);
    assertThat(refusal.retryAfter).isEqualTo("1");
  }

  private static WebSocketConnectOptions to(int port) {
    return new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI("/ws");
  }

  private static Refusal knock(Vertx vertx, int port, String header, String value) throws Exception {
    return knock(vertx, port, "/ws", header, value);
  }

  /** A handshake by hand, so that the whole answer can be read. */
  private static Refusal knock(Vertx vertx, int port, String path, String header, String value) throws Exception {
    HttpClient client = vertx.createHttpClient();
    RequestOptions options = new RequestOptions().setMethod(HttpMethod.GET).setHost("127.0.0.1").setPort(port)
      .setURI(path)
      .putHeader("Upgrade", "websocket").putHeader("Connection", "Upgrade").putHeader("Sec-WebSocket-Version", "13")
      .putHeader("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==").putHeader(header, value);
    return client.request(options).compose(request -> request.send()).compose(AdmissionFlowTest::refusal)
      .eventually(client::close).await(10, TimeUnit.SECONDS);
  }

  private static io.vertx.core.Future<Refusal> refusal(HttpClientResponse response) {
    return response.body().map(body -> new Refusal(response.statusCode(), response.getHeader("content-type"),
      response.getHeader("retry-after"), new JsonObject(body)));
  }
}
