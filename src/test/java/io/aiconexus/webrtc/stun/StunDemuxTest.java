package io.aiconexus.webrtc.stun;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class StunDemuxTest {

  @Test
  void recognisesStunAndWhomItIsFor() {
    ByteBuffer request = Rfc5769.buffer(Rfc5769.REQUEST);

    assertThat(StunDemux.isStun(request)).isTrue();
    assertThat(StunDemux.isBindingRequest(request)).isTrue();
    assertThat(StunDemux.targetUfrag(request)).isEqualTo("evtj");
    assertThat(StunDemux.transactionId(request)).isEqualTo(new TransactionId(0xb7e7a701bc34d686L, 0xfa87dfae));
    assertThat(StunDemux.isBindingRequest(Rfc5769.buffer(Rfc5769.IPV4_RESPONSE))).isFalse();
    assertThat(StunDemux.targetUfrag(Rfc5769.buffer(Rfc5769.IPV4_RESPONSE))).isNull();
  }

  @Test
  void leavesDtlsAndChannelDataAndShortThingsAlone() {
    assertThat(StunDemux.isStun(ByteBuffer.wrap(new byte[19]))).isFalse();
    assertThat(StunDemux.isStun(ByteBuffer.allocate(0))).isFalse();
    byte[] dtls = Rfc5769.REQUEST.clone();
    dtls[0] = 22;
    assertThat(StunDemux.isStun(ByteBuffer.wrap(dtls))).isFalse();
    byte[] other = Rfc5769.REQUEST.clone();
    other[4] = 0;
    assertThat(StunDemux.isStun(ByteBuffer.wrap(other))).isFalse();
    byte[] channel = Rfc5769.REQUEST.clone();
    channel[0] = 0x40;
    assertThat(StunDemux.isStun(ByteBuffer.wrap(channel))).isFalse();
  }

  @Test
  void aNameWithoutColonOrEndIsNobodys() {
    TransactionId id = new TransactionId(0, 0);
    byte[] none = StunBuilder.request(StunMethod.BINDING, id).text(StunAttribute.USERNAME, "nobody").build();
    byte[] endless = StunBuilder.request(StunMethod.BINDING, id).text(StunAttribute.USERNAME, "x".repeat(257) + ":y")
      .build();
    byte[] longest = StunBuilder.request(StunMethod.BINDING, id).text(StunAttribute.USERNAME, "x".repeat(256) + ":y")
      .build();

    assertThat(StunDemux.targetUfrag(ByteBuffer.wrap(none))).isNull();
    assertThat(StunDemux.targetUfrag(ByteBuffer.wrap(endless))).isNull();
    assertThat(StunDemux.targetUfrag(ByteBuffer.wrap(longest))).isEqualTo("x".repeat(256));
  }
}
