package io.aiconexus.bench;

import io.aiconexus.identity.AgentKey;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** Pairs of agents that exchange what two agents exchange to connect: 12 messages by turns, two of them of 2 KB. */
final class RelayLoad {

  private static final int EXCHANGE = 12;
  private static final int CONNECTORS = 16;

  private final List<Pair> pairs = new ArrayList<>();
  private final Selector selector;
  private long delivered;

  private RelayLoad(Selector selector) {
    this.selector = selector;
  }

  /** One pair; the agents send by turns, each when it has the other's message. */
  private static final class Pair {
    final RelayClient[] ends;
    final ByteBuffer[] frames = new ByteBuffer[EXCHANGE];
    int turn;
    long sentAt;

    Pair(RelayClient left, RelayClient right) {
      ends = new RelayClient[] {left, right};
      for (int i = 0; i < EXCHANGE; i++) {
        frames[i] = RelayClient.frame(i < 2
          ? ends[i].message(ends[1 - i].did(), i == 0 ? "OFFER" : "ANSWER", new JsonObject().put("connection_id", "c1")
            .put("sdp", "a=candidate:1 1 udp 2130706431 192.0.2.1 50000 typ host\r\n".repeat(29)))
          : ends[i % 2].message(ends[1 - i % 2].did(), "ICE_CANDIDATE", new JsonObject().put("connection_id", "c1")
            .put("candidate", "candidate:1 1 udp 2130706431 192.0.2.1 50000 typ host").put("sdp_mid", "0")
            .put("sdp_mline_index", 0)));
      }
    }

    void send() throws IOException {
      sentAt = System.nanoTime();
      ends[turn % 2].write(frames[turn]);
      turn = (turn + 1) % EXCHANGE;
    }
  }

  static RelayLoad connect(String kind, int port, int count) throws Exception {
    List<RelayClient> clients = join(kind, port, keys(count * 2));
    RelayLoad load = new RelayLoad(Selector.open());
    for (int i = 0; i < count; i++) {
      Pair pair = new Pair(clients.get(2 * i), clients.get(2 * i + 1));
      load.pairs.add(pair);
      for (RelayClient end : pair.ends) {
        end.channel.configureBlocking(false).register(load.selector, SelectionKey.OP_READ, new Object[] {pair, end});
      }
    }
    return load;
  }

  /** Agents' keys, made in advance because that is the agents' own work. */
  static List<AgentKey> keys(int count) {
    return Stream.generate(AgentKey::generate).limit(count).toList();
  }

  static List<RelayClient> join(String kind, int port, List<AgentKey> keys) throws Exception {
    ExecutorService connectors = Executors.newFixedThreadPool(CONNECTORS);
    try {
      List<Future<RelayClient>> joining = new ArrayList<>();
      for (AgentKey key : keys) {
        joining.add(connectors.submit(() -> RelayClient.join(kind, port, key)));
      }
      List<RelayClient> clients = new ArrayList<>();
      for (Future<RelayClient> each : joining) {
        clients.add(each.get());
      }
      return clients;
    } finally {
      connectors.shutdownNow();
    }
  }

  /** Every pair sends as fast as the answers come; gives delivered messages per second. */
  double saturate(Duration time) throws IOException {
    for (Pair pair : pairs) {
      pair.send();
    }
    delivered = 0;
    long start = System.nanoTime();
    long end = start + time.toNanos();
    while (System.nanoTime() < end) {
      selector.select(key -> received(key, true), 100);
    }
    double perSecond = delivered * 1e9 / (System.nanoTime() - start);
    settle();
    return perSecond;
  }

  /** Messages that have arrived since the last saturation began. */
  long delivered() {
    return delivered;
  }

  /** Sends at a fixed rate and gives the time from write to arrival, in microseconds. */
  Histogram atRate(int perSecond, Duration time) throws IOException {
    Histogram micros = new Histogram(3);
    long start = System.nanoTime();
    long gap = 1_000_000_000L / perSecond;
    for (long n = 0; n * gap < time.toNanos(); n++) {
      while (System.nanoTime() - start < n * gap) {
        selector.selectNow(key -> micros.recordValue(received(key, false) / 1000));
      }
      pairs.get((int) (n % pairs.size())).send();
    }
    settle();
    return micros;
  }

  private void settle() throws IOException {
    long end = System.nanoTime() + 200_000_000;
    while (System.nanoTime() < end) {
      selector.select(key -> received(key, false), 50);
    }
  }

  private long received(SelectionKey key, boolean answer) {
    Object[] attached = (Object[]) key.attachment();
    Pair pair = (Pair) attached[0];
    try {
      int frames = ((RelayClient) attached[1]).readFrames();
      delivered += frames;
      long took = System.nanoTime() - pair.sentAt;
      if (answer && frames > 0) {
        pair.send();
      }
      return took;
    } catch (IOException e) {
      throw new IllegalStateException("the load broke", e);
    }
  }
}
