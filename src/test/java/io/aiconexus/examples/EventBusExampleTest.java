package io.aiconexus.examples;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.AIConexus;
import io.aiconexus.NodeOptions;
import io.aiconexus.signaling.SignalingOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** The same with JSON alone, as any verticle of the cluster can do it without a class of ours. */
class EventBusExampleTest {

  @Test
  void twoAgentsOverTheEventBus() throws Exception {
    Vertx vertx = Vertx.vertx();
    AIConexus node = AIConexus.builder(vertx)
      .options(NodeOptions.DEFAULTS.withSignaling(SignalingOptions.DEFAULTS.listeningOn("127.0.0.1", 0)))
      .deploy().await(20, SECONDS);
    EventBus bus = vertx.eventBus();

    // What this application can do, at an address of its own.
    bus.<JsonObject>consumer("calculator.add", message ->
      message.reply(message.body().getInteger("a") + message.body().getInteger("b")));

    String ann = ask(bus, "aiconexus.peers", new JsonObject().put("action", "host")).getString("did");
    String bob = ask(bus, "aiconexus.peers", new JsonObject().put("action", "host")
      .put("capabilities", new JsonObject().put("add", "calculator.add"))).getString("did");

    // What reaches Bob; the reply asks for more.
    Promise<String> heard = Promise.promise();
    bus.<String>consumer("aiconexus.peer." + bob + ".inbox", message -> {
      heard.complete(message.body() + " on " + message.headers().get("channel"));
      message.reply(null);
    });

    ask(bus, "aiconexus.peer." + ann, new JsonObject().put("action", "connect").put("remote", bob));
    bus.request("aiconexus.peer." + ann + ".send", "hello",
      new DeliveryOptions().addHeader("to", bob).addHeader("channel", "data")).await(10, SECONDS);
    assertThat(heard.future().await(10, SECONDS)).isEqualTo("hello on data");

    JsonObject sum = ask(bus, "aiconexus.peer." + ann, new JsonObject().put("action", "exec").put("to", bob)
      .put("capability", "add").put("args", new JsonObject().put("a", 2).put("b", 3)));
    assertThat(sum.getInteger("result")).isEqualTo(5);

    node.close().await(20, SECONDS);
    vertx.close().await(20, SECONDS);
  }

  private static JsonObject ask(EventBus bus, String address, JsonObject command) throws Exception {
    return bus.<JsonObject>request(address, command).await(20, SECONDS).body();
  }
}
