package io.aiconexus.webrtc.dcep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiconexus.webrtc.dcep.DcepMessage.Ack;
import io.aiconexus.webrtc.dcep.DcepMessage.Open;
import io.aiconexus.webrtc.sctp.Delivery;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DcepMessageTest {

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  @Test
  void anOpenIsEncodedAsInTheRfc() {
    Open open = new Open(ChannelType.REXMIT_UNORDERED, 256, 3, "chät", "ioap");
    assertThat(open.encode()).isEqualTo(hex("03 81 0100 00000003 0005 0004 6368c3a474 696f6170"));
  }

  @Test
  void anAckIsOneByte() throws DcepException {
    assertThat(new Ack().encode()).isEqualTo(hex("02"));
    assertThat(DcepMessage.read(hex("02"))).isEqualTo(new Ack());
  }

  @Test
  void whatFollowsAnAckDoesNotMatter() throws DcepException {
    assertThat(DcepMessage.read(hex("02000000"))).isEqualTo(new Ack());
  }

  @ParameterizedTest
  @EnumSource(ChannelType.class)
  void everyChannelTypeSurvivesTheWire(ChannelType type) throws DcepException {
    Open open = new Open(type, 65_535, 0xFFFF_FFFFL, "", "x".repeat(65_535));
    assertThat(DcepMessage.read(open.encode())).isEqualTo(open);
    assertThat(ChannelType.of(type.delivery(5))).isEqualTo(type);
    assertThat(type.delivery(5).ordered()).isEqualTo(type.ordered());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "''                                 | empty control message",
    "07                                 | unknown control message type 7",
    "03                                 | DATA_CHANNEL_OPEN has 1 bytes, needs 12",
    "03000000000000000000               | DATA_CHANNEL_OPEN has 10 bytes, needs 12",
    "030300000000000000000000           | unknown channel type 0x3",
    "030000000000000000010000           | DATA_CHANNEL_OPEN says 1 bytes of label and protocol, has 0",
    "03000000000000000000000041         | DATA_CHANNEL_OPEN says 0 bytes of label and protocol, has 1",
    "0300000000000000ffffffff           | DATA_CHANNEL_OPEN says 131070 bytes of label and protocol, has 0",
    "030000000000000000010000ff         | label or protocol is not UTF-8",
  })
  void whatBreaksTheRulesIsRefusedByName(String bytes, String because) {
    assertThatThrownBy(() -> DcepMessage.read(hex(bytes))).isInstanceOf(DcepException.class).hasMessage(because);
  }

  @Test
  void aDeliveryBecomesATypeAndAParameter() {
    assertThat(ChannelType.of(Delivery.RELIABLE)).isEqualTo(ChannelType.RELIABLE);
    assertThat(ChannelType.of(Delivery.maxRetransmits(false, 4))).isEqualTo(ChannelType.REXMIT_UNORDERED);
    assertThat(ChannelType.parameterOf(Delivery.maxRetransmits(false, 4))).isEqualTo(4);
    assertThat(ChannelType.parameterOf(Delivery.lifetime(true, Duration.ofSeconds(3)))).isEqualTo(3_000);
    assertThat(ChannelType.parameterOf(Delivery.UNORDERED)).isZero();
    assertThat(ChannelType.TIMED.delivery(0xFFFF_FFFFL).lifetimeNanos()).isEqualTo(0xFFFF_FFFFL * 1_000_000);
    assertThat(ChannelType.REXMIT.delivery(0xFFFF_FFFFL).maxRetransmits()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void valuesOutOfRangeAreRefusedBeforeTheyAreSent() {
    assertThatThrownBy(() -> new Open(ChannelType.RELIABLE, 65_536, 0, "", ""))
      .isInstanceOf(IllegalArgumentException.class).hasMessage("data channel: priority must be 0 to 65535, was 65536");
    assertThatThrownBy(() -> new Open(ChannelType.RELIABLE, 0, -1, "", ""))
      .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Open(ChannelType.RELIABLE, 0, 0, "ä".repeat(32_768), ""))
      .isInstanceOf(IllegalArgumentException.class);
  }
}
