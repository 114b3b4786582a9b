package io.aiconexus.webrtc.stun;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.webrtc.fuzz.Fuzz;
import io.aiconexus.webrtc.fuzz.Mutator;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StunFuzzTest {
  private static final StunKey KEY = StunKey.shortTerm(Rfc5769.PASSWORD);
  private static final List<byte[]> SEALED =
    List.of(Rfc5769.REQUEST, Rfc5769.IPV4_RESPONSE, Rfc5769.IPV6_RESPONSE, Rfc5769.LONG_TERM_REQUEST);
  /** Without the FINGERPRINT at their ends, which would refuse every change. */
  private static final Mutator MUTATOR = Mutator.ofBytes(List.of(Rfc5769.LONG_TERM_REQUEST, open(Rfc5769.REQUEST),
    open(Rfc5769.IPV4_RESPONSE), open(Rfc5769.IPV6_RESPONSE), Rfc5769.REQUEST,
    StunBuilder.error(StunFuzzTest.request(), 438, "stale").text(StunAttribute.REALM, "example.org").build()));

  @Test
  void whateverArrivesIsReadOrRefusedAsMalformed() throws Exception {
    fuzz(100_000);
  }

  @Tag("long")
  @Test
  void whateverArrivesInTheLongRunIsReadOrRefusedAsMalformed() throws Exception {
    fuzz(Fuzz.LONG);
  }

  private static void fuzz(long inputs) throws Exception {
    assertThat(SEALED).allMatch(seed -> read(seed) != null);
    Fuzz.Report report = new Fuzz("STUN", StunFuzzTest::next, StunException.class, StunFuzzTest::takes).run(inputs);
    report.assertMixed();
  }

  private static byte[] open(byte[] sealed) {
    return Arrays.copyOf(sealed, sealed.length - 8);
  }

  private static StunMessage request() {
    return read(Rfc5769.REQUEST);
  }

  private static StunMessage read(byte[] message) {
    try {
      return StunMessage.parse(ByteBuffer.wrap(message));
    } catch (StunException malformed) {
      return null;
    }
  }

  /** Mostly with the length and the cookie of a STUN message, so that its attributes are looked at. */
  private static byte[] next(SplittableRandom random) {
    byte[] bytes = MUTATOR.next(random);
    if (bytes.length >= StunDemux.HEADER && random.nextInt(8) > 0) {
      ByteBuffer.wrap(bytes).putShort(2, (short) (bytes.length - StunDemux.HEADER)).putInt(4, StunDemux.COOKIE);
      bytes[0] &= 3;
    }
    return bytes;
  }

  private static boolean takes(byte[] input) throws StunException {
    ByteBuffer datagram = ByteBuffer.wrap(input);
    if (StunDemux.isStun(datagram)) {
      StunDemux.targetUfrag(datagram);
      StunDemux.transactionId(datagram);
      StunDemux.isBindingRequest(datagram);
    }
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
  }
}
