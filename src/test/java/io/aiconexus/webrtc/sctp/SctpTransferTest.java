package io.aiconexus.webrtc.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aiconexus.webrtc.net.LinkConditions;
import io.aiconexus.webrtc.net.SimulatedNetwork;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SctpTransferTest {

  private static final long SECOND = 1_000_000_000L;
  private static final SctpOptions OPTIONS = SctpOptions.DEFAULTS.withHeartbeat(Duration.ZERO);

  @Test
  void everyMessageArrivesWholeAndInOrderOnBadNetworks() {
    long seeds = Long.getLong("sctp.seeds", 300);
    long first = Long.getLong("sctp.firstSeed", 1);
    for (long seed = first; seed < first + seeds; seed++) {
      transferRandomMessages(seed);
    }
  }

  private static LinkConditions randomConditions(SplittableRandom random) {
    double[] losses = {0, 0, 0.001, 0.01, 0.05, 0.2};
    LinkConditions conditions = LinkConditions.PERFECT
      .withLoss(losses[random.nextInt(losses.length)])
      .withDelay(Duration.ofMillis(random.nextInt(80)));
    if (random.nextInt(3) == 0) {
      conditions = conditions.withDuplication(0.05);
    }
    if (random.nextInt(3) == 0) {
      conditions = conditions.withReordering(0.1, Duration.ofMillis(1 + random.nextInt(30)));
    }
    if (random.nextInt(3) == 0) {
      conditions = conditions.withRate(200_000 + random.nextInt(20_000_000), 20_000 + random.nextInt(200_000));
    }
    return conditions;
  }

  private static void transferRandomMessages(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SimulatedNetwork network = new SimulatedNetwork(seed);
    SctpEndpoint[] ends = SctpEndpoint.pair(network, OPTIONS, randomConditions(random), seed);
    ends[0].connect();
    if (random.nextBoolean()) {
      ends[1].connect();
    }
    assertThat(network.runUntil(() -> ends[0].connected && ends[1].connected, 120 * SECOND))
      .as("seed %d connects", seed).isTrue();
    Transfer there = new Transfer(ends[0], ends[1], random.split(), 20 + random.nextInt(200));
    Transfer back = new Transfer(ends[1], ends[0], random.split(), random.nextInt(50));
    long start = network.now();
    long timersBefore = ends[0].timerCalls + ends[1].timerCalls;
    there.start();
    back.start();
    assertThat(network.runUntil(() -> there.isDone() && back.isDone(), 1_200 * SECOND))
      .as("seed %d arrives: %s, %s; %s", seed, there, back, ends[0].association.statistics()).isTrue();
    double seconds = (network.now() - start) / 1e9;
    long packets = ends[0].packetsIn + ends[1].packetsIn;
    assertThat(ends[0].timerCalls + ends[1].timerCalls - timersBefore)
      .as("seed %d: timers fire for a reason", seed).isLessThan((long) (20 + seconds * 60) + packets);
    assertThat(ends[0].out.sent() + ends[1].out.sent())
      .as("seed %d: packets are worth it", seed).isLessThan(40 + 6 * (there.bytes + back.bytes) / 1_000
        + 6L * (there.count + back.count));
    shutDown(network, ends, seed);
  }

  private static void shutDown(SimulatedNetwork network, SctpEndpoint[] ends, long seed) {
    ends[0].association.shutdown(network.now());
    ends[0].flush();
    assertThat(network.runUntil(() -> ends[0].closed != null && ends[1].closed != null, 300 * SECOND))
      .as("seed %d shuts down: %s", seed, ends[0].association.state()).isTrue();
    assertThat(ends[0].closed.kind()).as("seed %d", seed).isEqualTo(CloseReason.Kind.SHUTDOWN);
    assertThat(ends[1].closed.kind()).as("seed %d", seed).isEqualTo(CloseReason.Kind.SHUTDOWN);
    assertThat(ends[0].association.statistics().windowHeld()).as("seed %d", seed).isZero();
    assertThat(ends[1].association.statistics().windowHeld()).as("seed %d", seed).isZero();
  }

  /** Random messages one way, every byte of which is compared at the other end. */
  private static final class Transfer {
    private final SctpEndpoint from;
    private final SplittableRandom random;
    private final Map<Integer, ArrayDeque<Integer>> ordered = new HashMap<>();
    private final Set<Integer> unordered = new HashSet<>();
    private final int count;
    private int sent;
    private int arrived;
    private long bytes;

    Transfer(SctpEndpoint from, SctpEndpoint to, SplittableRandom random, int count) {
      this.from = from;
      this.random = random;
      this.count = count;
      to.onMessage = this::arrived;
    }

    void start() {
      from.network.at(from.network.now(), this::sendSome);
    }

    private void sendSome() {
      for (int burst = 1 + random.nextInt(40); burst > 0 && sent < count; burst--) {
        int stream = random.nextInt(6);
        boolean inOrder = stream < 4;
        int longest = random.nextInt(10) == 0 ? 60_000 : random.nextBoolean() ? 100 : 3_000;
        byte[] data = content(sent, 4 + random.nextInt(longest));
        assertThat(from.send(stream, data, inOrder ? Delivery.RELIABLE : Delivery.UNORDERED))
          .isEqualTo(SendOutcome.QUEUED);
        bytes += data.length;
        if (inOrder) {
          ordered.computeIfAbsent(stream, s -> new ArrayDeque<>()).add(sent);
        } else {
          unordered.add(sent);
        }
        sent++;
      }
      from.flush();
      if (sent < count) {
        from.network.at(from.network.now() + random.nextLong(20_000_000), this::sendSome);
      }
    }

    private void arrived(int stream, int ppid, byte[] data) {
      int number = Wire.int32(data, 0);
      if (stream < 4) {
        assertThat(number).isEqualTo(ordered.get(stream).poll());
      } else {
        assertThat(unordered.remove(number)).as("message %d comes once", number).isTrue();
      }
      assertThat(data).isEqualTo(content(number, data.length));
      arrived++;
    }

    boolean isDone() {
      return arrived == count;
    }

    private static byte[] content(int number, int length) {
      byte[] data = new byte[length];
      for (int i = 0; i < length; i++) {
        data[i] = (byte) (i * 31 + number * 7 + (i >>> 8));
      }
      Wire.int32(data, 0, number);
      return data;
    }

    @Override
    public String toString() {
      return arrived + " of " + count;
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 20000000", "0.001, 800000", "0.01, 200000", "0.05, 60000", "0.2, 5000"})
  void throughputWithTwentyMillisecondsOfDelayIsSensible(double loss, long bytesPerSecondAtLeast) {
    double sum = 0;
    int runs = 5;
    for (int seed = 1; seed <= runs; seed++) {
      sum += throughput(loss, seed);
    }
    System.out.printf("loss %.1f %%: %,.0f bytes per virtual second%n", 100 * loss, sum / runs);
    assertThat(sum / runs).isGreaterThan(bytesPerSecondAtLeast);
  }

  private static double throughput(double loss, long seed) {
    SimulatedNetwork network = new SimulatedNetwork(seed);
    LinkConditions conditions = LinkConditions.PERFECT.withLoss(loss).withDelay(Duration.ofMillis(20))
      .withRate(50_000_000, 1_000_000);
    SctpEndpoint[] ends = SctpEndpoint.pair(network, OPTIONS, conditions, seed);
    ends[0].connect();
    ends[1].connect();
    assertThat(network.runUntil(() -> ends[0].connected && ends[1].connected, 60 * SECOND)).isTrue();
    int size = 16_384;
    int total = loss < 0.005 ? 2_000 : loss < 0.1 ? 400 : 40;
    long[] arrived = {0};
    ends[1].onMessage = (stream, ppid, data) -> arrived[0]++;
    queue(network, ends[0], total, size);
    long start = network.now();
    long before = arrived[0];
    ends[0].flush();
    assertThat(network.runUntil(() -> arrived[0] == total, 600 * SECOND))
      .as("%s", ends[0].association.statistics()).isTrue();
    double seconds = (network.now() - start) / 1e9;
    if (Boolean.getBoolean("sctp.verbose")) {
      System.out.println(ends[0].association.statistics());
    }
    return (total - before) * (double) size / seconds;
  }

  /** Queues everything, and lets time pass while too much is queued. */
  private static void queue(SimulatedNetwork network, SctpEndpoint from, int total, int size) {
    for (int i = 0; i < total; i++) {
      assertThat(from.send(0, new byte[size], Delivery.RELIABLE)).isEqualTo(SendOutcome.QUEUED);
      if (from.association.bufferedAmount() > 8_000_000) {
        from.flush();
        assertThat(network.runUntil(() -> from.association.bufferedAmount() < 1_000_000, 600 * SECOND)).isTrue();
      }
    }
  }

  @Test
  void theClockOfTheNetworkIsVirtual() {
    SimulatedNetwork network = new SimulatedNetwork(1);
    network.run(5 * SECOND);
    assertThat(network.now() / 1e9).isCloseTo(6, within(0.001));
  }
}
