package io.aiconexus.webrtc.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.webrtc.fuzz.Fuzz;
import io.aiconexus.webrtc.fuzz.Mutator;
import io.aiconexus.webrtc.net.LinkConditions;
import io.aiconexus.webrtc.net.SimulatedNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Damaged packets for an association in every state from its first to its last, most with a right tag and checksum. */
class SctpHandshakeFuzzTest {
  private static final SctpOptions OPTIONS = SctpOptions.DEFAULTS.withBuffers(10_000, 40_000, 100_000);
  private static final int ATTACKS = 10;
  private static final int HEADER = 12;

  /** Every packet to the victim, from INIT to the end of the shutdown: the same one for the same seeds. */
  private final List<byte[]> script = new ArrayList<>();
  private final Mutator mutator;
  private SctpEndpoint victim;
  private final int tag;
  private int given;
  private int ended;

  SctpHandshakeFuzzTest() {
    SimulatedNetwork network = new SimulatedNetwork(1);
    SctpEndpoint ann = new SctpEndpoint(network, OPTIONS, 3);
    victim = new SctpEndpoint(network, OPTIONS, 4);
    ann.out = network.link(LinkConditions.PERFECT, packet -> {
      script.add(packet);
      victim.receive(packet);
    });
    victim.out = network.link(LinkConditions.PERFECT, ann::receive);
    ann.connect();
    victim.connect();
    network.run(100_000_000);
    ann.send(1, new byte[3_000], Delivery.RELIABLE);
    ann.send(2, new byte[30], Delivery.UNORDERED);
    ann.association.resetStream(1);
    ann.flush();
    network.run(1_000_000_000);
    ann.association.shutdown(network.now());
    ann.flush();
    network.run(1_000_000_000);
    assertThat(victim.closed).isNotNull();
    mutator = Mutator.ofBytes(script);
    tag = Wire.int32(script.get(script.size() - 1), 4);
  }

  @Test
  void noPacketBreaksAnAssociationInWhateverState() throws Exception {
    fuzz(50_000);
  }

  @Tag("long")
  @Test
  void noPacketInTheLongRunBreaksAnAssociationInWhateverState() throws Exception {
    fuzz(Fuzz.LONG);
  }

  private void fuzz(long packets) throws Exception {
    // A packet of 64 KiB may ask for as many answers as fit in it, which the network copies.
    new Fuzz("SCTP handshake", this::next, this::takes).allocating(256 * 1024, 100).run(packets);
    assertThat(ended).isPositive();
  }

  private byte[] next(SplittableRandom random) {
    if (given++ % ATTACKS == 0) {
      ended += victim.closed == null ? 0 : 1;
      begin(random);
    }
    byte[] packet = mutator.next(random);
    if (packet.length >= HEADER && random.nextInt(16) > 0) {
      Wire.int32(packet, 0, OPTIONS.port() << 16 | OPTIONS.port());
      Wire.int32(packet, 4, packet.length > HEADER && packet[HEADER] == ChunkType.INIT ? 0 : tag);
      HandPacket.seal(packet);
    }
    return packet;
  }

  private void begin(SplittableRandom random) {
    SimulatedNetwork network = new SimulatedNetwork(1);
    victim = new SctpEndpoint(network, OPTIONS, 4);
    victim.out = network.link(LinkConditions.PERFECT, answer -> { });
    if (random.nextBoolean()) {
      victim.connect();
    }
    script.subList(0, random.nextInt(script.size() + 1)).forEach(victim::receive);
  }

  private boolean takes(byte[] packet) {
    victim.receive(packet);
    if (victim.closed != null && victim.association.nextDeadline() != Long.MAX_VALUE) {
      throw new AssertionError("closed, with something left to do");
    }
    return victim.closed == null;
  }
}
