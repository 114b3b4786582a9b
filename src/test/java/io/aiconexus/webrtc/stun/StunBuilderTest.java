package io.aiconexus.webrtc.stun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StunBuilderTest {
  private static final StunKey KEY = StunKey.shortTerm(Rfc5769.PASSWORD);

  @Test
  void writesTheSampleResponsesExceptForTheirPadding() throws StunException {
    byte[] ipv4 = response("192.0.2.1");
    byte[] ipv6 = response("2001:db8:1234:5678:11:2233:4455:6677");

    assertThat(attributes(ipv4)).isEqualTo(attributes(Rfc5769.IPV4_RESPONSE));
    assertThat(attributes(ipv6)).isEqualTo(attributes(Rfc5769.IPV6_RESPONSE));
    assertThat(StunMessage.parse(ByteBuffer.wrap(ipv4)).isFrom(KEY)).isTrue();
    assertThat(StunMessage.parse(ByteBuffer.wrap(ipv6)).isFrom(KEY)).isTrue();
  }

  private static byte[] response(String address) throws StunException {
    StunMessage request = StunMessage.parse(Rfc5769.buffer(Rfc5769.REQUEST));
    return StunBuilder.success(request).text(StunAttribute.SOFTWARE, "test vector")
      .xorAddress(StunAttribute.XOR_MAPPED_ADDRESS, new InetSocketAddress(address, 32853)).sign(KEY);
  }

  /** Header and attributes up to the integrity, with zeros for the one byte of padding. */
  private static String attributes(byte[] message) {
    byte[] copy = message.clone();
    copy[35] = 0;
    return HexFormat.of().formatHex(copy, 0, copy.length - 32);
  }

  @Test
  void writesTheSampleLongTermRequest() {
    byte[] request = StunBuilder.request(StunMethod.BINDING, new TransactionId(0x78ad3433c6ad72c0L, 0x29da412e))
      .text(StunAttribute.USERNAME, Rfc5769.LONG_TERM_USER)
      .text(StunAttribute.NONCE, "f//499k954d6OL34oL9FSTvy64sA").text(StunAttribute.REALM, "example.org")
      .sign(StunKey.longTerm(Rfc5769.LONG_TERM_USER, "example.org", "TheMatrIX"));

    String expected = HexFormat.of().formatHex(Rfc5769.LONG_TERM_REQUEST);
    assertThat(HexFormat.of().formatHex(request)).contains(expected.substring(8));
  }

  @Test
  void whatItWritesCanBeRead() throws StunException {
    StunMessage request = StunMessage.parse(ByteBuffer.wrap(
      StunBuilder.request(StunMethod.ALLOCATE, TransactionId.random(new Random(1))).sign(KEY)));
    StunMessage error = StunMessage.parse(ByteBuffer.wrap(
      StunBuilder.error(request, 420, "Unknown Attribute").unknownAttributes(0x7001, 0x7002).sign(KEY)));

    assertThat(error.messageClass()).isEqualTo(StunClass.ERROR);
    assertThat(error.method()).isEqualTo(StunMethod.ALLOCATE);
    assertThat(error.transactionId()).isEqualTo(request.transactionId());
    assertThat(error.error()).isEqualTo(new StunError(420, "Unknown Attribute"));
    assertThat(error.attribute(StunAttribute.UNKNOWN_ATTRIBUTES)).isEqualTo(
      ByteBuffer.wrap(HexFormat.of().parseHex("70017002")));
  }

  @Test
  void methodAndClassSurviveTheirInterleavedBits() throws StunException {
    for (int method = 0; method <= StunMethod.MAX; method++) {
      byte[] message = StunBuilder.indication(method, new TransactionId(0, 0)).build();
      StunMessage read = StunMessage.parse(ByteBuffer.wrap(message));
      assertThat(read.method()).isEqualTo(method);
      assertThat(read.messageClass()).isEqualTo(StunClass.INDICATION);
    }
  }

  @Test
  void growsToTheLargestMessageAndNoFurther() throws StunException {
    StunBuilder large = StunBuilder.indication(StunMethod.SEND, new TransactionId(0, 0));
    byte[] message = large.bytes(StunAttribute.DATA, new byte[65_500]).build();

    assertThat(StunMessage.parse(ByteBuffer.wrap(message)).attribute(StunAttribute.DATA).remaining()).isEqualTo(65_500);
    assertThatThrownBy(() -> large.bytes(StunAttribute.DATA, new byte[100]))
      .isInstanceOf(IllegalArgumentException.class);
  }
}
