package io.aiconexus.webrtc.stun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class StunMessageTest {
  private static final StunKey KEY = StunKey.shortTerm(Rfc5769.PASSWORD);

  @Test
  void readsTheSampleRequest() throws StunException {
    StunMessage message = StunMessage.parse(Rfc5769.buffer(Rfc5769.REQUEST));

    assertThat(message.messageClass()).isEqualTo(StunClass.REQUEST);
    assertThat(message.method()).isEqualTo(StunMethod.BINDING);
    assertThat(message.transactionId()).isEqualTo(new TransactionId(0xb7e7a701bc34d686L, 0xfa87dfae));
    assertThat(message.text(StunAttribute.USERNAME)).isEqualTo("evtj:h6vY");
    assertThat(message.text(StunAttribute.SOFTWARE)).isEqualTo("STUN test client");
    assertThat(message.number(StunAttribute.PRIORITY)).hasValue(0x6e0001ffL);
    assertThat(message.number(StunAttribute.ICE_CONTROLLED)).hasValue(0x932ff9b151263b36L);
    assertThat(message.has(StunAttribute.USE_CANDIDATE)).isFalse();
    assertThat(message.unknownRequired()).isEmpty();
    assertThat(message.isFrom(KEY)).isTrue();
  }

  @Test
  void readsTheSampleResponses() throws StunException {
    StunMessage ipv4 = StunMessage.parse(Rfc5769.buffer(Rfc5769.IPV4_RESPONSE));
    StunMessage ipv6 = StunMessage.parse(Rfc5769.buffer(Rfc5769.IPV6_RESPONSE));

    assertThat(ipv4.messageClass()).isEqualTo(StunClass.SUCCESS);
    assertThat(ipv4.isFrom(KEY)).isTrue();
    assertThat(ipv4.mappedAddress()).isEqualTo(new InetSocketAddress("192.0.2.1", 32853));
    assertThat(ipv6.isFrom(KEY)).isTrue();
    assertThat(ipv6.mappedAddress())
      .isEqualTo(new InetSocketAddress("2001:db8:1234:5678:11:2233:4455:6677", 32853));
  }

  @Test
  void knowsTheLongTermKeyOfTheSampleRequest() throws StunException {
    StunMessage message = StunMessage.parse(Rfc5769.buffer(Rfc5769.LONG_TERM_REQUEST));

    assertThat(message.text(StunAttribute.USERNAME)).isEqualTo(Rfc5769.LONG_TERM_USER);
    assertThat(message.text(StunAttribute.REALM)).isEqualTo("example.org");
    assertThat(message.text(StunAttribute.NONCE)).isEqualTo("f//499k954d6OL34oL9FSTvy64sA");
    assertThat(message.isFrom(StunKey.longTerm(Rfc5769.LONG_TERM_USER, "example.org", "TheMatrIX"))).isTrue();
    assertThat(message.isFrom(StunKey.longTerm(Rfc5769.LONG_TERM_USER, "example.org", "TheMatrix"))).isFalse();
  }

  @Test
  void readsFromTheMiddleOfABufferAndLeavesItAsItIs() throws StunException {
    ByteBuffer datagram = ByteBuffer.allocateDirect(200).position(7);
    datagram.put(Rfc5769.REQUEST).flip().position(7);

    assertThat(StunMessage.parse(datagram.asReadOnlyBuffer()).isFrom(KEY)).isTrue();
    assertThat(datagram.position()).isEqualTo(7);
  }

  @Test
  void everyBitChangedBeforeTheFingerprintIsNoticed() {
    for (int bit = 0; bit < (Rfc5769.REQUEST.length - 8) * 8; bit++) {
      byte[] changed = Rfc5769.REQUEST.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(isAccepted(changed)).as("bit %d", bit).isFalse();
    }
    assertThat(isAccepted(Rfc5769.REQUEST)).isTrue();
  }

  /** A changed length can swallow the attributes that seal a message; then nobody has signed it. */
  private static boolean isAccepted(byte[] message) {
    try {
      return StunMessage.parse(ByteBuffer.wrap(message)).isFrom(KEY);
    } catch (StunException malformed) {
      return false;
    }
  }

  @Test
  void withoutFingerprintTheIntegrityAloneNoticesChanges() throws StunException {
    byte[] message = withoutFingerprint(Rfc5769.REQUEST);
    assertThat(StunMessage.parse(ByteBuffer.wrap(message)).isFrom(KEY)).isTrue();

    message[24] ^= 1;

    assertThat(StunMessage.parse(ByteBuffer.wrap(message)).isFrom(KEY)).isFalse();
  }

  @Test
  void aMessageWithoutIntegrityIsFromNobody() throws StunException {
    byte[] message = StunBuilder.request(StunMethod.BINDING, new TransactionId(1, 2)).build();

    assertThat(StunMessage.parse(ByteBuffer.wrap(message)).isFrom(KEY)).isFalse();
  }

  @Test
  void attributesBehindTheIntegrityDoNotCount() throws StunException {
    byte[] signed = withoutFingerprint(Rfc5769.REQUEST);
    byte[] extended = Arrays.copyOf(signed, signed.length + 4);
    extended[3] += 4;
    extended[signed.length + 1] = StunAttribute.USE_CANDIDATE;

    StunMessage message = StunMessage.parse(ByteBuffer.wrap(extended));

    assertThat(message.isFrom(KEY)).isTrue();
    assertThat(message.has(StunAttribute.USE_CANDIDATE)).isFalse();
  }

  @Test
  void aFingerprintDoesNotMakeUpForTheMissingProtectionOfWhatStandsBeforeIt() throws StunException {
    byte[] signed = withoutFingerprint(Rfc5769.REQUEST);
    byte[] extended = Arrays.copyOf(signed, signed.length + 12);
    extended[3] += 12;
    ByteBuffer bytes = ByteBuffer.wrap(extended);
    bytes.putShort(signed.length, (short) StunAttribute.USE_CANDIDATE)
      .putShort(signed.length + 4, (short) StunAttribute.FINGERPRINT).putShort(signed.length + 6, (short) 4)
      .putInt(signed.length + 8, StunForm.fingerprint(bytes, signed.length + 4));

    StunMessage message = StunMessage.parse(bytes);

    assertThat(message.isFrom(KEY)).isTrue();
    assertThat(message.has(StunAttribute.USE_CANDIDATE)).isFalse();
    assertThat(message.has(StunAttribute.USERNAME)).isTrue();
  }

  @Test
  void theFirstOfTwoAttributesCounts() throws StunException {
    byte[] twice = StunBuilder.request(StunMethod.BINDING, new TransactionId(1, 2))
      .text(StunAttribute.USERNAME, "first").text(StunAttribute.USERNAME, "second").build();

    assertThat(StunMessage.parse(ByteBuffer.wrap(twice)).text(StunAttribute.USERNAME)).isEqualTo("first");
  }

  @Test
  void namesTheAttributesThatHadToBeUnderstood() throws StunException {
    byte[] message = StunBuilder.request(StunMethod.BINDING, new TransactionId(1, 2))
      .flag(0x7ffe).flag(0xfffe).flag(0x0003).build();

    assertThat(StunMessage.parse(ByteBuffer.wrap(message)).unknownRequired()).containsExactly(0x7ffe, 0x0003);
  }

  @Test
  void readsTheMappedAddressOfAnOldServer() throws StunException {
    byte[] message = StunBuilder.request(StunMethod.BINDING, new TransactionId(1, 2))
      .bytes(StunAttribute.MAPPED_ADDRESS, HexFormat.of().parseHex("00010050c0000201")).build();

    assertThat(StunMessage.parse(ByteBuffer.wrap(message)).mappedAddress())
      .isEqualTo(new InetSocketAddress("192.0.2.1", 80));
  }

  @Test
  void saysWhichRuleIsBroken() {
    assertBroken("0001", "a message has at least 20 bytes");
    assertBroken("4001000021" + "12a442000000000000000000000000", "the first two bits must be 0");
    assertBroken("000100002112a443000000000000000000000000", "the magic cookie must be 2112A442");
    assertBroken("000100042112a442000000000000000000000000", "the length must be that of the datagram");
    assertBroken("000100032112a44200000000000000000000000000000a", "the length must be a multiple of 4");
    assertBroken("000100042112a44200000000000000000000000000060001",
      "an attribute reaches beyond the end of the message");
    assertBroken("000100082112a4420000000000000000000000000024000200000000", "the attribute must have 4 bytes");
    assertBroken("0001000c2112a442000000000000000000000000002000080003a147e112a643",
      "an address attribute has family 1 or 2, and fitting length");
    assertBroken("000100082112a4420000000000000000000000000009000400000200", "an error code is from 300 to 699");
    assertBroken("0001000c2112a4420000000000000000000000008028000400000000" + "00250000",
      "FINGERPRINT must be the last attribute");
  }

  @Test
  void refusesMoreAttributesThanAnyMessageNeeds() {
    StunBuilder message = StunBuilder.request(StunMethod.BINDING, new TransactionId(1, 2));
    for (int i = 0; i < StunForm.MAX_ATTRIBUTES; i++) {
      message.flag(0xfffe);
    }

    assertThatThrownBy(() -> StunMessage.parse(ByteBuffer.wrap(message.build()))).hasMessage("at most 64 attributes");
  }

  private static void assertBroken(String hex, String rule) {
    assertThatThrownBy(() -> StunMessage.parse(ByteBuffer.wrap(HexFormat.of().parseHex(hex))))
      .isInstanceOf(StunException.class).hasMessage(rule);
  }

  private static byte[] withoutFingerprint(byte[] message) {
    byte[] shorter = Arrays.copyOf(message, message.length - 8);
    shorter[3] -= 8;
    return shorter;
  }
}
