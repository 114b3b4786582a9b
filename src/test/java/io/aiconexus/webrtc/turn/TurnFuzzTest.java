package io.aiconexus.webrtc.turn;

import io.aiconexus.webrtc.fuzz.Fuzz;
import io.aiconexus.webrtc.fuzz.Mutator;
import io.aiconexus.webrtc.stun.StunAttribute;
import io.aiconexus.webrtc.stun.StunBuilder;
import io.aiconexus.webrtc.stun.StunMethod;
import io.aiconexus.webrtc.stun.TransactionId;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TurnFuzzTest {
  private static final int HEADER = 20;
  /** Which would refuse every change. */
  private static final int FINGERPRINT = 8;

  private ScriptedTurn turn = waiting();
  private Mutator mutator = seeds(turn);
  private int said;

  @Test
  void whateverArrivesOnlyDataAndTrueAnswersAreTaken() throws Exception {
    fuzz(100_000);
  }

  @Tag("long")
  @Test
  void inTheLongRunOnlyDataAndTrueAnswersAreTaken() throws Exception {
    fuzz(Fuzz.LONG);
  }

  private void fuzz(long inputs) throws Exception {
    // An answer can make it sign its next requests.
    Fuzz.Report report = new Fuzz("TURN client", this::next, this::takes).allocating(64 * 1024, 20).run(inputs);
    report.assertMixed();
  }

  /** One that has a channel under way, and a permission too. */
  private static ScriptedTurn waiting() {
    ScriptedTurn turn = ScriptedTurn.allocated(TurnTransport.UDP);
    turn.allocation.bind(ScriptedTurn.PEER, turn.now);
    return turn;
  }

  private static Mutator seeds(ScriptedTurn turn) {
    InetSocketAddress peer = ScriptedTurn.PEER;
    byte[] data = StunBuilder.indication(StunMethod.DATA, new TransactionId(3, 4))
      .xorAddress(StunAttribute.XOR_PEER_ADDRESS, peer).bytes(StunAttribute.DATA, new byte[5]).build();
    return Mutator.ofBytes(List.of(turn.success(), data, ChannelData.packet(0x4000, new byte[12], false),
      ScriptedTurn.challenge(turn.last(), 438), ScriptedTurn.challenge(turn.last(), 401),
      StunBuilder.error(turn.last(), 437, "gone").sign(ScriptedTurn.KEY),
      ScriptedTurn.success(ScriptedTurn.message(turn.sent.get(0))).sign(ScriptedTurn.KEY)));
  }

  private byte[] next(SplittableRandom random) {
    if (turn.allocation.state() != TurnState.ALLOCATED || ++said % 1_000 == 0) {
      turn = waiting();
      mutator = seeds(turn);
    }
    turn.data.clear();
    byte[] bytes = mutator.next(random);
    boolean stun = bytes.length >= HEADER + FINGERPRINT && (bytes[0] & 0xc0) == 0;
    if (stun && random.nextBoolean()) {
      bytes = Arrays.copyOf(bytes, bytes.length - FINGERPRINT);
    }
    if (stun && random.nextInt(8) > 0) {
      ByteBuffer.wrap(bytes).putShort(2, (short) (bytes.length - HEADER)).putInt(4, 0x2112a442);
    }
    return bytes;
  }

  private boolean takes(byte[] packet) {
    return turn.say(packet);
  }
}
