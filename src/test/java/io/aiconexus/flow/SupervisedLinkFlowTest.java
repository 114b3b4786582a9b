package io.aiconexus.flow;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiconexus.AIConexus;
import io.aiconexus.NodeOptions;
import io.aiconexus.bus.Addresses;
import io.aiconexus.bus.Failure;
import io.aiconexus.config.Section;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.peer.Agent;
import io.aiconexus.peer.Channel;
import io.aiconexus.peer.HostOptions;
import io.aiconexus.peer.Link;
import io.aiconexus.peer.LinkState;
import io.aiconexus.retry.RetryOptions;
import io.aiconexus.signaling.SignalingOptions;
import io.aiconexus.webrtc.WebrtcOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Links that are asked for once and then stay, through the real gateway and over real engines. */
@ExtendWith(VertxExtension.class)
class SupervisedLinkFlowTest {

  private static final RetryOptions QUICK = RetryOptions.from(Section.of("retry", new JsonObject()
    .put("grace_ms", 100).put("ice_restart_timeout_ms", 2_000)
    .put("policy", new JsonObject().put("initial_delay_ms", 20).put("max_delay_ms", 1_000).put("max_retries", 1_000)
      .put("attempt_timeout_ms", 10_000))));

  private final AgentKey alice = AgentKey.generate();
  private final AgentKey bob = AgentKey.generate();

  @ParameterizedTest
  @ValueSource(strings = {"loopback", "native"})
  void aLinkComesBackWhenTheOtherAgentDoes(String engine, Vertx vertx) throws Exception {
    AIConexus node = node(vertx, engine);
    Agent near = node.host(alice).await(10, SECONDS);
    RetryEvents events = new RetryEvents(vertx, alice.did(), bob.did());

    node.supervise(alice.did(), bob.did()).await(5, SECONDS);
    assertThat(events.next("retry").getBoolean("waits_for_presence")).isTrue();
    echo(node.host(bob).await(10, SECONDS));
    events.next("recovered");
    assertEchoes(near);

    node.unhost(bob.did()).await(10, SECONDS);
    JsonObject retry = events.next("retry");
    assertThat(retry.getJsonObject("error").getString("failure")).isEqualTo("UNKNOWN_AGENT");
    echo(node.host(bob).await(10, SECONDS));
    assertThat(events.next("recovered").getString("how")).isEqualTo("connect");
    assertEchoes(near);
    node.close().await(20, SECONDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"loopback", "native"})
  void twoEndsThatSuperviseEachOtherHaveOneLink(String engine, Vertx vertx) throws Exception {
    AIConexus node = node(vertx, engine);
    Agent first = node.host(alice).await(10, SECONDS);
    Agent second = node.host(bob).await(10, SECONDS);
    RetryEvents there = new RetryEvents(vertx, alice.did(), bob.did());
    RetryEvents back = new RetryEvents(vertx, bob.did(), alice.did());

    node.supervise(alice.did(), bob.did()).await(5, SECONDS);
    node.supervise(bob.did(), alice.did()).await(5, SECONDS);
    there.next("recovered");
    back.next("recovered");
    assertOneLink(vertx, first, second);

    node.unhost(bob.did()).await(10, SECONDS);
    second = node.host(bob).await(10, SECONDS);
    there.next("recovered");
    back.next("recovered");
    assertOneLink(vertx, first, second);
    node.close().await(20, SECONDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"loopback", "native"})
  void anIceRestartKeepsTheLinkAndItsChannels(String engine, Vertx vertx) throws Exception {
    AIConexus node = node(vertx, engine);
    Agent near = node.host(alice).await(10, SECONDS);
    echo(node.host(bob).await(10, SECONDS));
    Channel channel = near.connect(bob.did()).await(10, SECONDS).channel("data").await(10, SECONDS);
    Object before = links(vertx, near).getJsonObject(0).getValue("connection_id");
    JsonObject command = new JsonObject().put("action", "restart_ice").put("remote", bob.did().toString());

    vertx.eventBus().request(Addresses.peer(alice.did()), command).await(5, SECONDS);
    // The second goes out while the first waits for its answer, and takes its place.
    vertx.eventBus().request(Addresses.peer(alice.did()), command).await(5, SECONDS);

    assertThat(echoOf(channel, "still there")).isEqualTo("still there");
    assertThat(links(vertx, near).getJsonObject(0).getValue("connection_id")).isEqualTo(before);
    node.close().await(20, SECONDS);
  }

  @ParameterizedTest
  @CsvSource({"loopback, near", "loopback, far", "native, near"})
  void aLinkLostWhileTheGatewayIsAwayComesBackWithIt(String engine, String loser, Vertx vertx) throws Exception {
    Vertx elsewhere = Vertx.vertx();
    try {
      AgentKey gatewayKey = AgentKey.generate();
      AIConexus gateway = gateway(elsewhere, gatewayKey, 0);
      int port = gateway.signalingPort().orElseThrow();
      HostOptions there = HostOptions.DEFAULTS.at(URI.create("ws://127.0.0.1:" + port + "/ws"));
      AIConexus node = node(vertx, engine);
      Agent near = node.host(alice, there).await(10, SECONDS);
      Agent far = node.host(bob, there).await(10, SECONDS);
      echo(far);
      RetryEvents events = new RetryEvents(vertx, alice.did(), bob.did());
      node.supervise(alice.did(), bob.did()).await(5, SECONDS);
      events.next("recovered");

      gateway.close().await(20, SECONDS);
      assertEchoes(near);
      // The goodbye waits for the gateway: what is lost at the far end is noticed by the near end's connection only.
      (loser.equals("near") ? near.link(bob.did()) : far.link(alice.did())).await(5, SECONDS).orElseThrow()
        .close().await(10, SECONDS);
      events.next("attempt");
      gateway = gateway(elsewhere, gatewayKey, port);

      events.next("recovered");
      assertEchoes(near);
      node.close().await(20, SECONDS);
      gateway.close().await(20, SECONDS);
    } finally {
      elsewhere.close().await(20, SECONDS);
    }
  }

  @Test
  void aRefusalIsNotRetriedAndTheListSaysSo(Vertx vertx) throws Exception {
    AIConexus node = node(vertx, "loopback");
    node.host(alice).await(10, SECONDS);
    node.host(bob, HostOptions.DEFAULTS.accepting(nobody -> false)).await(10, SECONDS);
    RetryEvents events = new RetryEvents(vertx, alice.did(), bob.did());
    node.supervise(alice.did(), bob.did()).await(5, SECONDS);

    JsonObject exhausted = events.next("exhausted");

    assertThat(exhausted.getInteger("attempts")).isEqualTo(1);
    assertThat(exhausted.getBoolean("waits_for_hint")).isFalse();
    assertThat(retry(vertx, "{'action':'list'}").getJsonArray("links")).singleElement().satisfies(entry -> {
      JsonObject link = (JsonObject) entry;
      assertThat(link.getString("state")).isEqualTo("exhausted");
      assertThat(link.getJsonObject("error").getString("failure")).isEqualTo("CONNECTION_REFUSED");
    });
    node.close().await(20, SECONDS);
  }

  @Test
  void aReleasedLinkIsLeftAlone(Vertx vertx) throws Exception {
    AIConexus node = node(vertx, "loopback");
    Agent near = node.host(alice).await(10, SECONDS);
    Agent far = node.host(bob).await(10, SECONDS);
    RetryEvents events = new RetryEvents(vertx, alice.did(), bob.did());
    String pair = "'local':'" + alice.did() + "','remote':'" + bob.did() + "'}";
    assertThat(retry(vertx, "{'action':'supervise'," + pair).getString("node")).isEqualTo(node.options().id());
    events.next("recovered");

    retry(vertx, "{'action':'release'," + pair);
    Promise<Void> closed = Promise.promise();
    near.link(bob.did()).await(5, SECONDS).orElseThrow().stateHandler(state -> {
      if (state == LinkState.CLOSED) {
        closed.complete();
      }
    });
    far.link(alice.did()).await(5, SECONDS).orElseThrow().close().await(5, SECONDS);
    closed.future().await(10, SECONDS);

    assertThat(retry(vertx, "{'action':'list'}").getJsonArray("links")).isEmpty();
    assertThat(near.links().await(5, SECONDS)).isEmpty();
    node.close().await(20, SECONDS);
  }

  @Test
  void wrongCommandsAreAnsweredWithWhatIsWrong(Vertx vertx) throws Exception {
    AIConexus node = node(vertx, "loopback");
    String me = alice.did().toString();
    String pair = "'local':'" + me + "','remote':'" + bob.did() + "'";

    assertRefused(vertx, "{}", Failure.BAD_REQUEST, "action is missing");
    assertRefused(vertx, "{'action':'watch'}", Failure.BAD_REQUEST, "supervise, release, list or hint, was watch");
    assertRefused(vertx, "{'action':'supervise','local':'" + me + "'}", Failure.BAD_REQUEST, "remote is missing");
    assertRefused(vertx, "{'action':'supervise','local':'" + me + "','remote':'" + me + "'}", Failure.BAD_REQUEST,
      "no link to itself");
    assertRefused(vertx, "{'action':'supervise','local':'alice','remote':'" + me + "'}", Failure.BAD_REQUEST, "did:key");
    assertRefused(vertx, "{'action':'supervise'," + pair + ",'policy':{'max_retries':-1}}", Failure.BAD_REQUEST,
      "max_retries must be 0 to 2147483647, was -1");
    assertRefused(vertx, "{'action':'supervise'," + pair + ",'polcy':{}}", Failure.BAD_REQUEST, "polcy");
    assertRefused(vertx, "{'action':'release'," + pair + "}", Failure.NOT_FOUND, "does not supervise");
    assertRefused(vertx, "{'action':'hint','hint':'rain'}", Failure.BAD_REQUEST, "presence or networkChanged, was rain");
    assertRefused(vertx, "{'action':'hint','hint':'presence'}", Failure.BAD_REQUEST, "did is missing");
    assertThatThrownBy(() -> vertx.eventBus().request(Addresses.RETRY, "supervise").await(5, SECONDS))
      .hasMessageContaining("must be a JSON object");
    assertThat(retry(vertx, "{'action':'list'}").getJsonArray("links")).isEmpty();
    node.close().await(20, SECONDS);
  }

  private static void assertRefused(Vertx vertx, String command, Failure failure, String text) {
    assertThatThrownBy(() -> retry(vertx, command)).hasMessageContaining(text)
      .satisfies(cause -> assertThat(Failure.of(cause)).isEqualTo(failure));
  }

  private static JsonObject retry(Vertx vertx, String command) throws Exception {
    return vertx.eventBus().<JsonObject>request(Addresses.RETRY, new JsonObject(command.replace('\'', '"')))
      .await(5, SECONDS).body();
  }

  private static void assertOneLink(Vertx vertx, Agent first, Agent second) throws Exception {
    JsonArray there = links(vertx, first);
    JsonArray back = links(vertx, second);
    assertThat(there).hasSize(1);
    assertThat(back).hasSize(1);
    assertThat(there.getJsonObject(0).getString("connection_id"))
      .isEqualTo(back.getJsonObject(0).getString("connection_id"));
    assertThat(there.getJsonObject(0).getString("state")).isEqualTo("connected");
  }

  private static JsonArray links(Vertx vertx, Agent agent) throws Exception {
    return vertx.eventBus().<JsonObject>request(Addresses.peer(agent.did()), new JsonObject().put("action", "links"))
      .await(5, SECONDS).body().getJsonArray("links");
  }

  private void assertEchoes(Agent near) throws Exception {
    Link link = near.link(bob.did()).await(5, SECONDS).orElseThrow();
    assertThat(echoOf(link.channel("data").await(10, SECONDS), "hello")).isEqualTo("hello");
  }

  private static String echoOf(Channel channel, String text) throws Exception {
    Promise<String> heard = Promise.promise();
    channel.messageHandler(message -> heard.tryComplete(message.text()));
    channel.writeText(text);
    return heard.future().await(10, SECONDS);
  }

  private static void echo(Agent agent) {
    agent.onChannel(channel -> channel.messageHandler(message -> channel.writeText(message.text())));
  }

  private static AIConexus node(Vertx vertx, String engine) throws Exception {
    return AIConexus.builder(vertx).options(NodeOptions.DEFAULTS
      .withSignaling(SignalingOptions.DEFAULTS.listeningOn("127.0.0.1", 0))
      .withWebrtc(WebrtcOptions.from(Section.of("webrtc", new JsonObject().put("engine", engine))))
      .withRetry(QUICK)).deploy().await(20, SECONDS);
  }

  private static AIConexus gateway(Vertx vertx, AgentKey key, int port) throws Exception {
    return AIConexus.builder(vertx).gatewayKey(key).options(NodeOptions.DEFAULTS
      .withRoles(Set.of(NodeOptions.Role.SIGNALING))
      .withSignaling(SignalingOptions.DEFAULTS.listeningOn("127.0.0.1", port))).deploy().await(20, SECONDS);
  }
}
