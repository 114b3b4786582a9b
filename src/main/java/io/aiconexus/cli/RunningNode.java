package io.aiconexus.cli;

import io.aiconexus.AIConexus;
import io.aiconexus.NodeOptions;
import io.aiconexus.metrics.ProcessMetrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A node in this process that ends in order, be it by {@link #close} or by SIGINT or SIGTERM at any moment. */
final class RunningNode implements AutoCloseable {

  private static final long START_SECONDS = 60;
  private static final long GRACE_SECONDS = 30;
  private static final long DRAIN_MARGIN_MS = 5_000;

  private final ProcessMetrics metrics = new ProcessMetrics();
  private final Vertx vertx = metrics.counting(Vertx.builder()).build();
  private final Thread onSignal = new Thread(this::stopForSignal, "stop");
  private volatile AIConexus node;
  private volatile boolean drains;

  private RunningNode() {
  }

  /** Starts a node; fails with one line that a person can act on. */
  static RunningNode start(NodeOptions options) throws TimeoutException {
    RunningNode running = new RunningNode();
    Runtime.getRuntime().addShutdownHook(running.onSignal);
    boolean started = false;
    try {
      running.node = AIConexus.builder(running.vertx).options(options).meterRegistry(running.metrics.registry())
        .deploy().await(START_SECONDS, TimeUnit.SECONDS);
      started = true;
      return running;
    } finally {
      if (!started) {
        running.close();
      }
    }
  }

  Vertx vertx() {
    return vertx;
  }

  AIConexus node() {
    return node;
  }

  /** Has a signal send the sessions away, for at most {@code node.drain_ms}, before it ends the process. */
  void drainOnSignal() {
    drains = true;
  }

  /** Waits until a signal ends the process. */
  int untilAsked() throws InterruptedException {
    new CountDownLatch(1).await();
    return 0;
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(onSignal);
    await(stop());
  }

  private Future<Void> stop() {
    return (node == null ? Future.<Void>succeededFuture() : node.close()).eventually(vertx::close)
      .onComplete(stopped -> metrics.close());
  }

  /** Being told to stop is no failure: the exit status is 0, or 1 when it did not stop in order. */
  private void stopForSignal() {
    int status = 0;
    try {
      if (drains) {
        drain();
      }
      await(stop());
    } catch (RuntimeException e) {
      System.err.println("aiconexus: did not stop in order: " + e.getMessage());
      status = 1;
    }
    Main.closeOutput();
    Runtime.getRuntime().halt(status);
  }

  /** Whoever does not leave in time hears 1001 when the node stops. */
  private void drain() {
    Duration most = node.options().drain();
    try {
      node.drain(most).await(most.toMillis() + DRAIN_MARGIN_MS, TimeUnit.MILLISECONDS);
    } catch (ReplyException | TimeoutException e) {
      System.err.println("aiconexus: stops without having drained: " + e.getMessage());
    }
  }

  private static void await(Future<Void> stopped) {
    try {
      stopped.await(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("still running after " + GRACE_SECONDS + " s", e);
    }
  }
}
