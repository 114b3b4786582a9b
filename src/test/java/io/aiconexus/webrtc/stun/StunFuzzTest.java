package io.aiconexus.webrtc.stun;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StunFuzzTest {
  private static final int ROUNDS = Integer.getInteger("aiconexus.fuzz.rounds", 100_000);
  private static final StunKey KEY = StunKey.shortTerm(Rfc5769.PASSWORD);

  @Test
  void whateverArrivesIsReadOrRefusedAsMalformed() {
    List<byte[]> seeds = List.of(Rfc5769.REQUEST, Rfc5769.IPV4_RESPONSE, Rfc5769.IPV6_RESPONSE,
      Rfc5769.LONG_TERM_REQUEST);
    Random random = new Random(20_260_101);
    int read = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] datagram = mutated(seeds.get(random.nextInt(seeds.size())), random);
      read += survives(ByteBuffer.wrap(datagram)) ? 1 : 0;
    }
    assertThat(read).as("mutations that are well-formed, so that reading them was tried").isGreaterThan(ROUNDS / 100);
    assertThat(read).isLessThan(ROUNDS);
  }

  private static boolean survives(ByteBuffer datagram) {
    if (StunDemux.isStun(datagram)) {
      StunDemux.targetUfrag(datagram);
      StunDemux.transactionId(datagram);
      StunDemux.isBindingRequest(datagram);
    }
    try {
      StunMessage message = StunMessage.parse(datagram);
      message.messageClass();
      message.mappedAddress();
      message.error();
      message.unknownRequired();
      message.isFrom(KEY);
      for (int type : new int[] {0x06, 0x09, 0x12, 0x16, 0x20, 0x24, 0x8022, 0x8029}) {
        message.text(type);
        message.number(type);
        message.xorAddress(type);
      }
      return true;
    } catch (StunException malformed) {
      return false;
    }
  }

  private static byte[] mutated(byte[] seed, Random random) {
    byte[] bytes = Arrays.copyOf(seed, random.nextInt(4) == 0 ? random.nextInt(seed.length + 40) : seed.length);
    if (random.nextBoolean()) {
      bytes = Arrays.copyOf(bytes, Math.max(0, bytes.length - 8));
    }
    for (int changes = random.nextInt(6); changes > 0 && bytes.length > 0; changes--) {
      bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? random.nextInt(256) : random.nextInt(9));
    }
    if (bytes.length >= 20 && random.nextInt(8) > 0) {
      ByteBuffer.wrap(bytes).putShort(2, (short) (bytes.length - 20)).putInt(4, StunDemux.COOKIE);
    }
    return bytes;
  }
}
