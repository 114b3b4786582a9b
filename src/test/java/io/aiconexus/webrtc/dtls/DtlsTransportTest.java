package io.aiconexus.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DtlsTransportTest {

  private final Rig rig = new Rig();

  @AfterEach
  void leaveNoThreadBehind() throws InterruptedException {
    rig.close();
  }

  @Test
  void bothRolesConnectAndExchangeData() throws Exception {
    Pair pair = rig.pair(Network.PERFECT).connect();

    pair.client.say("ping");
    pair.server.say("pong");
    pair.settle();

    assertThat(pair.server.onLoop(() -> pair.server.received)).containsExactly("ping");
    assertThat(pair.client.onLoop(() -> pair.client.received)).containsExactly("pong");
    assertThat(pair.client.awaitConnected()).isEqualTo(DtlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256);
  }

  @Test
  void aHandshakeTakesFourDatagrams() throws Exception {
    Pair pair = rig.pair(Network.PERFECT).connect();

    assertThat(pair.client.onLoop(() -> pair.client.sent.size())).isEqualTo(2);
    assertThat(pair.server.onLoop(() -> pair.server.sent.size())).isEqualTo(2);
  }

  /** RFC 5764, section 4.1.1: extension 14, one profile (1), no MKI. */
  @Test
  void bothRolesCouldAgreeOnKeysForMediaBecauseSomeStacksInsist() throws Exception {
    Pair pair = rig.pair(Network.PERFECT).connect();

    assertThat(firstOf(pair.client)).contains("000e" + "0005" + "0002" + "0001" + "00");
    assertThat(firstOf(pair.server)).contains("000e" + "0005" + "0002" + "0001" + "00");
  }

  private static String firstOf(End end) throws Exception {
    ByteBuffer datagram = end.onLoop(() -> end.sent.get(0).duplicate());
    byte[] bytes = new byte[datagram.remaining()];
    datagram.get(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
