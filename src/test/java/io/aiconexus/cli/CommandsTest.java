package io.aiconexus.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands as a user types them, each in a process of its own. */
class CommandsTest {

  @TempDir
  Path directory;

  @Test
  void theDemoConnectsOverTheNativeEngineAndMeasures() throws Exception {
    try (CommandProcess demo = CommandProcess.start("demo", "--once", "--json", "--engine", "native")) {
      JsonObject result = new JsonObject(demo.line(line -> line.startsWith("{")));

      assertThat(demo.exitStatus()).isZero();
      assertThat(demo.output()).as("nothing but the object").isEqualTo(result.encode());
      assertThat(result.getString("engine")).isEqualTo("native");
      assertThat(result.getBoolean("connected")).isTrue();
      assertThat(result.getDouble("connect_ms")).isPositive();
      assertThat(result.getString("candidate_pair"))
        .as("peer-reflexive where a check overtakes its candidate's signaling (RFC 8445, sections 7.2.5.3.1, 7.3.1.3)")
        .matches("(host|prflx)/(host|prflx) udp");
      assertThat(result.getString("dtls")).startsWith("TLS_ECDHE_ECDSA");
      assertThat(result.getJsonObject("rtt_us").getLong("p50")).isPositive();
      assertThat(result.getJsonObject("rtt_us").getLong("p99"))
        .isGreaterThanOrEqualTo(result.getJsonObject("rtt_us").getLong("p50"));
      assertThat(result.getLong("messages_per_second")).isPositive();
      assertThat(result.getDouble("megabytes_per_second")).isPositive();
      assertThat(result.getInteger("exec_result")).isEqualTo(5);
    }
  }

  @Test
  void aNodeServesTwoTerminalsThatTalkToEachOther() throws Exception {
    try (CommandProcess node = CommandProcess.start("serve", "--port", "0")) {
      String url = word(node.line(line -> line.contains(" ready at ")), "ws://");
      try (CommandProcess echo = CommandProcess.start("agent", "--gateway", url)) {
        String did = word(echo.line(line -> line.startsWith("agent ")), "did:key:");
        echo.line(line -> line.startsWith("echoing"));
        try (CommandProcess talk = CommandProcess.start("agent", "--gateway", url, "--connect", did)) {
          talk.line(line -> line.startsWith("connected to " + did));
          talk.type("good morning");
          assertThat(talk.line(line -> line.startsWith("<"))).isEqualTo("< good morning");
          talk.endOfInput();
          assertThat(talk.exitStatus()).as(talk.output()).isZero();
        }
        echo.terminate();
        assertThat(echo.exitStatus()).as(echo.output()).isZero();
      }
      node.terminate();
      assertThat(node.exitStatus()).as(node.output()).isZero();
    }
  }

  @Test
  void aNodeThatIsToldToStopSendsItsSessionsAwayFirst() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (CommandProcess node = CommandProcess.start("serve", "--port", "0", "--set", "node.drain_ms=3000")) {
      URI url = URI.create(word(node.line(line -> line.contains(" ready at ")), "ws://"));
      BlockingQueue<JsonObject> heard = new LinkedBlockingQueue<>();
      BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();
      ClientWebSocket socket = vertx.createWebSocketClient().webSocket();
      socket.textMessageHandler(text -> heard.add(new JsonObject(text)));
      socket.closeHandler(end -> closed.add((int) socket.closeStatusCode()));
      socket.connect(url.getPort(), url.getHost(), "/ws").await(10, SECONDS);
      assertThat(heard.poll(10, SECONDS).getString("type")).isEqualTo("CHALLENGE");

      node.terminate();

      assertThat(heard.poll(10, SECONDS).getJsonObject("payload").getJsonObject("details")
        .getInteger("reconnect_after_ms")).isBetween(0, 3000);
      assertThat(closed.poll(10, SECONDS)).isEqualTo(4001);
      assertThat(node.exitStatus()).as(node.output()).isZero();
    } finally {
      vertx.close().await(10, SECONDS);
    }
  }

  @Test
  void anAgentKeepsItsDidInItsKeyFile() throws Exception {
    Path key = directory.resolve("alice.pem");
    String did;
    try (CommandProcess keygen = CommandProcess.start("keygen", key.toString())) {
      did = keygen.line(line -> line.startsWith("did:key:"));
      assertThat(keygen.exitStatus()).isZero();
    }
    try (CommandProcess node = CommandProcess.start("serve", "--port", "0")) {
      String url = word(node.line(line -> line.contains(" ready at ")), "ws://");
      try (CommandProcess agent = CommandProcess.start("agent", "--key", key.toString(), "--gateway", url)) {
        assertThat(agent.line(line -> line.startsWith("agent "))).contains(did);
      }
    }
  }

  @Test
  void aPortInUseStopsTheStartWithOneLine() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      CommandProcess node = CommandProcess.start("serve", "--port", String.valueOf(taken.getLocalPort()))) {

      assertThat(node.exitStatus()).isEqualTo(1);
      assertThat(node.output().lines()).hasSize(1).first().asString().contains("127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void anUnknownSettingStopsTheStartWithOneLine() throws Exception {
    Path file = Files.writeString(directory.resolve("node.json"), "{\"signaling\":{\"prot\":8000}}");
    try (CommandProcess node = CommandProcess.start("serve", "--config", file.toString())) {
      assertThat(node.exitStatus()).isEqualTo(2);
      assertThat(node.output().lines()).hasSize(1).first().asString().contains("signaling.prot");
    }
  }

  @Test
  void aGatewayThatIsNotThereIsSaidInOneLine() throws Exception {
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = closed.getLocalPort();
      closed.close();
      try (CommandProcess agent = CommandProcess.start("agent", "--gateway", "ws://127.0.0.1:" + port + "/ws")) {
        assertThat(agent.exitStatus()).isEqualTo(1);
        assertThat(agent.output().lines()).hasSize(1).first().asString().contains("ws://127.0.0.1:" + port + "/ws");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"is registered", "sends OFFER", "ICE checking", "connected to Bob", "round trip"})
  void controlCEndsTheDemoInOrderAtAnyMoment(String moment) throws Exception {
    try (CommandProcess demo = CommandProcess.start("demo", "--engine", "native")) {
      demo.line(line -> line.contains(moment));

      demo.interrupt();

      assertThat(demo.exitStatus()).as(demo.output()).isZero();
    }
  }

  private static String word(String line, String beginning) {
    int from = line.indexOf(beginning);
    return line.substring(from).split("[ ,]")[0];
  }
}
