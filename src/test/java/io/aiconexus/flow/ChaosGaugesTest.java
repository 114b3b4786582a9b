package io.aiconexus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.bus.Addresses;
import io.aiconexus.peer.Agent;
import io.aiconexus.peer.Link;
import io.aiconexus.peer.LinkState;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever happened before: what a gauge says is what there is. */
class ChaosGaugesTest {

  private static final int STEPS = 150;
  private static final int AGENTS_MAX = 8;
  private static final JsonObject SETTINGS = new JsonObject()
    .put("signaling", new JsonObject().put("resume_window_ms", 0))
    .put("peer", new JsonObject().put("connect_timeout_ms", 2_000))
    .put("retry", new JsonObject().put("policy", new JsonObject().put("max_retries", 1).put("initial_delay_ms", 10)));

  @ParameterizedTest(name = "{0}, seed {1}")
  @CsvSource({"loopback, 1", "loopback, 2", "jvm, 3"})
  void afterAnyChaosEveryGaugeEqualsTheTruth(String engine, long seed) {
    Random random = new Random(seed);
    try (World world = World.of(engine, SETTINGS)) {
      List<Agent> agents = new ArrayList<>();
      List<Future<?>> underWay = new ArrayList<>();
      for (int step = 0; step < STEPS; step++) {
        underWay.add(act(world, agents, random).otherwiseEmpty());
        if (random.nextInt(4) == 0) {
          World.await(Future.join(underWay));
          underWay.clear();
        }
      }
      World.await(Future.join(underWay));
      awaitTruth(world, agents);

      World.await(Future.join(agents.stream().map(agent -> world.node.unhost(agent.did())).toList()));
      agents.clear();
      awaitTruth(world, agents);
      assertThat(gauges(world)).containsEntry("webrtc.agents.hosted", 0.0).containsEntry("signaling.agents", 0.0)
        .containsEntry("webrtc.peer.connections.active", 0.0).containsEntry("webrtc.engine.connections", 0.0);
    }
  }

  /** Something that an application, an operator or a network does; it need not succeed. */
  private static Future<?> act(World world, List<Agent> agents, Random random) {
    int dice = random.nextInt(20);
    if (agents.size() < 2 || dice < 4 && agents.size() < AGENTS_MAX) {
      agents.add(dice % 2 == 0 ? world.host() : world.hostOverWebSocket());
      return Future.succeededFuture();
    }
    Agent one = agents.get(random.nextInt(agents.size()));
    Agent other = agents.get(random.nextInt(agents.size()));
    if (dice < 10) {
      return one.connect(other.did());
    } else if (dice < 13) {
      return one.links().compose(links ->
        links.isEmpty() ? Future.succeededFuture() : links.get(random.nextInt(links.size())).close());
    } else if (dice < 15) {
      agents.remove(one);
      return world.node.unhost(one.did());
    } else if (dice < 17) {
      return world.vertx.eventBus().request(Addresses.SIGNALING,
        new JsonObject().put("action", "kick").put("did", one.did().toString()));
    } else if (dice < 19) {
      return world.node.supervise(one.did(), other.did());
    }
    return world.node.release(one.did(), other.did());
  }

  private static void awaitTruth(World world, List<Agent> agents) {
    List<String> seen = new ArrayList<>();
    try {
      world.until(() -> {
        Map<String, Double> truth = truth(world, agents);
        Map<String, Double> gauges = gauges(world);
        seen.clear();
        truth.forEach((name, value) -> {
          if (!value.equals(gauges.getOrDefault(name, 0.0))) {
            seen.add(name + " is " + gauges.get(name) + ", the truth " + value);
          }
        });
        // What changes while it is looked at settles; what has drifted does not.
        return seen.isEmpty() && truth.equals(truth(world, agents));
      });
    } catch (AssertionError late) {
      throw new AssertionError(String.join("; ", seen), late);
    }
  }

  /** Asked of who has it. */
  private static Map<String, Double> truth(World world, List<Agent> agents) {
    Map<String, Double> truth = new TreeMap<>();
    truth.put("webrtc.agents.hosted", (double) World.await(world.vertx.eventBus().<JsonObject>request(Addresses.PEERS,
      new JsonObject().put("action", "list"))).body().getJsonArray("agents").size());
    for (LinkState state : LinkState.values()) {
      if (state != LinkState.NEW && state != LinkState.CLOSED) {
        truth.put("webrtc.peer.state " + state, 0.0);
      }
    }
    for (Agent agent : agents) {
      for (Link link : World.await(agent.links())) {
        truth.merge("webrtc.peer.state " + link.state(), 1.0, Double::sum);
      }
    }
    truth.put("webrtc.peer.connections.active", truth.get("webrtc.peer.state connected"));
    truth.put("webrtc.engine.connections", (double) world.node.engine().orElseThrow().connections());
    double registered = world.ask(Addresses.SIGNALING, new JsonObject().put("action", "agents").put("limit", 100))
      .getJsonArray("agents").size();
    truth.put("signaling.agents", registered);
    for (String state : List.of("connecting", "up", "grace", "restarting", "exhausted")) {
      truth.put("retry.links " + state, 0.0);
    }
    for (Object link : world.ask(Addresses.RETRY, new JsonObject().put("action", "list")).getJsonArray("links")) {
      truth.merge("retry.links " + ((JsonObject) link).getString("state"), 1.0, Double::sum);
    }
    return truth;
  }

  /** Name, and the label that tells the series apart but for the engine's. */
  private static Map<String, Double> gauges(World world) {
    Map<String, Double> gauges = new TreeMap<>();
    world.ask(Addresses.METRICS, new JsonObject().put("action", "snapshot")).getJsonObject("meters")
      .forEach(meter -> ((JsonArray) meter.getValue()).forEach(series -> {
        JsonObject labels = ((JsonObject) series).getJsonObject("labels");
        Object value = ((JsonObject) series).getValue("value");
        if (value instanceof Number number) {
          gauges.put(meter.getKey() + (labels.containsKey("state") ? " " + labels.getString("state") : ""),
            number.doubleValue());
        }
      }));
    return gauges;
  }
}
