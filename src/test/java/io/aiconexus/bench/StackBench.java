package io.aiconexus.bench;

import static io.aiconexus.bench.BenchEngine.await;

import io.aiconexus.AIConexus;
import io.aiconexus.NodeOptions;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.peer.Agent;
import io.aiconexus.peer.Channel;
import io.aiconexus.peer.HostOptions;
import io.aiconexus.peer.Link;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/**
 * Connects, messages and churn through the whole stack, and connects of the engine alone beside them in the same run.
 * <p>
 * Agents register over the WebSocket; every signal is signed, routed and verified. Arguments: engine (native), connects per
 * figure (300), connects of the churn (0). Linux only. Prints one line of JSON.
 */
public final class StackBench {

  private static final int PAIRS = 100;
  /** Before that the compiler takes a third of the processor, and more of the stack's than of the engine's. */
  private static final int WARM_UP = 4_000;
  private static final long BURST_MS = 2_000;
  private static final int ROUND_TRIPS = 3_000;

  private final BenchEngine bare;
  private final AIConexus node;
  private final List<Agent> callers = new ArrayList<>();
  private final List<Agent> called = new ArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicLong received = new AtomicLong();

  private StackBench(BenchEngine bare, AIConexus node) {
    this.bare = bare;
    this.node = node;
  }

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    String engine = args.length > 0 ? args[0] : "native";
    int connects = args.length > 1 ? Integer.parseInt(args[1]) : 300;
    int churn = args.length > 2 ? Integer.parseInt(args[2]) : 0;
    Vertx vertx = Vertx.vertx();
    NodeOptions options = NodeOptions.from(new JsonObject()
      .put("signaling", new JsonObject().put("port", 0).put("messages_per_second", 5_000).put("burst", 10_000))
      .put("webrtc", new JsonObject().put("engine", engine)));
    AIConexus node = await(AIConexus.builder(vertx).options(options).deploy());
    JsonObject result = new JsonObject().put("engine", engine);
    try (BenchEngine bare = BenchEngine.named(engine)) {
      StackBench bench = new StackBench(bare, node);
      bench.host(vertx);
      bench.connects(WARM_UP, 16, bench::stackConnect);
      bench.connects(WARM_UP, 16, bench::bareConnect);
      for (int atOnce : new int[] {1, 16, PAIRS}) {
        result.put("connect_" + atOnce, bench.compare(Math.max(connects, atOnce), atOnce));
      }
      bench.messages(result);
      if (churn > 0) {
        result.put("churn", bench.churn(churn));
      }
    }
    await(node.close());
    await(vertx.close());
    System.out.println(result.encode());
  }

  private void host(Vertx vertx) {
    HostOptions there = HostOptions.DEFAULTS.at(URI.create("ws://127.0.0.1:" + node.signalingPort().orElseThrow()));
    for (int i = 0; i < PAIRS; i++) {
      callers.add(await(node.host(AgentKey.generate(), there)));
      Agent other = await(node.host(AgentKey.generate(), there));
      other.onChannel(this::serve);
      called.add(other);
    }
  }

  private void serve(Channel channel) {
    if (channel.label().equals("echo")) {
      channel.handler(channel::write);
    } else {
      channel.handler(bytes -> received.addAndGet(bytes.length()));
    }
  }

  private Future<Closing> stackConnect(int index) {
    int pair = Math.floorMod(turn.getAndIncrement(), PAIRS);
    return callers.get(pair).connect(called.get(pair).did()).map(link -> link::close);
  }

  private Future<Closing> bareConnect(int index) {
    return BenchPair.connect(bare.vertx(), bare.engine()).map(pair -> pair::close);
  }

  /** Stack and engine in turns, so that the rest of the machine disturbs both alike. */
  private JsonObject compare(int connects, int atOnce) {
    Figures stack = new Figures();
    Figures engine = new Figures();
    for (int part = 0; part < 3; part++) {
      stack.add(connects(Math.max(atOnce, connects / 3), atOnce, this::stackConnect));
      engine.add(connects(Math.max(atOnce, connects / 3), atOnce, this::bareConnect));
    }
    return new JsonObject().put("stack", stack.toJson()).put("bare", engine.toJson())
      .put("ratio", Math.round(100 * stack.perSecond() / engine.perSecond()) / 100.0);
  }

  private Figures connects(int connects, int atOnce, IntFunction<Future<Closing>> connect) {
    Figures figures = new Figures();
    for (int done = 0; done < connects; done += atOnce) {
      long start = System.nanoTime();
      List<Future<Closing>> round = new ArrayList<>();
      for (int i = 0; i < atOnce; i++) {
        round.add(connect.apply(i).onSuccess(open -> figures.latency(System.nanoTime() - start)));
      }
      await(Future.all(round));
      figures.elapsed(System.nanoTime() - start, atOnce);
      await(Future.all(round.stream().map(open -> open.result().close()).toList()));
      settle();
    }
    return figures;
  }

  /** Waits until the other ends are closed too. */
  private void settle() {
    while (node.engine().orElseThrow().connections() + bare.engine().status().connections() > 0) {
      await(bare.vertx().timer(1));
    }
  }

  private void messages(JsonObject result) {
    Link link = await(callers.get(0).connect(called.get(0).did()));
    result.put("round_trip_us", roundTrips(await(link.channel("echo"))));
    burst(await(link.channel("sink")), 64);
    result.put("messages_per_second_64", Math.round(burst(await(link.channel("sink")), 64) / 64));
    result.put("megabytes_per_second_16k", Math.round(burst(await(link.channel("sink")), 16 * 1024) / 1e5) / 10.0);
    await(link.close());
    settle();
  }

  private JsonObject roundTrips(Channel echo) {
    Figures figures = new Figures();
    Promise<Void> done = Promise.promise();
    Buffer message = Buffer.buffer(new byte[64]);
    long[] state = {System.nanoTime(), 0};
    echo.handler(back -> {
      long now = System.nanoTime();
      if (state[1]++ > ROUND_TRIPS / 3) {
        figures.latency(now - state[0]);
      }
      if (state[1] == ROUND_TRIPS) {
        done.complete();
      } else {
        state[0] = System.nanoTime();
        echo.write(message);
      }
    });
    echo.write(message);
    await(done.future());
    return new JsonObject().put("p50", figures.micros(50)).put("p99", figures.micros(99));
  }

  /** Bytes a second at the other end. */
  private double burst(Channel sink, int size) {
    Buffer message = Buffer.buffer(new byte[size]);
    Promise<Void> done = Promise.promise();
    long before = received.get();
    long start = System.nanoTime();
    new Object() {
      void fill() {
        while (!sink.writeQueueFull()) {
          sink.write(message);
        }
        if (System.nanoTime() - start > BURST_MS * 1_000_000) {
          sink.drainHandler(null);
          done.tryComplete();
        }
      }

      void start() {
        sink.drainHandler(room -> fill());
        callers.get(0).links().onSuccess(onContext -> fill());
      }
    }.start();
    await(done.future());
    return (received.get() - before) / ((System.nanoTime() - start) / 1e9);
  }

  private JsonObject churn(int connects) throws IOException {
    connects(WARM_UP, 16, this::stackConnect);
    System.gc();
    long descriptors = OwnProcess.descriptors();
    long resident = OwnProcess.residentKib();
    connects(connects, 16, this::stackConnect);
    System.gc();
    long grown = OwnProcess.residentKib() - resident;
    return new JsonObject().put("connects", connects).put("descriptors_before", descriptors)
      .put("descriptors_after", OwnProcess.descriptors()).put("rss_kib_before", resident).put("rss_kib_grown", grown)
      .put("kib_per_connection", Math.round(50.0 * grown / connects) / 100.0);
  }

  /** Ends a connection. */
  private interface Closing {

    Future<Void> close();
  }

  /** Latencies, and how many in which time. */
  private static final class Figures {

    private final List<Long> nanos = new ArrayList<>();
    private long elapsed;
    private int count;

    synchronized void latency(long one) {
      nanos.add(one);
    }

    void elapsed(long round, int connects) {
      elapsed += round;
      count += connects;
    }

    void add(Figures other) {
      nanos.addAll(other.nanos);
      elapsed(other.elapsed, other.count);
    }

    double perSecond() {
      return count / (elapsed / 1e9);
    }

    synchronized double micros(int percent) {
      long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
      Arrays.sort(sorted);
      return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1_000.0;
    }

    JsonObject toJson() {
      return new JsonObject().put("per_second", Math.round(perSecond()))
        .put("p50_ms", Math.round(micros(50) / 10) / 100.0).put("p99_ms", Math.round(micros(99) / 10) / 100.0);
    }
  }
}
