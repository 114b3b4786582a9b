package io.aiconexus.cli;

import io.aiconexus.AIConexus;
import io.aiconexus.bus.Addresses;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.peer.Agent;
import io.aiconexus.peer.Channel;
import io.aiconexus.peer.HostOptions;
import io.aiconexus.peer.Link;
import io.aiconexus.webrtc.ConnectionStats;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** Two agents, Alice and Bob, from their registration to measured data; tells what happens as it happens. */
final class Demo {

  private static final int ROUND_TRIPS = 2_000;
  private static final int WARM_UP = 500;
  private static final int SMALL_BYTES = 64;
  private static final int LARGE_BYTES = 16 * 1024;
  private static final long BURST_MS = 2_000;
  private static final String ECHO = "echo";
  private static final String SINK = "sink-";

  private final Vertx vertx;
  private final AIConexus node;
  private final String url;
  private final AgentKey alice = AgentKey.generate();
  private final AgentKey bob = AgentKey.generate();
  private final Map<Integer, LongAdder> receivedOfSize =
    Map.of(SMALL_BYTES, new LongAdder(), LARGE_BYTES, new LongAdder());
  private final long startNanos = System.nanoTime();

  Demo(Vertx vertx, AIConexus node, String url) {
    this.vertx = vertx;
    this.node = node;
    this.url = url;
  }

  /** Runs it; {@code out} takes a line for each thing that happens. */
  Future<DemoResult> run(Consumer<String> out) {
    tell(out, "gateway", "listens at " + url + " as " + node.gateway());
    follow(out, "Alice", alice);
    follow(out, "Bob", bob);
    HostOptions there = HostOptions.DEFAULTS.at(URI.create(url));
    return node.host(bob, there).compose(second -> {
      second.onChannel(this::serve);
      second.onCapability("add", (from, args) ->
        Future.succeededFuture(args.getInteger("a") + args.getInteger("b")));
      return node.host(alice, there);
    }).compose(first -> measure(first, out));
  }

  /** How others join what keeps running. */
  String invitation() {
    return "\nThe gateway stays; from another terminal:\n  ./aiconexus agent --gateway " + url
      + " --connect " + bob.did() + "\nctrl-C ends it.";
  }

  private void serve(Channel channel) {
    if (channel.label().startsWith(SINK)) {
      channel.messageHandler(message -> receivedOfSize.get(message.data().length()).increment());
    } else {
      Echo.back(channel);
    }
  }

  private Future<DemoResult> measure(Agent agent, Consumer<String> out) {
    long asked = System.nanoTime();
    return agent.connect(bob.did()).compose(link -> {
      double connectMs = (System.nanoTime() - asked) / 1e6;
      tell(out, "Alice", String.format(Locale.ROOT, "connected to Bob, %.1f ms after asking for it", connectMs));
      return link.stats()
        .onSuccess(stats -> tell(out, "path", stats.candidatePair() + ", DTLS " + stats.dtlsState() + " with "
          + stats.dtlsCipher()))
        .compose(stats -> measure(agent, link, stats, connectMs, out));
    });
  }

  private Future<DemoResult> measure(Agent agent, Link link, ConnectionStats stats, double connectMs,
                                     Consumer<String> out) {
    Histogram micros = new Histogram(3);
    String engine = node.engine().orElseThrow().engine();
    return link.channel(ECHO).compose(echo -> roundTrips(echo, micros)).compose(done -> {
      tell(out, "round trip", micros.getValueAtPercentile(50) + " us median, " + micros.getValueAtPercentile(99)
        + " us p99, 64 bytes there and back");
      return burst(link, SMALL_BYTES);
    }).compose(small -> {
      tell(out, "messages", String.format(Locale.ROOT, "%,.0f a second of 64 bytes", small));
      return burst(link, LARGE_BYTES).compose(large -> {
        tell(out, "bulk", String.format(Locale.ROOT, "%.1f MB/s in messages of 16 KiB", large * LARGE_BYTES / 1e6));
        return agent.exec(bob.did(), "add", new JsonObject().put("a", 2).put("b", 3)).map(sum -> {
          tell(out, "exec", "Alice asks Bob to add 2 and 3, he answers " + sum);
          return new DemoResult(engine, connectMs, stats, micros.getValueAtPercentile(50),
            micros.getValueAtPercentile(99), Math.round(small), large * LARGE_BYTES / 1e6, sum);
        });
      });
    });
  }

  private Future<Void> roundTrips(Channel echo, Histogram micros) {
    Promise<Void> done = Promise.promise();
    Buffer ball = Buffer.buffer(new byte[SMALL_BYTES]);
    long[] sentNanos = {System.nanoTime()};
    int[] count = {0};
    echo.messageHandler(message -> {
      if (++count[0] > WARM_UP) {
        micros.recordValue((System.nanoTime() - sentNanos[0]) / 1_000);
      }
      if (count[0] == WARM_UP + ROUND_TRIPS) {
        done.complete();
        return;
      }
      sentNanos[0] = System.nanoTime();
      echo.write(ball).onFailure(done::tryFail);
    });
    echo.write(ball).onFailure(done::tryFail);
    return done.future();
  }

  /** Messages a second that arrived at the other end while this end wrote as fast as the channel takes them. */
  private Future<Double> burst(Link link, int bytes) {
    return link.channel(SINK + bytes).compose(sink -> burst(sink, bytes));
  }

  private Future<Double> burst(Channel sink, int bytes) {
    Promise<Double> done = Promise.promise();
    Buffer message = Buffer.buffer(new byte[bytes]);
    LongAdder received = receivedOfSize.get(bytes);
    long from = System.nanoTime();
    boolean[] over = {false};
    sink.drainHandler(drained -> pump(sink, message, over));
    vertx.setTimer(BURST_MS, end -> {
      over[0] = true;
      done.complete(received.sum() / ((System.nanoTime() - from) / 1e9));
    });
    pump(sink, message, over);
    return done.future();
  }

  private static void pump(Channel sink, Buffer message, boolean[] over) {
    while (!over[0] && sink.isOpen() && !sink.writeQueueFull()) {
      sink.write(message);
    }
  }

  private void follow(Consumer<String> out, String name, AgentKey key) {
    tell(out, name, "is " + key.did());
    vertx.eventBus().<JsonObject>consumer(Addresses.peerEvents(key.did()), message -> {
      JsonObject event = message.body();
      switch (event.getString("event")) {
        case "registered" -> tell(out, name, "is registered at the gateway");
        case "signal" -> tell(out, name,
          ("out".equals(event.getString("direction")) ? "sends " : "receives and verifies ")
            + event.getString("signal"));
        case "ice" -> tell(out, name, "ICE " + event.getString("state"));
        case "link" -> tell(out, name, "link " + event.getString("state")
          + (event.getString("state").equals("connected") ? ": DTLS and SCTP are up" : ""));
        case "channel" -> tell(out, name, "channel " + event.getString("label") + " " + event.getString("state"));
        default -> tell(out, name, event.encode());
      }
    });
  }

  private void tell(Consumer<String> out, String who, String what) {
    out.accept(String.format(Locale.ROOT, "%8.1f ms  %-10s %s", (System.nanoTime() - startNanos) / 1e6, who, what));
  }
}
