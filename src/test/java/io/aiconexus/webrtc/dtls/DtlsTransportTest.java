package io.aiconexus.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

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
}
