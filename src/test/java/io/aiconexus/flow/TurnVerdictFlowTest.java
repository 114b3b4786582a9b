package io.aiconexus.flow;

import static io.aiconexus.flow.World.await;
import static io.aiconexus.flow.World.causeOf;
import static io.aiconexus.flow.World.next;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.bus.Addresses;
import io.aiconexus.peer.Agent;
import io.aiconexus.peer.ConnectReport;
import io.aiconexus.peer.ConnectVerdict;
import io.aiconexus.peer.LinkState;
import io.aiconexus.webrtc.turn.Coturn;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TURN servers that are wrong, slow or full: the verdict where there is nothing else, and others going on without. */
class TurnVerdictFlowTest {

  private static final String PASSWORD = Coturn.ANN.password();

  @ParameterizedTest
  @ValueSource(strings = {"native", "jvm"})
  void aWrongPasswordIsTheVerdictWhereOnlyRelaysCount(String engine) throws Exception {
    try (Coturn server = Coturn.startOutside();
        World world = World.of(engine, settings("relay", server.address.getPort(), "a wrong password"))) {
      ConnectReport report = failedAlone(world);

      assertThat(report.verdict()).isEqualTo(ConnectVerdict.TURN_AUTH);
      assertThat(report.servers().get(0).getInteger("code")).isEqualTo(401);
      assertThat(report.localCandidates()).isEmpty();
    }
  }

  /** libwebrtc asks for longer than that; there the time of the connect is the bound. */
  @Test
  void aServerThatNeverAnswersIsGivenUpBeforeTheConnectIs() throws Exception {
    try (DatagramSocket silent = new DatagramSocket(new InetSocketAddress(Coturn.ownAddress(), 0));
        World world = World.of("jvm", settings("relay", silent.getLocalPort(), PASSWORD))) {
      ConnectReport report = failedAlone(world);

      assertThat(report.verdict()).isEqualTo(ConnectVerdict.TURN_UNREACHABLE);
      assertThat(report.reason()).as("before the time of the connect was over").contains("no candidate");
      assertThat(report.servers().get(0).getInteger("code")).isEqualTo(701);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "jvm"})
  void aServerThatIsSlowIsNamedWhenTheTimeIsOver(String engine) throws Exception {
    try (DatagramSocket silent = new DatagramSocket(new InetSocketAddress(Coturn.ownAddress(), 0));
        World world = World.of(engine, settings("relay", silent.getLocalPort(), PASSWORD))) {
      ConnectReport report = failed(world, Duration.ofSeconds(2));

      assertThat(report.verdict()).isEqualTo(ConnectVerdict.TURN_UNREACHABLE);
      assertThat(report.servers().get(0).getString("state")).isEqualTo("asked");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "jvm"})
  void aFullServerIsNamedByWhoGotNoPlace(String engine) throws Exception {
    try (Coturn server = Coturn.startOutside("--user-quota=1");
        World world = World.of(engine, settings("relay", server.address.getPort(), PASSWORD))) {
      Agent ann = world.host();
      Agent bob = world.host();
      BlockingQueue<JsonObject> events = eventsOf(world, ann, bob);

      causeOf(ann.connect(bob.did()));

      JsonObject report = next(events, event -> "report".equals(event.getString("event"))
        && event.getString("verdict").equals("TURN_UNREACHABLE"));
      assertThat(report.getJsonArray("ice_servers").getJsonObject(0).getInteger("code")).isEqualTo(486);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "jvm"})
  void aWrongASlowAndAFullServerHinderNobodyWhoHasAnotherWay(String engine) throws Exception {
    try (Coturn wrong = Coturn.startOutside(); Coturn full = Coturn.startOutside("--user-quota=1");
        DatagramSocket silent = new DatagramSocket(new InetSocketAddress(Coturn.ownAddress(), 0))) {
      JsonObject settings = settings("all", silent.getLocalPort(), PASSWORD);
      settings.getJsonObject("webrtc").getJsonArray("ice_servers").add(server(wrong.address.getPort(), "a wrong one"))
        .add(server(full.address.getPort(), PASSWORD));
      try (World world = World.of(engine, settings)) {
        Agent ann = world.host();
        Agent bob = world.host();
        BlockingQueue<JsonObject> events = eventsOf(world, ann, bob);

        assertThat(await(ann.connect(bob.did(), Duration.ofSeconds(8), Map.of())).state())
          .as("sooner than the silent server is given up").isEqualTo(LinkState.CONNECTED);

        // libwebrtc asks no further once there is a path.
        Set<Integer> missing = new HashSet<>(engine.equals("jvm") ? Set.of(401, 486) : Set.of());
        while (!missing.isEmpty()) {
          JsonObject error = next(events, event -> "ice_error".equals(event.getString("event"))
            && missing.contains(event.getInteger("code")));
          assertThat(error.getString("url")).contains(Coturn.ownAddress());
          missing.remove(error.getInteger("code"));
        }
      }
    }
  }

  private static BlockingQueue<JsonObject> eventsOf(World world, Agent... agents) {
    BlockingQueue<JsonObject> heard = new LinkedBlockingQueue<>();
    for (Agent agent : agents) {
      await(world.vertx.eventBus().<JsonObject>consumer(Addresses.peerEvents(agent.did()),
        message -> heard.add(message.body())).completion());
    }
    return heard;
  }

  /** Of an end whose other end says nothing, so that it cannot give up first. */
  private static ConnectReport failedAlone(World world) {
    try (Wire mute = Wire.join(world)) {
      Agent ann = world.host();
      causeOf(ann.connect(mute.key.did(), Duration.ofSeconds(25), Map.of()));
      return await(ann.failure(mute.key.did())).orElseThrow();
    }
  }

  private static ConnectReport failed(World world, Duration timeout) {
    Agent ann = world.host();
    Agent bob = world.host();
    causeOf(ann.connect(bob.did(), timeout, Map.of()));
    return await(ann.failure(bob.did())).orElseThrow();
  }

  private static JsonObject settings(String policy, int port, String password) throws Exception {
    return new JsonObject().put("webrtc", new JsonObject().put("ice_transport_policy", policy)
      .put("ice_servers", new JsonArray().add(server(port, password))));
  }

  private static JsonObject server(int port, String password) throws Exception {
    return new JsonObject().put("urls", "turn:" + Coturn.ownAddress() + ":" + port)
      .put("username", Coturn.ANN.username()).put("credential", password);
  }
}
