package io.aiconexus.trouble;

import io.aiconexus.AIConexus;
import io.aiconexus.NodeOptions;
import io.aiconexus.bus.Addresses;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.aiconexus.peer.Agent;
import io.aiconexus.peer.Channel;
import io.aiconexus.peer.HostOptions;
import io.aiconexus.peer.Link;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * An agent in a JVM of its own: {@code TroubledAgent GATEWAY SETTINGS}. It echoes what others send; on its standard
 * input it takes {@code supervise DID}, {@code say DID TEXT}, {@code cycle DID TIMES},
 * {@code drop DID} and {@code probe}; it prints what happens, a line each.
 */
final class TroubledAgent {

  private TroubledAgent() {
  }

  public static void main(String[] arguments) throws Exception {
    Vertx vertx = Vertx.vertx();
    AIConexus node = AIConexus.builder(vertx).options(NodeOptions.from(new JsonObject(arguments[1]))).deploy()
      .await(60, TimeUnit.SECONDS);
    vertx.eventBus().<JsonObject>consumer(Addresses.RETRY_EVENTS, event -> System.out.println("retry " + event.body()));
    Agent agent = node.host(AgentKey.generate(), HostOptions.DEFAULTS.at(URI.create(arguments[0])))
      .await(60, TimeUnit.SECONDS);
    vertx.eventBus().<JsonObject>consumer(Addresses.peerEvents(agent.did()), event ->
      System.out.println(event.body().getString("event") + " " + event.body()));
    agent.onChannel(channel -> channel.messageHandler(message -> channel.writeText(message.text())))
      .await(10, TimeUnit.SECONDS);
    System.out.println("agent " + agent.did());
    try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        obey(line.split(" ", 3), vertx, node, agent);
      }
    }
    vertx.close();
  }

  private static void obey(String[] words, Vertx vertx, AIConexus node, Agent agent) {
    switch (words[0]) {
      case "supervise" -> node.supervise(agent.did(), Did.parse(words[1]))
        .onComplete(done -> System.out.println("supervising"), cause -> System.out.println("cannot: " + cause));
      case "cycle" -> new Cycle(vertx, node, agent, Did.parse(words[1]), Integer.parseInt(words[2])).next();
      case "say" -> say(agent, Did.parse(words[1]), words[2]);
      case "drop" -> agent.link(Did.parse(words[1])).onSuccess(link -> link.ifPresent(Link::close));
      case "probe" -> agent.exec(agent.did(), "nothing", new JsonObject());
      default -> throw new IllegalArgumentException(words[0]);
    }
  }

  private static void say(Agent agent, Did to, String text) {
    agent.link(to)
      .compose(link -> link.isEmpty() ? Future.<Channel>failedFuture("no link") : link.get().channel("data"))
      .onComplete(channel -> {
        channel.messageHandler(message -> System.out.println("echo " + message.text()));
        channel.writeText(text);
      }, cause -> System.out.println("unsaid " + text + " " + cause));
  }
}
