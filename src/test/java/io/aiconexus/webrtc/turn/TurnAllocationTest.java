package io.aiconexus.webrtc.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.webrtc.stun.StunAttribute;
import io.aiconexus.webrtc.stun.StunBuilder;
import io.aiconexus.webrtc.stun.StunKey;
import io.aiconexus.webrtc.stun.StunMessage;
import io.aiconexus.webrtc.stun.StunMethod;
import io.aiconexus.webrtc.stun.TransactionId;
import io.aiconexus.webrtc.turn.TurnFailure.Reason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What coturn cannot be brought to: loss, forgery, nonsense, and the schedule of it all. */
class TurnAllocationTest {
  private static final InetSocketAddress PEER = ScriptedTurn.PEER;

  @Test
  void theSecondRequestCarriesTheCredentialOfRfc5769() {
    ScriptedTurn turn = new ScriptedTurn(TurnTransport.UDP);
    turn.allocation.start(0);
    StunMessage first = turn.last();
    assertThat(first.has(StunAttribute.USERNAME)).isFalse();
    assertThat(first.number(StunAttribute.REQUESTED_TRANSPORT)).hasValue(0x1100_0000);
    turn.say(ScriptedTurn.challenge(first, 401));
    StunMessage second = turn.last();
    assertThat(second.transactionId()).isNotEqualTo(first.transactionId());
    assertThat(second.text(StunAttribute.USERNAME)).isEqualTo(ScriptedTurn.CREDENTIALS.username());
    assertThat(second.text(StunAttribute.REALM)).isEqualTo(ScriptedTurn.REALM);
    assertThat(second.text(StunAttribute.NONCE)).isEqualTo(ScriptedTurn.NONCE);
    assertThat(second.isFrom(ScriptedTurn.KEY)).isTrue();
  }

  /** RFC 8489 section 6.2.1: after 0, 500, 1500, 3500 ms, and so on; the end 16 intervals after the last. */
  @Test
  void overUdpARequestIsRepeatedAtDoublingIntervals() {
    ScriptedTurn turn = ScriptedTurn.allocated(TurnTransport.UDP);
    turn.allocation.permit(PEER.getAddress(), turn.now);
    List<Long> times = new ArrayList<>();
    int seen = 1;
    while (turn.failures.isEmpty()) {
      turn.now = turn.allocation.nextDeadline();
      turn.allocation.onTimer(turn.now);
      times.addAll(turn.sent.size() > seen ? List.of(TimeUnit.NANOSECONDS.toMillis(turn.now)) : List.of());
      seen = turn.sent.size();
    }
    assertThat(times).containsExactly(500L, 1_500L, 3_500L, 7_500L, 15_500L, 31_500L);
    assertThat(TimeUnit.NANOSECONDS.toMillis(turn.now)).isEqualTo(39_500);
    assertThat(turn.failures).extracting(TurnFailure::reason).containsExactly(Reason.TURN_UNREACHABLE);
    assertThat(turn.allocation.nextDeadline()).isEqualTo(TurnAllocation.NEVER);
  }

  @Test
  void onAStreamARequestIsSentOnce() {
    ScriptedTurn turn = new ScriptedTurn(TurnTransport.TCP);
    turn.allocation.start(0);
    turn.pass(39);
    assertThat(turn.failures).isEmpty();
    turn.pass(1);
    assertThat(turn.sent).hasSize(1);
    assertThat(turn.failures).extracting(TurnFailure::reason).containsExactly(Reason.TURN_UNREACHABLE);
  }

  @Test
  void anAnswerThatDoesNotProveToKnowThePasswordHasNotComeAtAll() {
    ScriptedTurn turn = new ScriptedTurn(TurnTransport.UDP);
    turn.allocation.start(0);
    turn.say(ScriptedTurn.challenge(turn.last(), 401));
    StunMessage request = turn.last();
    assertThat(turn.say(ScriptedTurn.success(request).build())).isFalse();
    assertThat(turn.say(ScriptedTurn.success(request).sign(StunKey.shortTerm("guess")))).isFalse();
    assertThat(turn.say(StunBuilder.error(request, 486, "no").build())).isFalse();
    assertThat(turn.say(StunBuilder.error(request, 300, "there").build())).isFalse();
    assertThat(turn.allocated).isZero();
    assertThat(turn.failures).isEmpty();
    assertThat(turn.say(turn.success())).isTrue();
    assertThat(turn.say(turn.success())).as("the same answer again").isFalse();
    assertThat(turn.allocated).isEqualTo(1);
  }

  @Test
  void anAnswerToNothingThatWasAskedIsIgnored() {
    ScriptedTurn turn = new ScriptedTurn(TurnTransport.UDP);
    turn.allocation.start(0);
    StunMessage other = ScriptedTurn.message(
      StunBuilder.request(StunMethod.ALLOCATE, new TransactionId(1, 2)).build());
    assertThat(turn.say(ScriptedTurn.challenge(other, 401))).isFalse();
    StunMessage otherMethod = ScriptedTurn.message(
      StunBuilder.request(StunMethod.REFRESH, turn.last().transactionId()).build());
    assertThat(turn.say(ScriptedTurn.challenge(otherMethod, 401))).isFalse();
    assertThat(turn.sent).hasSize(1);
  }

  @Test
  void aServerThatFindsEveryNonceStaleIsGivenUp() {
    ScriptedTurn turn = ScriptedTurn.allocated(TurnTransport.UDP);
    turn.allocation.permit(PEER.getAddress(), turn.now);
    for (int i = 0; i < 10 && turn.failures.isEmpty(); i++) {
      turn.say(ScriptedTurn.challenge(turn.last(), 438));
    }
    assertThat(turn.sent).hasSize(4);
    assertThat(turn.failures).extracting(TurnFailure::reason).containsExactly(Reason.TURN_AUTH);
  }

  @ParameterizedTest
  @CsvSource({"300, TURN_REFUSED", "400, TURN_REFUSED", "403, TURN_REFUSED", "420, TURN_REFUSED", "437, TURN_MISMATCH",
    "440, TURN_REFUSED", "441, TURN_AUTH", "442, TURN_REFUSED", "486, TURN_QUOTA", "500, TURN_REFUSED",
    "508, TURN_QUOTA"})
  void everyRefusalHasItsVerdict(int code, Reason reason) {
    ScriptedTurn turn = new ScriptedTurn(TurnTransport.UDP);
    turn.allocation.start(0);
    turn.say(ScriptedTurn.challenge(turn.last(), 401));
    turn.say(StunBuilder.error(turn.last(), code, "no\nway").sign(ScriptedTurn.KEY));
    assertThat(turn.failures).containsExactly(
      new TurnFailure(reason, code, "the TURN server said " + code + " no?way", null));
  }

  @Test
  void anAllocationWithoutAUsableAddressIsRefused() {
    for (int missing = 0; missing < 4; missing++) {
      ScriptedTurn turn = new ScriptedTurn(TurnTransport.UDP);
      turn.allocation.start(0);
      StunBuilder answer = StunBuilder.success(turn.last());
      if (missing != 0) {
        String address = missing == 3 ? "2001:db8::1" : "192.0.2.15";
        answer.xorAddress(StunAttribute.XOR_RELAYED_ADDRESS, new InetSocketAddress(address, 5_000));
      }
      if (missing != 1) {
        answer.xorAddress(StunAttribute.XOR_MAPPED_ADDRESS, PEER);
      }
      turn.say(answer.number32(StunAttribute.LIFETIME, missing == 2 ? 0 : 600).build());
      assertThat(turn.failures).as("case " + missing).extracting(TurnFailure::reason)
        .containsExactly(Reason.TURN_REFUSED);
    }
  }

  @Test
  void theFirstDatagramFollowsTheRequestForItsPermission() {
    ScriptedTurn turn = ScriptedTurn.allocated(TurnTransport.UDP);
    turn.allocation.send(PEER, new byte[] {1, 2, 3});
    assertThat(turn.sent).hasSize(2);
    StunMessage permission = ScriptedTurn.message(turn.sent.get(0));
    assertThat(permission.method()).isEqualTo(StunMethod.CREATE_PERMISSION);
    assertThat(permission.xorAddress(StunAttribute.XOR_PEER_ADDRESS).getAddress()).isEqualTo(PEER.getAddress());
    assertThat(turn.last().method()).isEqualTo(StunMethod.SEND);
    assertThat(turn.last().xorAddress(StunAttribute.XOR_PEER_ADDRESS)).isEqualTo(PEER);
    assertThat(turn.allocation.nextDeadline()).as("at once").isLessThanOrEqualTo(turn.now);
    turn.allocation.send(PEER, new byte[] {4});
    assertThat(turn.sent).as("the permission is asked for once").hasSize(3);
  }

  @Test
  void aPermissionInUseIsRefreshedEveryFourMinutesAndAnIdleOneRunsOut() {
    ScriptedTurn turn = ScriptedTurn.allocated(TurnTransport.UDP);
    turn.allocation.permit(PEER.getAddress(), turn.now);
    turn.say(turn.success());
    turn.pass(239);
    assertThat(turn.sent).hasSize(1);
    turn.pass(1);
    assertThat(turn.last().method()).isEqualTo(StunMethod.CREATE_PERMISSION);
    assertThat(turn.sent).hasSize(2);
    turn.say(turn.success());
    turn.pass(241);
    assertThat(turn.sent).as("nothing went to it or came from it").hasSize(2);
    turn.allocation.permit(PEER.getAddress(), turn.now);
    assertThat(turn.sent).hasSize(3);
  }

  @Test
  void dataComesOnlyFromThosePermitted() throws Exception {
    ScriptedTurn turn = ScriptedTurn.allocated(TurnTransport.UDP);
    turn.allocation.permit(PEER.getAddress(), turn.now);
    assertThat(turn.say(data(PEER))).isTrue();
    assertThat(turn.say(data(new InetSocketAddress("192.0.2.151", 1)))).isFalse();
    assertThat(turn.say(ChannelData.packet(0x4000, new byte[9], false))).as("a number nobody bound").isFalse();
    assertThat(turn.data).containsExactly(5);
  }

  private static byte[] data(InetSocketAddress from) {
    return StunBuilder.indication(StunMethod.DATA, new TransactionId(3, 4))
      .xorAddress(StunAttribute.XOR_PEER_ADDRESS, from).bytes(StunAttribute.DATA, new byte[5]).build();
  }

  /** The example of RFC 8656 section 20: channel 0x4000 for the peer's address. */
  @Test
  void aChannelIsBoundRefreshedAndUsed() {
    ScriptedTurn turn = ScriptedTurn.allocated(TurnTransport.TCP);
    turn.allocation.permit(PEER.getAddress(), turn.now);
    turn.say(turn.success());
    turn.allocation.bind(PEER, turn.now);
    assertThat(turn.last().method()).isEqualTo(StunMethod.CHANNEL_BIND);
    assertThat(turn.last().number(StunAttribute.CHANNEL_NUMBER)).hasValue(0x4000_0000);
    turn.say(turn.success());
    turn.allocation.send(PEER, new byte[] {7});
    assertThat(turn.sent.get(turn.sent.size() - 1)).containsExactly(0x40, 0, 0, 1, 7, 0, 0, 0);
    assertThat(turn.say(new byte[] {0x40, 0, 0, 2, 8, 8})).isTrue();
    assertThat(turn.data).containsExactly(2);

    turn.allocation.bind(new InetSocketAddress(PEER.getAddress(), 9), turn.now);
    assertThat(turn.last().number(StunAttribute.CHANNEL_NUMBER)).hasValue(0x4001_0000);
  }

  @Test
  void permissionsAndChannelsHaveAnEnd() throws Exception {
    ScriptedTurn turn = ScriptedTurn.allocated(TurnTransport.UDP);
    TurnSettings limits = TurnSettings.DEFAULTS;
    for (int i = 0; i < 2_000; i++) {
      InetAddress address = InetAddress.getByAddress(new byte[] {10, 0, (byte) (i >> 8), (byte) i});
      turn.allocation.permit(address, turn.now);
      turn.allocation.bind(new InetSocketAddress(address, 5), turn.now);
    }
    assertThat(turn.sent).hasSize(limits.maxPermissions() + limits.maxChannels());
  }

  @Test
  void aPeerOfTheOtherFamilyAndALongDatagramAreDropped() throws Exception {
    ScriptedTurn turn = ScriptedTurn.allocated(TurnTransport.UDP);
    turn.allocation.send(new InetSocketAddress(InetAddress.getByName("2001:db8::1"), 5), new byte[1]);
    turn.allocation.permit(InetAddress.getByName("2001:db8::1"), turn.now);
    turn.allocation.send(PEER, new byte[65_401]);
    assertThat(turn.sent).isEmpty();
  }

  @Test
  void closedWhileAllocatingTheAddressIsGivenBackWhenItComes() {
    ScriptedTurn turn = new ScriptedTurn(TurnTransport.UDP);
    turn.allocation.start(0);
    turn.say(ScriptedTurn.challenge(turn.last(), 401));
    turn.allocation.close(turn.now);
    turn.say(turn.success());
    assertThat(turn.allocated).isZero();
    assertThat(turn.last().method()).isEqualTo(StunMethod.REFRESH);
    assertThat(turn.last().number(StunAttribute.LIFETIME)).hasValue(0);
    turn.say(ScriptedTurn.challenge(turn.last(), 438));
    assertThat(turn.last().method()).as("again with the new nonce").isEqualTo(StunMethod.REFRESH);
    turn.say(turn.success());
    assertThat(turn.closed).isEqualTo(1);
    assertThat(turn.failures).isEmpty();
  }

  @Test
  void closingEndsEvenIfNobodyAnswers() {
    ScriptedTurn turn = ScriptedTurn.allocated(TurnTransport.UDP);
    turn.allocation.close(turn.now);
    turn.pass(10);
    assertThat(turn.closed).isEqualTo(1);
    assertThat(turn.sent).hasSize(3);
  }

  @Test
  void aLostConnectionIsUnreachable() {
    ScriptedTurn turn = ScriptedTurn.allocated(TurnTransport.TLS);
    turn.allocation.onLinkLost("reset by the server");
    turn.allocation.onLinkLost("again");
    assertThat(turn.failures).containsExactly(
      new TurnFailure(Reason.TURN_UNREACHABLE, 0, "reset by the server", null));
  }
}
