package io.aiconexus.bench;

import io.aiconexus.AIConexus;
import io.aiconexus.NodeOptions;
import io.aiconexus.bus.Addresses;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.aiconexus.peer.Agent;
import io.aiconexus.peer.HostOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Supervised connects between agents of one node, of whose signaling messages some are dropped. */
final class SupervisedConnects {

  private static final int SIDE = 32;
  private static final long PATIENCE_SECONDS = 600;

  private final Vertx vertx = Vertx.vertx();
  private final Map<String, Long> begun = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Long> millis = new ConcurrentLinkedQueue<>();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger attempts = new AtomicInteger();

  /** Prints how many of {@code count} links came up, and how long that took. */
  void run(String engine, int count, double loss, int atOnce, int attemptTimeoutMs) throws Exception {
    LossySignaling way = new LossySignaling(vertx, loss);
    AIConexus node = AIConexus.builder(vertx).options(options(engine, way.port(), attemptTimeoutMs)).deploy()
      .await(60, TimeUnit.SECONDS);
    way.to(node.signalingPort().orElseThrow());
    List<Agent> agents = new ArrayList<>();
    for (int i = 0; i < 2 * SIDE; i++) {
      agents.add(node.host(AgentKey.generate(), HostOptions.DEFAULTS.at(way.url())).await(60, TimeUnit.SECONDS));
    }
    Semaphore room = new Semaphore(atOnce);
    CountDownLatch left = new CountDownLatch(count);
    vertx.eventBus().<JsonObject>consumer(Addresses.RETRY_EVENTS, event -> onEvent(node, event.body(), room, left))
      .completion().await(10, TimeUnit.SECONDS);
    for (int i = 0; i < count; i++) {
      room.acquire();
      Did near = agents.get(i % SIDE).did();
      Did far = agents.get(SIDE + i / SIDE % SIDE).did();
      begun.put(near + " " + far, System.nanoTime());
      node.supervise(near, far);
    }
    left.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    List<Long> sorted = millis.stream().sorted().toList();
    System.out.printf(Locale.ROOT, "%s: %d of %d up (%.2f %%), %d given up, %d attempts, %d messages dropped; "
        + "p50 %d ms, p90 %d ms, p99 %d ms, longest %d ms%n", engine, sorted.size(), count,
      100.0 * sorted.size() / count, failed.get(), attempts.get(), way.dropped.get(),
      at(sorted, 0.5), at(sorted, 0.9), at(sorted, 0.99), at(sorted, 1));
    vertx.close().await(60, TimeUnit.SECONDS);
  }

  private void onEvent(AIConexus node, JsonObject event, Semaphore room, CountDownLatch left) {
    switch (event.getString("event")) {
      case "attempt" -> attempts.incrementAndGet();
      case "recovered", "exhausted" -> {
        Long since = begun.remove(event.getString("local") + " " + event.getString("remote"));
        if (since == null) {
          return;
        }
        if (event.getString("event").equals("recovered")) {
          millis.add((System.nanoTime() - since) / 1_000_000);
        } else {
          failed.incrementAndGet();
        }
        node.release(Did.parse(event.getString("local")), Did.parse(event.getString("remote")));
        room.release();
        left.countDown();
      }
      default -> { }
    }
  }

  private static NodeOptions options(String engine, int port, int attemptTimeoutMs) {
    return NodeOptions.from(new JsonObject().put("webrtc", new JsonObject().put("engine", engine))
      .put("signaling", new JsonObject().put("port", 0)
        .put("audiences", new JsonArray().add("127.0.0.1:" + port)))
      .put("retry", new JsonObject().put("policy", new JsonObject().put("attempt_timeout_ms", attemptTimeoutMs))));
  }

  private static long at(List<Long> sorted, double part) {
    return sorted.isEmpty() ? -1 : sorted.get((int) Math.min(sorted.size() - 1, Math.floor(sorted.size() * part)));
  }
}
