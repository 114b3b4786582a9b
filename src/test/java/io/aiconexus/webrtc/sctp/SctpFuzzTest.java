package io.aiconexus.webrtc.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.webrtc.fuzz.Fuzz;
import io.aiconexus.webrtc.net.LinkConditions;
import io.aiconexus.webrtc.net.SimulatedNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Valid packets of a live association, bent at random, with a right checksum and mostly a right tag again. */
class SctpFuzzTest {

  private static final long SECOND = 1_000_000_000L;
  private static final SctpOptions OPTIONS =
    SctpOptions.DEFAULTS.withHeartbeat(Duration.ofSeconds(1)).withBuffers(20_000, 60_000, 100_000);

  private Target target;
  private int attacks;
  private int ended;

  @Test
  void bentPacketsNeverThrowAndNeverFillTheMemory() throws Exception {
    fuzz(20_000);
  }

  @Tag("long")
  @Test
  void bentPacketsInTheLongRunNeverThrowAndNeverFillTheMemory() throws Exception {
    fuzz(Fuzz.LONG);
  }

  private void fuzz(long packets) throws Exception {
    // One SACK can let a whole send buffer go, which the network copies; one chunk can complete the longest message.
    new Fuzz("SCTP association", this::next, packet -> target.takes(packet)).allocating(1024 * 1024, 20).run(packets);
    assertThat(ended).as("some of it breaks the protocol badly enough").isPositive();
  }

  private byte[] next(SplittableRandom random) {
    if (target == null || target.bob.closed != null || attacks++ % 2_000 == 0) {
      ended += target == null || target.bob.closed == null ? 0 : 1;
      target = new Target(random.nextLong(), random.split());
    }
    return target.next();
  }

  /** A pair whose second half is attacked, with recorded packets of the first half as raw material. */
  private static final class Target {
    private final SimulatedNetwork network;
    private final SctpEndpoint ann;
    private final SctpEndpoint bob;
    private final SplittableRandom random;
    private final List<byte[]> recorded = new ArrayList<>();
    private int answers;

    Target(long seed, SplittableRandom random) {
      this.random = random;
      network = new SimulatedNetwork(seed);
      LinkConditions conditions = LinkConditions.PERFECT.withLoss(0.05).withDelay(Duration.ofMillis(2));
      ann = new SctpEndpoint(network, OPTIONS, seed);
      bob = new SctpEndpoint(network, OPTIONS, seed + 1_000_000);
      SimulatedNetwork.Link toBob = network.link(conditions, bob::receive);
      SimulatedNetwork.Link tap = network.link(LinkConditions.PERFECT, packet -> {
        if (recorded.size() < 300) {
          recorded.add(packet);
        }
        toBob.send(packet, packet.length);
      });
      ann.out = tap;
      bob.out = network.link(conditions, packet -> {
        answers++;
        ann.receive(packet);
      });
      ann.onMessage = (stream, ppid, data) -> { };
      bob.onMessage = (stream, ppid, data) -> { };
      ann.connect();
      bob.connect();
      assertThat(network.runUntil(() -> ann.connected && bob.connected, 60 * SECOND)).isTrue();
      traffic();
    }

    private void traffic() {
      for (int i = 0; i < 20 && ann.closed == null && bob.closed == null; i++) {
        Delivery delivery = switch (random.nextInt(4)) {
          case 0 -> Delivery.UNORDERED;
          case 1 -> Delivery.maxRetransmits(random.nextBoolean(), 0);
          default -> Delivery.RELIABLE;
        };
        ann.send(random.nextInt(10), new byte[1 + random.nextInt(random.nextBoolean() ? 5_000 : 50)], delivery);
        bob.send(random.nextInt(10), new byte[1 + random.nextInt(3_000)], delivery);
        if (random.nextInt(10) == 0) {
          ann.association.resetStream(random.nextInt(10));
        }
        ann.flush();
        bob.flush();
        network.run(3_000_000);
      }
    }

    byte[] next() {
      if (random.nextInt(20) == 0) {
        network.run(random.nextLong(SECOND / 20));
      }
      if (random.nextInt(100) == 0) {
        traffic();
      }
      byte[] packet = recorded.get(random.nextInt(recorded.size())).clone();
      if (random.nextInt(40) == 0) {
        packet = breakUp(packet);
      } else {
        bendChunks(packet);
      }
      if (random.nextInt(50) != 0) {
        HandPacket.seal(packet);
      }
      return packet;
    }

    boolean takes(byte[] packet) {
      int before = answers;
      bob.receive(packet);
      long held = bob.association.statistics().windowHeld();
      boolean quiet = bob.closed == null || bob.association.nextDeadline() == Long.MAX_VALUE;
      if (held < 0 || held > 60_000 + 20_000 + 2_000 || answers - before >= 2_000 || !quiet) {
        throw new AssertionError(held + " bytes held, " + (answers - before) + " answers, " + bob.closed);
      }
      return true;
    }

    /** Changes flags and fields of chunks whose frame stays whole, so that they get past the first checks. */
    private void bendChunks(byte[] packet) {
      for (int at = 12; at + 4 <= packet.length; at += Math.max(4, Wire.padded(Wire.uint16(packet, at + 2)))) {
        int words = Wire.uint16(packet, at + 2) / 4;
        if (random.nextInt(3) == 0) {
          packet[at + 1] = (byte) random.nextInt(16);
        }
        if (random.nextInt(2) == 0) {
          addSmall(packet, at + 4, random.nextInt(-40, packet[at] == ChunkType.SACK ? 2 : 40));
        }
        if (random.nextInt(4) == 0 && words > 2) {
          addSmall(packet, at + 8 + 4 * random.nextInt(Math.min(6, words - 2)), random.nextInt(-3, 3));
        }
        if (random.nextInt(30) == 0 && words > 2) {
          addSmall(packet, at + 4 + 4 * random.nextInt(Math.min(6, words - 1)), 1 << random.nextInt(31));
        }
      }
    }

    /** Breaks the frame: lengths, types, the end of the packet, or two packets in one. */
    private byte[] breakUp(byte[] packet) {
      int at = 12 + random.nextInt(packet.length - 12);
      switch (random.nextInt(6)) {
        case 0 -> packet[at] = (byte) random.nextInt();
        case 1 -> packet[12 + random.nextInt(4)] ^= (byte) (1 << random.nextInt(8));
        case 2 -> {
          return Arrays.copyOf(packet, random.nextInt(packet.length));
        }
        case 3 -> {
          return Arrays.copyOf(packet, packet.length + 4 * random.nextInt(10));
        }
        case 4 -> packet[12] = (byte) new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 14, 130, 192, 15, 64, 255}
          [random.nextInt(18)];
        default -> {
          byte[] other = recorded.get(random.nextInt(recorded.size()));
          byte[] joined = Arrays.copyOf(packet, packet.length + other.length - 12);
          System.arraycopy(other, 12, joined, packet.length, other.length - 12);
          return joined;
        }
      }
      return packet;
    }

    private static void addSmall(byte[] packet, int at, int difference) {
      if (at >= 0 && at + 4 <= packet.length) {
        Wire.int32(packet, at, Wire.int32(packet, at) + difference);
      }
    }
  }
}
