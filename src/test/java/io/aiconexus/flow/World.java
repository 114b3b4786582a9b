package io.aiconexus.flow;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.aiconexus.AIConexus;
import io.aiconexus.NodeOptions;
import io.aiconexus.bus.Failure;
import io.aiconexus.config.Section;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.peer.Agent;
import io.aiconexus.peer.HostOptions;
import io.aiconexus.webrtc.Engines;
import io.aiconexus.webrtc.WebrtcOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** A node with a gateway on a port of the system's choice and an engine, for tests from outside. Blocks the test's thread. */
final class World implements AutoCloseable {

  static final int PATIENCE = 30;

  final Vertx vertx;
  final AIConexus node;

  private World(Vertx vertx, AIConexus node) {
    this.vertx = vertx;
    this.node = node;
  }

  /** Every engine that there is, by name. */
  static List<String> engines() {
    return Engines.NAMES.stream().filter(name -> !name.equals("auto")).toList();
  }

  static World of(String engine) {
    return of(engine, new JsonObject());
  }

  /** With these settings beside the engine and the port. */
  static World of(String engine, JsonObject settings) {
    JsonObject all = new JsonObject().put("webrtc", new JsonObject().put("engine", engine))
      .put("signaling", new JsonObject().put("port", 0).put("instances", 1)).mergeIn(settings, true);
    Vertx vertx = Vertx.vertx();
    return new World(vertx, await(AIConexus.builder(vertx).options(NodeOptions.from(all)).deploy()));
  }

  static WebrtcOptions webrtc(String engine) {
    return WebrtcOptions.from(Section.of("webrtc", new JsonObject().put("engine", engine)));
  }

  /** The gateway's URL. */
  URI url() {
    return URI.create("ws://127.0.0.1:" + node.signalingPort().orElseThrow());
  }

  /** A new agent at the event bus. */
  Agent host() {
    return host(HostOptions.DEFAULTS);
  }

  Agent host(HostOptions options) {
    return await(node.host(AgentKey.generate(), options));
  }

  /** A new agent that registers over the WebSocket. */
  Agent hostOverWebSocket() {
    return host(HostOptions.DEFAULTS.at(url()));
  }

  /** What a command over the event bus gives. */
  JsonObject ask(String address, JsonObject command) {
    return await(vertx.eventBus().<JsonObject>request(address, command)).body();
  }

  Failure refusal(String address, Object command) {
    return failureOf(vertx.eventBus().request(address, command));
  }

  /** What is published at {@code address} from now on. */
  BlockingQueue<JsonObject> listen(String address) {
    BlockingQueue<JsonObject> heard = new LinkedBlockingQueue<>();
    await(vertx.eventBus().<JsonObject>consumer(address, message -> heard.add(message.body())).completion());
    return heard;
  }

  static <T> T next(BlockingQueue<T> queue) {
    try {
      T next = queue.poll(PATIENCE, SECONDS);
      if (next == null) {
        throw new AssertionError("nothing came within " + PATIENCE + " s");
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The first that fits; others before it are passed over. */
  static <T> T next(BlockingQueue<T> queue, Predicate<T> fits) {
    T next = next(queue);
    while (!fits.test(next)) {
      next = next(queue);
    }
    return next;
  }

  static <T> T await(Future<T> future) {
    try {
      return future.await(PATIENCE, SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no outcome within " + PATIENCE + " s", e);
    }
  }

  static Throwable causeOf(Future<?> future) {
    return await(future.transform(outcome -> outcome.failed() ? Future.succeededFuture(outcome.cause())
      : Future.failedFuture(new AssertionError("it succeeded with " + outcome.result()))));
  }

  static Failure failureOf(Future<?> future) {
    return Failure.of(causeOf(future));
  }

  /** Waits, turn by turn of an event loop, for what comes about by itself. */
  void until(BooleanSupplier holds) {
    long deadline = System.nanoTime() + SECONDS.toNanos(PATIENCE);
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("it did not come about within " + PATIENCE + " s");
      }
      await(vertx.timer(1));
    }
  }

  @Override
  public void close() {
    await(node.close());
    await(vertx.close());
  }
}
