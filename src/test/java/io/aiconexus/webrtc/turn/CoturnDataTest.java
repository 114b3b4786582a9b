package io.aiconexus.webrtc.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.webrtc.turn.TurnShell.Datagram;
import java.net.InetAddress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Data through a real TURN server. */
class CoturnDataTest {
  private static final int SECONDS = 20_000;
  private static final int SEND_INDICATION = 0x0016;

  private static Coturn server;

  @BeforeAll
  static void startServer() throws Exception {
    server = Coturn.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(value = TurnTransport.class, names = "DTLS", mode = EnumSource.Mode.EXCLUDE)
  void dataGoesBothWaysByIndicationAndByChannel(TurnTransport transport) throws Exception {
    try (TurnShell shell = TurnShell.allocated(server, transport); UdpEar peer = new UdpEar(Coturn.LOOPBACK)) {
      shell.say(peer.address, "hello");
      assertThat(peer.next(SECONDS)).isEqualTo(UdpEar.heard("hello", shell.allocation.relayed()));
      assertThat(shell.sent).contains(SEND_INDICATION);
      peer.say(shell.allocation.relayed(), "hello yourself");
      shell.runUntil(() -> shell.data.contains(new Datagram(peer.address, "hello yourself")));

      shell.allocation.bind(peer.address, shell.now());
      shell.runUntil(() -> shell.allocation.isBound(peer.address));
      shell.sent.clear();
      for (String text : new String[] {"", "1", "22", "333", "4444", "55555"}) {
        shell.say(peer.address, text);
        assertThat(peer.next(SECONDS)).isEqualTo(UdpEar.heard(text, shell.allocation.relayed()));
        peer.say(shell.allocation.relayed(), "back " + text);
        shell.runUntil(() -> shell.data.contains(new Datagram(peer.address, "back " + text)));
      }
      assertThat(shell.sent).containsOnly(ChannelData.FIRST_NUMBER);
      assertThat(shell.errors).containsExactly(401);
    }
  }

  @Test
  void aPermittedPeerCanSpeakFirstAndAStrangerCannot() throws Exception {
    try (TurnShell shell = TurnShell.allocated(server, TurnTransport.UDP);
        UdpEar peer = new UdpEar(Coturn.LOOPBACK); UdpEar stranger = new UdpEar(InetAddress.getByName("127.0.0.2"))) {
      shell.allocation.permit(Coturn.LOOPBACK, shell.now());
      shell.runFor(1_000, () -> shell.allocation.nextDeadline() > shell.now() + 60_000_000_000L);
      stranger.say(shell.allocation.relayed(), "let me in");
      peer.say(shell.allocation.relayed(), "me first");
      shell.runUntil(() -> !shell.data.isEmpty());
      assertThat(shell.data).containsExactly(new Datagram(peer.address, "me first"));
    }
  }

  @Test
  void anIpv6AddressIsRelayedFromAnIpv4Client() throws Exception {
    InetAddress loopback = InetAddress.getByName("::1");
    try (TurnShell shell = new TurnShell(server, TurnOptions.of(Coturn.ANN, TurnTransport.UDP).withIpv6());
        UdpEar peer = new UdpEar(loopback)) {
      shell.allocation.start(shell.now());
      shell.runUntil(() -> shell.allocation.state() == TurnState.ALLOCATED);
      assertThat(shell.allocation.relayed().getAddress()).isEqualTo(loopback);
      shell.say(peer.address, "six");
      assertThat(peer.next(SECONDS)).isEqualTo(UdpEar.heard("six", shell.allocation.relayed()));
      shell.allocation.bind(peer.address, shell.now());
      shell.runUntil(() -> shell.allocation.isBound(peer.address));
      peer.say(shell.allocation.relayed(), "and back");
      shell.runUntil(() -> shell.data.contains(new Datagram(peer.address, "and back")));
    }
  }

  @Test
  void afterClosingTheRelayedAddressIsGone() throws Exception {
    try (TurnShell shell = TurnShell.allocated(server, TurnTransport.UDP); UdpEar peer = new UdpEar(Coturn.LOOPBACK)) {
      shell.say(peer.address, "open");
      assertThat(peer.next(SECONDS)).startsWith("open");
      shell.allocation.close(shell.now());
      shell.runUntil(() -> shell.closed == 1);
      assertThat(shell.allocation.state()).isEqualTo(TurnState.CLOSED);
      assertThat(shell.allocation.nextDeadline()).isEqualTo(TurnAllocation.NEVER);
      assertThat(shell.failures).isEmpty();

      shell.sent.clear();
      shell.say(peer.address, "too late");
      assertThat(shell.sent).isEmpty();
    }
  }
}
