package io.aiconexus.bench;

import io.aiconexus.AIConexus;
import io.aiconexus.NodeOptions;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.metrics.ProcessMetrics;
import io.aiconexus.peer.Agent;
import io.aiconexus.peer.Channel;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a message of 64 bytes costs from one agent's channel to the other's, with metrics and without; through the
 * engine in memory, so that nothing else is in the way.
 * <p>
 * Run with {@code java -cp <test class path> org.openjdk.jmh.Main MessageBench -prof gc}: {@code gc.alloc.rate.norm}
 * is the allocation per message.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class MessageBench {

  private static final int BATCH = 1_000;

  /** Whether the node counts, and Vert.x with it. */
  @Param({"off", "on"})
  public String metrics;

  private final Buffer message = Buffer.buffer(new byte[64]);
  private ProcessMetrics counting;
  private Vertx vertx;
  private AIConexus node;
  private Channel channel;
  private int left;
  private Promise<Void> arrived;

  /** Connects two agents of one node. */
  @Setup
  public void connect() throws Exception {
    boolean on = metrics.equals("on");
    counting = on ? new ProcessMetrics() : null;
    vertx = on ? counting.counting(Vertx.builder()).build() : Vertx.vertx();
    JsonArray roles = new JsonArray().add("signaling").add("peers");
    NodeOptions options = NodeOptions.from(new JsonObject().put("signaling", new JsonObject().put("port", 0))
      .put("webrtc", new JsonObject().put("engine", "loopback"))
      .put("node", new JsonObject().put("roles", on ? roles.add("metrics") : roles)));
    node = AIConexus.builder(vertx).options(options).meterRegistry(on ? counting.registry() : null).deploy()
      .await(30, TimeUnit.SECONDS);
    Agent ann = node.host(AgentKey.generate()).await(10, TimeUnit.SECONDS);
    Agent bob = node.host(AgentKey.generate()).await(10, TimeUnit.SECONDS);
    bob.onChannel(made -> made.messageHandler(heard -> {
      if (--left == 0) {
        arrived.complete();
      }
    })).await(10, TimeUnit.SECONDS);
    channel = ann.connect(bob.did()).compose(link -> link.channel("data")).await(30, TimeUnit.SECONDS);
  }

  /** Stops the node. */
  @TearDown
  public void stop() throws Exception {
    node.close().await(30, TimeUnit.SECONDS);
    vertx.close().await(30, TimeUnit.SECONDS);
    if (counting != null) {
      counting.close();
    }
  }

  /** A batch that is over when the last message has arrived. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void send() throws Exception {
    arrived = Promise.promise();
    left = BATCH;
    for (int i = 0; i < BATCH; i++) {
      channel.write(message);
    }
    arrived.future().await(30, TimeUnit.SECONDS);
  }
}
