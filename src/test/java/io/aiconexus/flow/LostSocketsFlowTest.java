package io.aiconexus.flow;

import static io.aiconexus.flow.World.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.identity.AgentKey;
import io.aiconexus.peer.Agent;
import io.aiconexus.peer.HostOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two agents ask each other through a gateway while their connections to it are cut again and again. */
@Timeout(240)
class LostSocketsFlowTest {

  private static final int AT_ONCE = 8;

  /** Every request takes four legs, each of them over a connection that may be cut in the middle of it. */
  @ParameterizedTest
  @CsvSource({"1, 1, 6000, 150", "2, 2, 60000, 40", "3, 1, 1500, 100"})
  void everyRequestIsDoneExactlyOnceHoweverOftenTheConnectionsAreCut(long seed, int instances, int bytesMax, int cuts) {
    try (CuttingProxy proxy = new CuttingProxy(seed, bytesMax);
         World world = World.of("loopback", settings(proxy.port(), instances))) {
      proxy.to(world.url().getPort());
      Teller alice = new Teller(world, proxy);
      Teller bob = new Teller(world, proxy);
      proxy.cut(cuts);

      Future<Void> both = Future.join(alice.ask(bob, proxy, cuts), bob.ask(alice, proxy, cuts)).mapEmpty();
      try {
        both.await(200, java.util.concurrent.TimeUnit.SECONDS);
      } catch (java.util.concurrent.TimeoutException e) {
        throw new AssertionError("only " + proxy.cuts + " cuts", e);
      }

      assertThat(proxy.cuts).hasValue(cuts);
      alice.assertDidWhatWasAskedOnce(bob);
      bob.assertDidWhatWasAskedOnce(alice);
    }
  }

  private static JsonObject settings(int proxyPort, int instances) {
    return new JsonObject()
      .put("peer", new JsonObject().put("reconnect_delay_ms", 5).put("reconnect_max_delay_ms", 50))
      .put("signaling", new JsonObject().put("instances", instances)
        .put("audiences", new JsonArray().add("127.0.0.1:" + proxyPort)));
  }

  /** An agent that says back what it is asked, and counts how often. */
  private static final class Teller {

    final Map<Integer, AtomicInteger> done = new ConcurrentHashMap<>();
    final AtomicInteger asked = new AtomicInteger();
    final AtomicInteger answered = new AtomicInteger();
    final Agent agent;

    Teller(World world, CuttingProxy proxy) {
      agent = await(world.node.host(AgentKey.generate(), HostOptions.DEFAULTS.at(proxy.url())));
      await(agent.onCapability("say", (from, args) -> {
        done.computeIfAbsent(args.getInteger("n"), first -> new AtomicInteger()).incrementAndGet();
        return Future.succeededFuture(args.getInteger("n"));
      }));
    }

    /** Goes on until there were so many cuts. */
    Future<Void> ask(Teller other, CuttingProxy proxy, int cuts) {
      Promise<Void> over = Promise.promise();
      for (int i = 0; i < AT_ONCE; i++) {
        askNext(other, proxy, cuts, over);
      }
      return over.future();
    }

    private void askNext(Teller other, CuttingProxy proxy, int cuts, Promise<Void> over) {
      int n = asked.getAndIncrement();
      agent.exec(other.agent.did(), "say", new JsonObject().put("n", n), Duration.ofSeconds(60)).onComplete(
        said -> {
          if (!said.equals(n)) {
            over.tryFail(new AssertionError(said + " instead of " + n));
          }
          answered.incrementAndGet();
          if (proxy.cuts.get() < cuts) {
            askNext(other, proxy, cuts, over);
          } else if (answered.get() == asked.get()) {
            over.tryComplete();
          }
        },
        cause -> over.tryFail(new AssertionError("request " + n + " of " + asked + " after " + proxy.cuts + " cuts",
          cause)));
    }

    void assertDidWhatWasAskedOnce(Teller other) {
      assertThat(done).hasSize(other.asked.get());
      assertThat(done).allSatisfy((n, times) -> assertThat(times).as("request %s", n).hasValue(1));
    }
  }
}
