package io.aiconexus.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.AIConexus;
import io.aiconexus.NodeOptions;
import io.aiconexus.signaling.SignalingOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Agents written in another language from the protocol's document alone. */
@ExtendWith(VertxExtension.class)
class ForeignAgentTest {

  private static final String CLIENT = "src/test/clients/python/ioap_client.py";

  @Test
  void agentsInPythonRegisterAndExchangeMessages(Vertx vertx) throws Exception {
    AIConexus node = AIConexus.builder(vertx)
      .options(NodeOptions.DEFAULTS.withRoles(Set.of(NodeOptions.Role.SIGNALING))
        .withSignaling(SignalingOptions.DEFAULTS.listeningOn("127.0.0.1", 0)))
      .deploy().await(20, SECONDS);
    String url = "ws://127.0.0.1:" + node.signalingPort().orElseThrow() + "/ws";

    Process client = new ProcessBuilder("/usr/bin/python3", CLIENT, "chat", url).redirectErrorStream(true).start();
    try {
      String output = new String(client.getInputStream().readAllBytes(), UTF_8);
      assertThat(client.waitFor(60, SECONDS)).as("the client ends").isTrue();

      assertThat(client.exitValue()).as("%s%nIt needs: apt-get install python3-cryptography python3-websockets", output)
        .isZero();
      assertThat(new JsonObject(output).getBoolean("ok")).isTrue();
    } finally {
      client.destroyForcibly();
    }
  }
}
