package io.aiconexus.trouble;

import io.aiconexus.AIConexus;
import io.aiconexus.NodeOptions;
import io.aiconexus.bus.Addresses;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.peer.Agent;
import io.aiconexus.peer.HostOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many agents of one node at a gateway in a process of its own, which ask each other all the time while the gateway is
 * killed and started again.
 */
public final class Crowd implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 120;
  private static final int HOSTED_AT_ONCE = 25;
  private static final String CAPABILITY = "say";

  private final Vertx vertx = Vertx.vertx();
  private final List<Agent> agents = new ArrayList<>();
  private final Map<String, Long> back = new ConcurrentHashMap<>();
  private final Map<Integer, AtomicInteger> codes = new ConcurrentHashMap<>();
  private final Map<Integer, AtomicInteger> done = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final ConcurrentLinkedQueue<String> refused = new ConcurrentLinkedQueue<>();
  private final AtomicInteger silent = new AtomicInteger();
  private AIConexus node;
  private Child gateway;
  private int port;
  private volatile boolean asking;

  /** What became of it. */
  public record Outcome(int agents, List<Long> backMs, int asked, int refused, int silent, int twice) {

    long backMs(double part) {
      return backMs.get((int) Math.min(backMs.size() - 1, Math.floor(backMs.size() * part)));
    }

    @Override
    public String toString() {
      return agents + " agents, back after the kill: first " + backMs(0) + " ms, half " + backMs(0.5) + " ms, last "
        + backMs(1) + " ms; " + asked + " requests meanwhile, " + refused + " of them refused, " + silent
        + " without an answer, " + twice + " done twice";
    }
  }

  /** Hosts so many agents; those who ask ask again as soon as they have an answer. */
  public Outcome outliveARestart(int size, int askers) throws Exception {
    gateway = Child.start(List.of(), TroubledGateway.class.getName(), "127.0.0.1", "0");
    port = Integer.parseInt(gateway.line("gateway "));
    NodeOptions options = NodeOptions.from(new JsonObject().put("webrtc", new JsonObject().put("engine", "loopback")));
    node = AIConexus.builder(vertx).options(options.withRoles(Set.of(NodeOptions.Role.PEERS))).deploy()
      .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    host(size);
    asking = true;
    for (int i = 0; i < askers; i++) {
      ask(agents.get(i), agents.get(size - 1 - i));
    }

    long killedNanos = System.nanoTime();
    gateway.kill();
    gateway = Child.start(List.of(), TroubledGateway.class.getName(), "127.0.0.1", String.valueOf(port));
    gateway.line("gateway ");
    until(() -> back.size() == size);
    asking = false;
    until(() -> open.get() == 0);
    List<Long> backMs = back.values().stream().map(at -> (at - killedNanos) / 1_000_000).sorted().toList();
    int twice = (int) done.values().stream().filter(times -> times.get() > 1).count();
    return new Outcome(size, backMs, asked.get(), refused.size(), silent.get(), twice);
  }

  private void host(int size) throws Exception {
    HostOptions there = HostOptions.DEFAULTS.at(URI.create("ws://127.0.0.1:" + port));
    List<Future<Agent>> hosted = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      hosted.add(node.host(AgentKey.generate(), there));
      if (hosted.size() % HOSTED_AT_ONCE == 0) {
        Future.all(hosted).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    }
    Future.all(hosted).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    for (Future<Agent> each : hosted) {
      Agent agent = each.result();
      agents.add(agent);
      agent.onCapability(CAPABILITY, (from, args) -> {
        done.computeIfAbsent(args.getInteger("n"), first -> new AtomicInteger()).incrementAndGet();
        return Future.succeededFuture(args.getInteger("n"));
      }).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      vertx.eventBus().<JsonObject>consumer(Addresses.peerEvents(agent.did()), event -> {
        if (event.body().getString("event").equals("registered")) {
          back.putIfAbsent(agent.did().toString(), System.nanoTime());
        } else if (event.body().getString("event").equals("signaling_lost")) {
          codes.computeIfAbsent(event.body().getInteger("close_code"), first -> new AtomicInteger()).incrementAndGet();
        }
      }).completion().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** An answer that says that the other is not there yet is a clear one; a time that runs out is not. */
  private void ask(Agent from, Agent to) {
    int n = asked.getAndIncrement();
    open.incrementAndGet();
    from.exec(to.did(), CAPABILITY, new JsonObject().put("n", n), Duration.ofSeconds(60)).onComplete(said -> {
      if (!done.containsKey(n)) {
        refused.add(n + " was answered and not done");
      }
    }, cause -> {
      if (cause.getMessage().contains("did not answer within")) {
        silent.incrementAndGet();
      } else {
        refused.add(cause.getMessage());
      }
    }).onComplete(over -> {
      if (asking) {
        vertx.setTimer(20, later -> ask(from, to));
      }
      open.decrementAndGet();
    });
  }

  private void until(java.util.function.BooleanSupplier holds) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(back.size() + " of " + agents.size() + " are back, " + open + " requests are open; "
          + "sessions were closed with " + codes);
      }
      vertx.timer(5).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Override
  public void close() throws Exception {
    try {
      vertx.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } finally {
      if (gateway != null) {
        gateway.close();
      }
    }
  }
}
