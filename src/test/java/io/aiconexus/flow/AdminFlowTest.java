package io.aiconexus.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiconexus.AdminOptions;
import io.aiconexus.bus.Addresses;
import io.aiconexus.config.ConfigurationException;
import io.aiconexus.config.Section;
import io.aiconexus.peer.Agent;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may change a node over HTTP. */
class AdminFlowTest {

  private static final String TOKEN = "the-right-token-of-this-node";

  private final World world = World.of("loopback",
    new JsonObject().put("admin", new JsonObject().put("port", 0).put("token", TOKEN)));

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void whoHasTheTokenThrowsAnAgentOut() throws Exception {
    Agent ann = world.hostOverWebSocket();
    BlockingQueue<JsonObject> events = world.listen(Addresses.peerEvents(ann.did()));
    HttpResponse<String> answer = post("/admin/kick", "Bearer " + TOKEN, kick(ann));

    assertThat(answer.body()).isEqualTo("{\"kicked\":true}");
    assertThat(answer.statusCode()).isEqualTo(200);
    World.next(events, event -> "signaling_lost".equals(event.getString("event")));
  }

  @Test
  void whoHasTheTokenTakesTheNodeOutOfServiceAndBack() throws Exception {
    world.until(() -> status("/health/ready") == 200);
    HttpResponse<String> answer = post("/admin/drain", "Bearer " + TOKEN, "{\"deadline_ms\":60000}");
    assertThat(new JsonObject(answer.body()).getString("state")).as(answer.body()).isEqualTo("draining");
    assertThat(status("/health/ready")).isEqualTo(503);
    world.until(() -> get("/status").contains("\"draining\":true"));

    assertThat(post("/admin/drain", "Bearer wrong", "").statusCode()).isEqualTo(401);
    assertThat(post("/admin/drain", "Bearer " + TOKEN, "{\"deadline_ms\":0}").statusCode()).isEqualTo(400);
    assertThat(post("/admin/undrain", "Bearer " + TOKEN, "").statusCode()).isEqualTo(200);
    assertThat(status("/health/ready")).isEqualTo(200);
    world.until(() -> get("/status").contains("\"draining\":false"));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"Bearer ", "Bearer the-right-token-of-this-nodE", "Bearer the-right-token-of-this-nod",
    "Bearer the-right-token-of-this-node!", "bearer", "Basic dGhlLXJpZ2h0LXRva2VuLW9mLXRoaXMtbm9kZQ==",
    "the-right-token-of-this-node"})
  void aWrongTokenIsRefusedAndCounted(String authorization) throws Exception {
    Agent ann = world.host();
    HttpResponse<String> answer;
    try (LogLines log = LogLines.open()) {
      answer = post("/admin/kick", authorization, kick(ann));
      assertThat(log.all()).noneMatch(line -> line.contains("the-right-token"));
    }

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("www-authenticate")).hasValue("Bearer");
    assertThat(new JsonObject(answer.body())).isEqualTo(new JsonObject().put("type", "about:blank")
      .put("title", "Unauthorized").put("status", 401)
      .put("detail", "this needs the header Authorization: Bearer with the token of admin.token"));
    assertThat(world.ask(Addresses.SIGNALING, new JsonObject().put("action", "lookup").put("did", ann.did().toString())))
      .isNotNull();
    world.until(() -> get("/metrics").contains("admin_auth_failures_total 1.0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "text", "{\"did\":7}", "{\"did\":\"did:key:nobody\"}", "", "{\"action\":\"agents\"}"})
  void aCommandThatMakesNoSenseIsAnsweredWithWhatIsWrong(String body) throws Exception {
    HttpResponse<String> answer = post("/admin/kick", "Bearer " + TOKEN, body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(new JsonObject(answer.body()).getString("detail")).isNotBlank();
  }

  @Test
  void aBodyWithoutEndIsNotRead() throws Exception {
    assertThat(post("/admin/kick", "Bearer " + TOKEN, "{\"did\":\"" + "x".repeat(100_000) + "\"}").statusCode())
      .isEqualTo(413);
  }

  @Test
  void withoutATokenNothingCanBeChanged() throws Exception {
    try (World open = World.of("loopback", new JsonObject().put("admin", new JsonObject().put("port", 0)))) {
      HttpResponse<String> answer = post(open, "/admin/kick", "Bearer null", "{}");
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(new JsonObject(answer.body()).getString("detail")).contains("admin.token");
    }
  }

  @Test
  void whatOnlyShowsNeedsNoToken() throws Exception {
    for (String path : new String[] {"/", "/status", "/metrics", "/health/live"}) {
      assertThat(send(HttpRequest.newBuilder(uri(world, path)).build()).statusCode()).as(path).isEqualTo(200);
    }
    assertThat(send(HttpRequest.newBuilder(uri(world, "/admin/kick")).build()).statusCode()).isEqualTo(405);
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "fifteen-letters", "with a blank in it"})
  void aPoorTokenIsRefusedWithoutBeingShown(String token) {
    assertThatThrownBy(() -> AdminOptions.from(Section.of("admin", new JsonObject().put("token", token))))
      .isInstanceOf(ConfigurationException.class)
      .hasMessage("admin.token must be null or 16 to 256 visible ASCII characters, was something else");
    assertThatThrownBy(() -> AdminOptions.from(Section.of("admin", new JsonObject().put("token", 1234567890123456L))))
      .hasMessage("admin.token must be a text");
  }

  @Test
  void thePortMayComeFromAVariableAndTheTokenIsNotPrinted() {
    AdminOptions options =
      AdminOptions.from(Section.of("admin", new JsonObject().put("port", "8001").put("token", TOKEN)));
    assertThat(options.port()).isEqualTo(8001);
    assertThat(options.toString()).doesNotContain(TOKEN).contains("token=given");
  }

  private static String kick(Agent agent) {
    return new JsonObject().put("did", agent.did().toString()).encode();
  }

  private HttpResponse<String> post(String path, String authorization, String body) throws Exception {
    return post(world, path, authorization, body);
  }

  private static HttpResponse<String> post(World world, String path, String authorization, String body)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(world, path))
      .POST(HttpRequest.BodyPublishers.ofString(body));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return send(request.build());
  }

  private int status(String path) {
    try {
      return send(HttpRequest.newBuilder(uri(world, path)).build()).statusCode();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private String get(String path) {
    try {
      return send(HttpRequest.newBuilder(uri(world, path)).build()).body();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static URI uri(World world, String path) {
    return URI.create("http://127.0.0.1:" + world.node.adminPort().orElseThrow() + path);
  }
}
