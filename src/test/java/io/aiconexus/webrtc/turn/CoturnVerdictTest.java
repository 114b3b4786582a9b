package io.aiconexus.webrtc.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.webrtc.turn.TurnFailure.Reason;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a real TURN server refuses, and what is made of it. */
class CoturnVerdictTest {
  private static final TurnOptions OPTIONS = TurnOptions.of(Coturn.ANN, TurnTransport.UDP);

  @ParameterizedTest
  @EnumSource(value = TurnTransport.class, names = "DTLS", mode = EnumSource.Mode.EXCLUDE)
  void aWrongPasswordIsAnAuthenticationFailure(TurnTransport transport) throws Exception {
    TurnCredentials wrong = new TurnCredentials("ann", "a wrong secret");
    try (Coturn server = Coturn.start(); TurnShell shell = new TurnShell(server, TurnOptions.of(wrong, transport))) {
      TurnFailure failure = shell.failure();
      assertThat(failure.reason()).isEqualTo(Reason.TURN_AUTH);
      assertThat(failure.code()).isEqualTo(401);
      assertThat(failure.detail()).contains("401").doesNotContain("secret");
    }
  }

  @Test
  void noCredentialsWhereSomeAreNeededIsAnAuthenticationFailure() throws Exception {
    try (Coturn server = Coturn.start();
        TurnShell shell = new TurnShell(server, TurnOptions.of(null, TurnTransport.UDP))) {
      assertThat(shell.failure().reason()).isEqualTo(Reason.TURN_AUTH);
    }
  }

  @Test
  void theQuotaIsTheUsersUntilAnAllocationIsGivenBack() throws Exception {
    try (Coturn server = Coturn.start("--user-quota", "1");
        TurnShell first = TurnShell.allocated(server, OPTIONS.transport());
        TurnShell second = new TurnShell(server, OPTIONS)) {
      assertThat(second.failure().reason()).isEqualTo(Reason.TURN_QUOTA);
      assertThat(second.failure().code()).isEqualTo(486);

      first.allocation.close(first.now());
      first.runUntil(() -> first.closed == 1);
      assertThat(isThereRoomAgain(server)).isTrue();
    }
  }

  /** Coturn counts an allocation for a moment longer than it is there. */
  private static boolean isThereRoomAgain(Coturn server) throws Exception {
    for (int second = 0; second < 20; second++) {
      try (TurnShell next = new TurnShell(server, OPTIONS)) {
        next.allocation.start(next.now());
        next.runUntil(() -> next.allocation.state() == TurnState.ALLOCATED || !next.failures.isEmpty());
        if (next.failures.isEmpty()) {
          return true;
        }
        next.runFor(1_000, () -> false);
      }
    }
    return false;
  }

  @Test
  void aRedirectionNamesTheOtherServer() throws Exception {
    try (Coturn server = Coturn.start("--alternate-server", "192.0.2.1:4000");
        TurnShell shell = new TurnShell(server, OPTIONS)) {
      TurnFailure failure = shell.failure();
      assertThat(failure.reason()).isEqualTo(Reason.TURN_REDIRECT);
      assertThat(failure.alternate()).isEqualTo(new InetSocketAddress("192.0.2.1", 4_000));
    }
  }

  @Test
  void aSecondAllocationFromTheSamePortIsAMismatch() throws Exception {
    try (Coturn server = Coturn.start(); Wire wire = Wire.to(server, TurnTransport.UDP);
        TurnShell first = new TurnShell(wire, OPTIONS); TurnShell second = new TurnShell(wire, OPTIONS)) {
      first.allocation.start(first.now());
      first.runUntil(() -> first.allocation.state() == TurnState.ALLOCATED);
      assertThat(second.failure().reason()).isEqualTo(Reason.TURN_MISMATCH);
    }
  }

  @Test
  void aPeerThatTheServerRefusesLeavesTheAllocationAlone() throws Exception {
    try (Coturn server = Coturn.startBare("--relay-ip", "127.0.0.1");
        TurnShell shell = TurnShell.allocated(server, OPTIONS.transport())) {
      shell.allocation.permit(Coturn.LOOPBACK, shell.now());
      shell.runUntil(() -> !shell.refusals.isEmpty());
      assertThat(shell.refusals).containsExactly(403);
      assertThat(shell.allocation.state()).isEqualTo(TurnState.ALLOCATED);
      shell.sent.clear();
      shell.say(new InetSocketAddress(Coturn.LOOPBACK, 9), "nobody hears this");
      assertThat(shell.sent).isEmpty();
    }
  }

  @Test
  void anAllocationThatTheServerForgotIsLost() throws Exception {
    try (Coturn server = Coturn.start(); TurnShell shell = TurnShell.allocated(server, OPTIONS.transport())) {
      server.restart("--relay-ip", "127.0.0.1");
      shell.skip(9);
      shell.runUntil(() -> !shell.failures.isEmpty());
      assertThat(shell.failures.get(0).reason()).as(shell.failures.toString()).isEqualTo(Reason.TURN_LOST);
    }
  }

  @Test
  void whereNobodyAnswersIsUnreachable() throws Exception {
    try (UdpEar silent = new UdpEar(Coturn.LOOPBACK);
        TurnShell shell = new TurnShell(new Wire.Datagrams(silent.address), OPTIONS)) {
      shell.allocation.start(shell.now());
      for (int i = 0; i < 5; i++) {
        shell.skip(1);
        shell.step(1);
      }
      assertThat(shell.failures).extracting(TurnFailure::reason).containsExactly(Reason.TURN_UNREACHABLE);
    }
  }
}
