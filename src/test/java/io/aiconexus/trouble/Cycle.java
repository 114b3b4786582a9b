package io.aiconexus.trouble;

import io.aiconexus.AIConexus;
import io.aiconexus.bus.Addresses;
import io.aiconexus.identity.Did;
import io.aiconexus.peer.Agent;
import io.aiconexus.peer.Link;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Has a link supervised until it is up, released and closed, again and again, and prints how long each took. */
final class Cycle {

  private final AIConexus node;
  private final Agent agent;
  private final Did remote;
  private final List<Long> millis = new ArrayList<>();
  private int left;
  private int failed;
  private int attempts;
  private long begunNanos;

  Cycle(Vertx vertx, AIConexus node, Agent agent, Did remote, int times) {
    this.node = node;
    this.agent = agent;
    this.remote = remote;
    this.left = times;
    vertx.eventBus().<JsonObject>consumer(Addresses.RETRY_EVENTS, event -> {
      switch (event.body().getString("event")) {
        case "attempt" -> attempts++;
        case "recovered" -> {
          millis.add((System.nanoTime() - begunNanos) / 1_000_000);
          undo();
        }
        case "exhausted" -> {
          failed++;
          undo();
        }
        default -> { }
      }
    });
  }

  void next() {
    if (left-- == 0) {
      List<Long> sorted = millis.stream().sorted().toList();
      System.out.println("cycled " + sorted.size() + " links came up, " + failed + " were given up, " + attempts
        + " attempts; p50 " + at(sorted, 0.5) + " ms, p90 " + at(sorted, 0.9) + " ms, p99 " + at(sorted, 0.99)
        + " ms, longest " + at(sorted, 1) + " ms");
      return;
    }
    begunNanos = System.nanoTime();
    node.supervise(agent.did(), remote);
  }

  private void undo() {
    node.release(agent.did(), remote)
      .compose(released -> agent.link(remote))
      .compose(link -> link.map(Link::close).orElse(Future.succeededFuture()))
      .onComplete(closed -> next());
  }

  private static long at(List<Long> sorted, double part) {
    return sorted.isEmpty() ? -1 : sorted.get((int) Math.min(sorted.size() - 1, Math.floor(sorted.size() * part)));
  }
}
