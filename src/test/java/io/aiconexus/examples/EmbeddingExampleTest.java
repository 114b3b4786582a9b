package io.aiconexus.examples;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.AIConexus;
import io.aiconexus.NodeOptions;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.peer.Agent;
import io.aiconexus.peer.Channel;
import io.aiconexus.peer.Link;
import io.aiconexus.signaling.SignalingOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** AIConexus inside an application. */
class EmbeddingExampleTest {

  @Test
  void twoAgentsInOneApplication() throws Exception {
    Vertx vertx = Vertx.vertx();

    AIConexus node = AIConexus.builder(vertx)
      .options(NodeOptions.DEFAULTS.withSignaling(SignalingOptions.DEFAULTS.listeningOn("127.0.0.1", 0)))
      .deploy().await(20, SECONDS);

    Agent ann = node.host(AgentKey.generate()).await(10, SECONDS);
    Agent bob = node.host(AgentKey.generate()).await(10, SECONDS);

    // What Bob offers: an echo on every channel, and one capability.
    bob.onChannel(channel -> channel.pipeTo(channel)).await(10, SECONDS);
    bob.onCapability("add", (from, args) ->
      Future.succeededFuture(args.getInteger("a") + args.getInteger("b"))).await(10, SECONDS);

    Link link = ann.connect(bob.did()).await(20, SECONDS);

    Channel channel = link.channel("data").await(10, SECONDS);
    Promise<Buffer> echo = Promise.promise();
    channel.handler(echo::complete);
    channel.write(Buffer.buffer("hello"));
    assertThat(echo.future().await(10, SECONDS)).isEqualTo(Buffer.buffer("hello"));

    Object sum = ann.exec(bob.did(), "add", new JsonObject().put("a", 2).put("b", 3)).await(10, SECONDS);
    assertThat(sum).isEqualTo(5);

    node.close().await(20, SECONDS);
    vertx.close().await(20, SECONDS);
  }
}
