package io.aiconexus.webrtc.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;

/** What has to be refreshed, with a real TURN server whose patience is seconds instead of minutes. */
class CoturnKeepingTest {
  private static final int SECONDS = 20_000;
  private static final int REFRESH = 0x0004;
  private static final int CREATE_PERMISSION = 0x0008;
  private static final int CHANNEL_BIND = 0x0009;

  @Test
  void whatIsRefreshedOutlivesItsTime() throws Exception {
    try (Coturn server = Coturn.start("--max-allocate-lifetime=5", "--permission-lifetime=5", "--channel-lifetime=5");
        TurnShell shell = TurnShell.allocated(server, TurnTransport.UDP); UdpEar peer = new UdpEar(Coturn.LOOPBACK)) {
      shell.allocation.bind(peer.address, shell.now());
      shell.runUntil(() -> shell.allocation.isBound(peer.address));
      for (int second = 0; second < 11; second++) {
        shell.runFor(1_000, () -> false);
        shell.skip(9);
        shell.say(peer.address, "tick " + second);
        assertThat(peer.next(SECONDS)).startsWith("tick " + second);
      }
      peer.say(shell.allocation.relayed(), "tock");
      shell.runUntil(() -> shell.data.stream().anyMatch(data -> data.text().equals("tock")));
      assertThat(shell.failures).isEmpty();
      for (int kind : new int[] {REFRESH, CREATE_PERMISSION, CHANNEL_BIND}) {
        assertThat(Collections.frequency(shell.sent, kind)).isGreaterThan(5);
      }
    }
  }

  @Test
  void aPermissionThatIsNotRefreshedEnds() throws Exception {
    try (Coturn server = Coturn.start("--permission-lifetime=2");
        TurnShell shell = TurnShell.allocated(server, TurnTransport.UDP); UdpEar peer = new UdpEar(Coturn.LOOPBACK)) {
      shell.say(peer.address, "one");
      assertThat(peer.next(SECONDS)).startsWith("one");
      assertThat(endsUp(shell, peer)).isTrue();
    }
  }

  @Test
  void aChannelThatIsNotRefreshedEnds() throws Exception {
    try (Coturn server = Coturn.start("--channel-lifetime=2");
        TurnShell shell = TurnShell.allocated(server, TurnTransport.UDP); UdpEar peer = new UdpEar(Coturn.LOOPBACK)) {
      shell.allocation.bind(peer.address, shell.now());
      shell.runUntil(() -> shell.allocation.isBound(peer.address));
      assertThat(endsUp(shell, peer)).isTrue();
    }
  }

  /** Tells whether within some seconds the server stops passing on what is said. */
  private static boolean endsUp(TurnShell shell, UdpEar peer) throws Exception {
    for (int second = 0; second < 10; second++) {
      shell.runFor(1_000, () -> false);
      shell.say(peer.address, "still there?");
      if (peer.next(500).equals("nothing")) {
        return true;
      }
    }
    return false;
  }

  @Test
  void anAllocationThatEndsOnTheServerIsLost() throws Exception {
    try (Coturn server = Coturn.start("--max-allocate-lifetime=2");
        TurnShell shell = TurnShell.allocated(server, TurnTransport.UDP); UdpEar peer = new UdpEar(Coturn.LOOPBACK)) {
      while (shell.allocation.state() == TurnState.ALLOCATED) {
        assertThat(peer.next(3_500)).isEqualTo("nothing");
        shell.runFor(1_000, () -> !shell.failures.isEmpty());
      }
      assertThat(shell.failures).extracting(TurnFailure::reason).containsExactly(TurnFailure.Reason.TURN_LOST);
    }
  }

  @Test
  void aStaleNonceIsReplacedWithoutANoticeableGap() throws Exception {
    try (Coturn server = Coturn.start("--stale-nonce=1");
        TurnShell shell = TurnShell.allocated(server, TurnTransport.UDP); UdpEar peer = new UdpEar(Coturn.LOOPBACK)) {
      shell.allocation.bind(peer.address, shell.now());
      while (Collections.frequency(shell.errors, 438) < 3) {
        shell.runFor(500, () -> false);
        shell.skip(9);
        shell.say(peer.address, "still here");
        assertThat(peer.next(SECONDS)).startsWith("still here");
      }
      shell.allocation.close(shell.now());
      shell.runUntil(() -> shell.closed == 1);
      assertThat(shell.failures).isEmpty();
    }
  }
}
