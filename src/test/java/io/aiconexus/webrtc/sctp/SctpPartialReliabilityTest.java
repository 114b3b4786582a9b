package io.aiconexus.webrtc.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.webrtc.net.LinkConditions;
import io.aiconexus.webrtc.net.SimulatedNetwork;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SctpPartialReliabilityTest {

  private static final long SECOND = 1_000_000_000L;
  private static final SctpOptions OPTIONS = SctpOptions.DEFAULTS.withHeartbeat(Duration.ZERO);

  @Test
  void whatMustArriveDoesAndWhatMayBeLostArrivesWholeOrNotAtAll() {
    long seeds = Long.getLong("sctp.seeds", 300);
    long first = Long.getLong("sctp.firstSeed", 1);
    long abandoned = 0;
    for (long seed = first; seed < first + seeds; seed++) {
      abandoned += new Mixture(seed).run();
    }
    assertThat(abandoned).as("some messages are given up").isGreaterThan(seeds);
  }

  /** Messages of all kinds of delivery on a bad network, some of the streams reset when they are through. */
  private static final class Mixture {
    private final long seed;
    private final SplittableRandom random;
    private final SimulatedNetwork network;
    private final SctpEndpoint from;
    private final SctpEndpoint to;
    private final Set<Integer> reliable = new HashSet<>();
    private final Set<Integer> seen = new HashSet<>();
    private final Map<Integer, Integer> newest = new HashMap<>();
    private int sent;

    Mixture(long seed) {
      this.seed = seed;
      random = new SplittableRandom(seed);
      network = new SimulatedNetwork(seed);
      LinkConditions conditions = LinkConditions.PERFECT
        .withLoss(new double[] {0.01, 0.05, 0.2}[random.nextInt(3)])
        .withDelay(Duration.ofMillis(random.nextInt(50)))
        .withReordering(random.nextInt(2) * 0.1, Duration.ofMillis(1 + random.nextInt(20)))
        .withDuplication(random.nextInt(2) * 0.05);
      if (random.nextInt(2) == 0) {
        conditions = conditions.withRate(100_000 + random.nextInt(2_000_000), 20_000 + random.nextInt(100_000));
      }
      SctpEndpoint[] ends = SctpEndpoint.pair(network, OPTIONS, conditions, seed);
      from = ends[0];
      to = ends[1];
      to.onMessage = this::arrived;
    }

    long run() {
      from.connect();
      assertThat(network.runUntil(() -> from.connected && to.connected, 120 * SECOND)).isTrue();
      int rounds = 5 + random.nextInt(30);
      for (int round = 0; round < rounds; round++) {
        for (int burst = 1 + random.nextInt(20); burst > 0; burst--) {
          sendOne();
        }
        from.flush();
        network.run(random.nextLong(40_000_000));
      }
      int resets = random.nextInt(4);
      for (int stream = 0; stream < resets; stream++) {
        from.association.resetStream(stream);
      }
      from.flush();
      assertThat(network.runUntil(() -> isThrough(resets), 600 * SECOND))
        .as("seed %d: %s %s %s", seed, from.closed, to.closed, from.association.statistics()).isTrue();
      network.run(120 * SECOND);
      assertThat(reliable).as("seed %d", seed).isEmpty();
      assertThat(from.closed).as("seed %d", seed).isNull();
      assertThat(to.closed).as("seed %d", seed).isNull();
      assertThat(to.association.statistics().windowHeld()).as("seed %d", seed).isZero();
      assertThat(from.association.nextDeadline()).as("seed %d", seed).isEqualTo(Long.MAX_VALUE);
      assertThat(to.association.nextDeadline()).as("seed %d", seed).isEqualTo(Long.MAX_VALUE);
      return from.association.statistics().abandoned();
    }

    private boolean isThrough(int resets) {
      return reliable.isEmpty() && from.association.bufferedAmount() == 0
        && from.association.statistics().inFlight() == 0
        && from.events.stream().filter(event -> event.startsWith("our reset")).count() >= Math.min(1, resets);
    }

    private void sendOne() {
      int stream = random.nextInt(6);
      boolean ordered = stream < 4;
      Delivery delivery = switch (random.nextInt(4)) {
        case 0 -> Delivery.maxRetransmits(ordered, random.nextInt(3));
        case 1 -> Delivery.lifetime(ordered, Duration.ofMillis(random.nextInt(300)));
        default -> ordered ? Delivery.RELIABLE : Delivery.UNORDERED;
      };
      int longest = random.nextInt(5) == 0 ? 20_000 : 500;
      byte[] data = new byte[4 + random.nextInt(longest)];
      new SplittableRandom(sent).nextBytes(data);
      Wire.int32(data, 0, sent);
      assertThat(from.send(stream, data, delivery)).as("seed %d: %s %s", seed, from.closed, to.closed)
        .isEqualTo(SendOutcome.QUEUED);
      if (!delivery.partial()) {
        reliable.add(sent);
      }
      sent++;
    }

    private void arrived(int stream, int ppid, byte[] data) {
      int number = Wire.int32(data, 0);
      byte[] expected = new byte[data.length];
      new SplittableRandom(number).nextBytes(expected);
      Wire.int32(expected, 0, number);
      assertThat(data).as("seed %d, message %d", seed, number).isEqualTo(expected);
      assertThat(seen.add(number)).as("seed %d, message %d comes once", seed, number).isTrue();
      if (stream < 4) {
        assertThat(number).as("seed %d", seed).isGreaterThan(newest.getOrDefault(stream, -1));
        newest.put(stream, number);
      }
      reliable.remove(number);
    }
  }
}
