package io.aiconexus.webrtc.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.webrtc.stun.StunAttribute;
import io.aiconexus.webrtc.stun.StunBuilder;
import io.aiconexus.webrtc.stun.StunMethod;
import io.aiconexus.webrtc.stun.TransactionId;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TurnFuzzTest {
  private static final int ROUNDS = Integer.getInteger("aiconexus.fuzz.rounds", 100_000);

  @Test
  void whateverArrivesOnlyDataAndTrueAnswersAreTaken() {
    Random random = new Random(20_260_301);
    ScriptedTurn turn = waiting();
    List<byte[]> seeds = seeds(turn);
    int used = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] packet = mutated(seeds.get(random.nextInt(seeds.size())), random);
      used += turn.say(packet) ? 1 : 0;
      turn.data.clear();
      if (turn.allocation.state() != TurnState.ALLOCATED || round % 1_000 == 0) {
        turn = waiting();
        seeds = seeds(turn);
      }
    }
    assertThat(used).as("mutations that left data or an answer whole").isBetween(ROUNDS / 100, ROUNDS / 2);
  }

  /** One that has a channel under way, and a permission too. */
  private static ScriptedTurn waiting() {
    ScriptedTurn turn = ScriptedTurn.allocated(TurnTransport.UDP);
    turn.allocation.bind(ScriptedTurn.PEER, turn.now);
    return turn;
  }

  private static List<byte[]> seeds(ScriptedTurn turn) {
    InetSocketAddress peer = ScriptedTurn.PEER;
    byte[] data = StunBuilder.indication(StunMethod.DATA, new TransactionId(3, 4))
      .xorAddress(StunAttribute.XOR_PEER_ADDRESS, peer).bytes(StunAttribute.DATA, new byte[5]).build();
    return List.of(turn.success(), data, ChannelData.packet(0x4000, new byte[12], false),
      ScriptedTurn.challenge(turn.last(), 438), ScriptedTurn.challenge(turn.last(), 401),
      StunBuilder.error(turn.last(), 437, "gone").sign(ScriptedTurn.KEY),
      ScriptedTurn.success(ScriptedTurn.message(turn.sent.get(0))).sign(ScriptedTurn.KEY));
  }

  private static byte[] mutated(byte[] seed, Random random) {
    byte[] bytes = Arrays.copyOf(seed, random.nextInt(4) == 0 ? random.nextInt(seed.length + 40) : seed.length);
    boolean stun = (seed[0] & 0xc0) == 0;
    if (stun && random.nextBoolean()) {
      bytes = Arrays.copyOf(bytes, Math.max(0, bytes.length - 8));
    }
    for (int changes = random.nextInt(6); changes > 0 && bytes.length > 0; changes--) {
      bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? random.nextInt(256) : random.nextInt(9));
    }
    if (stun && bytes.length >= 20 && random.nextInt(8) > 0) {
      ByteBuffer.wrap(bytes).putShort(2, (short) (bytes.length - 20)).putInt(4, 0x2112a442);
    }
    return bytes;
  }
}
