package io.aiconexus.webrtc.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.webrtc.net.LinkConditions;
import io.aiconexus.webrtc.net.SimulatedNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One association, and a peer made by hand that knows its tag and means harm. */
class SctpHostilePeerTest {

  private static final int PEER_TAG = 0x0BADF00D;
  private static final int PEER_TSN = 1000;
  private static final int BEGIN = ChunkType.FLAG_BEGIN;
  private static final int END = ChunkType.FLAG_END;
  private static final int UNORDERED = ChunkType.FLAG_UNORDERED;
  private static final SctpOptions OPTIONS =
    SctpOptions.DEFAULTS.withHeartbeat(Duration.ZERO).withBuffers(10_000, 40_000, 100_000);

  private final SimulatedNetwork network = new SimulatedNetwork(1);
  private final SctpEndpoint victim = new SctpEndpoint(network, OPTIONS, 5);
  private final List<byte[]> answers = new ArrayList<>();
  private int tag;
  private int tsn;

  @BeforeEach
  void shakeHands() {
    victim.out = network.link(LinkConditions.PERFECT, answers::add);
    say(new HandPacket(0).raw("01 00 0014").words(PEER_TAG, 100_000, 10 << 16 | 10, PEER_TSN));
    byte[] initAck = answer(ChunkType.INIT_ACK);
    tag = Wire.int32(initAck, 16);
    tsn = Wire.int32(initAck, 28);
    say(cookieEcho(cookieIn(initAck)));
    assertThat(answer(ChunkType.COOKIE_ACK)).isNotNull();
    assertThat(victim.connected).isTrue();
    answers.clear();
  }

  private static byte[] cookieIn(byte[] initAck) {
    Parameters parameters = new Parameters(initAck, 32, initAck.length);
    while (parameters.next()) {
      if (parameters.type() == 7) {
        return parameters.value();
      }
    }
    throw new AssertionError("no cookie");
  }

  private HandPacket cookieEcho(byte[] cookie) {
    return new HandPacket(tag).words(ChunkType.COOKIE_ECHO << 24 | 4 + cookie.length).raw(cookie);
  }

  private void say(HandPacket packet) {
    victim.receive(packet.build());
    network.run(1_000_000);
  }

  private HandPacket packet() {
    return new HandPacket(tag);
  }

  private byte[] answer(int type) {
    return answers.stream().filter(packet -> packet[12] == (byte) type).findFirst().orElse(null);
  }

  private void assertAborted(String because) {
    assertThat(victim.closed).isNotNull();
    assertThat(victim.closed.kind()).isEqualTo(CloseReason.Kind.PROTOCOL_VIOLATION);
    assertThat(victim.closed.detail()).contains(because);
    byte[] abort = answer(ChunkType.ABORT);
    assertThat(Wire.int32(abort, 4)).isEqualTo(PEER_TAG);
    assertThat(Wire.uint16(abort, 16)).isEqualTo(victim.closed.cause());
  }

  @Test
  void aPacketWithAWrongChecksumIsDropped() {
    byte[] packet = packet().data(BEGIN | END, PEER_TSN, 0, 0, 4).build();
    packet[packet.length - 1] ^= 1;
    victim.receive(packet);
    assertThat(victim.messages).isEmpty();
    assertThat(victim.association.statistics().packetsDiscarded()).isEqualTo(1);
  }

  @Test
  void aPacketWithAWrongTagIsDroppedWhateverItSays() {
    say(new HandPacket(tag + 1).words(ChunkType.ABORT << 24 | 4));
    say(new HandPacket(0).words(ChunkType.ABORT << 24 | 4));
    say(new HandPacket(tag + 1).data(BEGIN | END, PEER_TSN, 0, 0, 4));
    assertThat(victim.closed).isNull();
    assertThat(victim.messages).isEmpty();
  }

  @Test
  void anAbortWithTheReflectedTagCounts() {
    say(new HandPacket(PEER_TAG).words(ChunkType.ABORT << 24 | 1 << 16 | 4));
    assertThat(victim.closed.kind()).isEqualTo(CloseReason.Kind.ABORTED_BY_PEER);
  }

  @Test
  void aForgedCookieIsIgnored() {
    SctpEndpoint fresh = new SctpEndpoint(network, OPTIONS, 6);
    fresh.out = network.link(LinkConditions.PERFECT, answers::add);
    fresh.receive(new HandPacket(0).raw("01 00 0014").words(PEER_TAG, 100_000, 10 << 16 | 10, PEER_TSN).build());
    network.run(1_000);
    byte[] initAck = answer(ChunkType.INIT_ACK);
    tag = Wire.int32(initAck, 16);
    byte[] cookie = cookieIn(initAck);
    for (int at = 0; at < cookie.length; at++) {
      byte[] forged = cookie.clone();
      forged[at] ^= 4;
      fresh.receive(cookieEcho(forged).build());
    }
    assertThat(fresh.connected).isFalse();
    fresh.receive(cookieEcho(cookie).build());
    assertThat(fresh.connected).isTrue();
  }

  @Test
  void aStaleCookieIsAnsweredWithAnError() {
    SctpEndpoint fresh = new SctpEndpoint(network, OPTIONS, 6);
    fresh.out = network.link(LinkConditions.PERFECT, answers::add);
    fresh.receive(new HandPacket(0).raw("01 00 0014").words(PEER_TAG, 100_000, 10 << 16 | 10, PEER_TSN).build());
    network.run(61_000_000_000L);
    byte[] initAck = answer(ChunkType.INIT_ACK);
    tag = Wire.int32(initAck, 16);
    fresh.receive(cookieEcho(cookieIn(initAck)).build());
    network.run(1_000);
    assertThat(fresh.connected).isFalse();
    assertThat(Wire.uint16(answer(ChunkType.ERROR), 16)).isEqualTo(ErrorCause.STALE_COOKIE);
  }

  @Test
  void anInitWithTagZeroIsDropped() {
    say(new HandPacket(0).raw("01 00 0014").words(0, 100_000, 10 << 16 | 10, PEER_TSN));
    assertThat(answers).isEmpty();
    assertThat(victim.closed).isNull();
  }

  @Test
  void anInitWithZeroStreamsAborts() {
    SctpEndpoint fresh = new SctpEndpoint(network, OPTIONS, 6);
    fresh.out = network.link(LinkConditions.PERFECT, answers::add);
    fresh.receive(new HandPacket(0).raw("01 00 0014").words(PEER_TAG, 100_000, 10 << 16, PEER_TSN).build());
    network.run(1_000);
    assertThat(Wire.int32(answer(ChunkType.ABORT), 4)).isEqualTo(PEER_TAG);
    assertThat(fresh.closed.cause()).isEqualTo(ErrorCause.INVALID_MANDATORY_PARAMETER);
  }

  @Test
  void aRepeatedInitIsAnsweredAndANewOneEndsTheAssociation() {
    say(new HandPacket(0).raw("01 00 0014").words(PEER_TAG, 100_000, 10 << 16 | 10, PEER_TSN));
    assertThat(answer(ChunkType.INIT_ACK)).isNotNull();
    assertThat(victim.closed).isNull();
    say(new HandPacket(0).raw("01 00 0014").words(77, 100_000, 10 << 16 | 10, PEER_TSN));
    assertThat(victim.closed.kind()).isEqualTo(CloseReason.Kind.PEER_RESTARTED);
    assertThat(Wire.int32(answer(ChunkType.ABORT), 4)).isEqualTo(77);
  }

  @Test
  void aChunkLongerThanItsPacketAborts() {
    say(packet().words(0x0003_0040, PEER_TSN));
    assertAborted("says it is 64 bytes long, 8 are left");
  }

  @Test
  void aChunkShorterThanItsHeaderAborts() {
    say(packet().words(0x0003_0003, PEER_TSN));
    assertAborted("says it is 3 bytes long");
  }

  @Test
  void dataWithoutDataAborts() {
    say(packet().data(BEGIN | END, PEER_TSN, 0, 0, 0));
    assertAborted("without data");
    assertThat(victim.closed.cause()).isEqualTo(ErrorCause.NO_USER_DATA);
  }

  @Test
  void dataOnAStreamThatDoesNotExistAborts() {
    say(packet().data(BEGIN | END, PEER_TSN, 10, 0, 4));
    assertAborted("stream 10 of 10");
  }

  @Test
  void overlappingTsnsAreCountedOnce() {
    for (int i = 0; i < 50; i++) {
      say(packet().data(BEGIN | END, PEER_TSN + i % 5, 0, i % 5, 100));
    }
    assertThat(victim.messages).hasSize(5);
    assertThat(victim.association.statistics().duplicates()).isEqualTo(45);
  }

  @Test
  void aSackOfWhatWasNeverSentAborts() {
    say(packet().words(ChunkType.SACK << 24 | 16, tsn, 100_000, 0));
    assertAborted("never sent");
  }

  @Test
  void aGapBlockBeyondWhatWasSentAborts() {
    say(packet().words(ChunkType.SACK << 24 | 20, tsn - 1, 100_000, 1 << 16, 2 << 16 | 60_000));
    assertAborted("gap block 2 to 60000");
  }

  @Test
  void aSackThatLiesAboutItsBlocksAborts() {
    say(packet().words(ChunkType.SACK << 24 | 16, tsn - 1, 100_000, 60_000 << 16));
    assertAborted("needs");
  }

  @Test
  void aLyingWindowMakesUsSendNoMoreThanTheCongestionWindow() {
    say(packet().words(ChunkType.SACK << 24 | 16, tsn - 1, -1, 0));
    for (int i = 0; i < 9; i++) {
      assertThat(victim.send(0, new byte[10_000], Delivery.RELIABLE)).isEqualTo(SendOutcome.QUEUED);
    }
    victim.flush();
    network.run(1_000_000);
    assertThat(answers.size()).isBetween(9, 11);
  }

  @Test
  void aMessageThatNeverEndsAborts() {
    for (int i = 0; i < 20 && victim.closed == null; i++) {
      say(packet().data(i == 0 ? BEGIN : 0, PEER_TSN + i, 0, 0, 1_000));
    }
    assertAborted("longer than the 10000 bytes");
    assertThat(victim.association.statistics().windowHeld()).isLessThan(12_000);
  }

  @Test
  void aMillionTinyPartsOfAMessageThatNeverBeginsAreDropped() {
    for (int i = 0; i < 1_000_000 && victim.closed == null; i++) {
      victim.receive(packet().data(0, PEER_TSN + 2 + i, 0, 0, 1).build());
    }
    assertThat(victim.association.statistics().windowHeld()).isLessThanOrEqualTo(40_000);
    assertThat(victim.association.statistics().refused()).isPositive();
    assertThat(victim.closed).isNull();
  }

  @Test
  void aHundredThousandGapsAreNotRemembered() {
    for (int i = 0; i < 100_000; i++) {
      victim.receive(packet().data(BEGIN | UNORDERED, PEER_TSN + 2 + 2 * i, 0, 0, 1).build());
    }
    assertThat(victim.association.statistics().windowHeld()).isLessThanOrEqualTo(ReceivedTsns.MOST_ISLANDS);
  }

  @Test
  void messagesThatWaitForOneThatIsNeverSentAbort() {
    say(packet().data(BEGIN | END, PEER_TSN, 0, 1, 100));
    assertAborted("waits for one that was never sent");
  }

  @Test
  void aStreamSequenceNumberUsedTwiceAborts() {
    say(packet().data(BEGIN | END, PEER_TSN, 0, 0, 100));
    say(packet().data(BEGIN | END, PEER_TSN + 1, 0, 0, 100));
    assertAborted("used twice");
  }

  @Test
  void aMessageWithoutABeginningAborts() {
    say(packet().data(END, PEER_TSN, 0, 0, 100));
    assertAborted("without a beginning");
  }

  @Test
  void aMessageWithoutAnEndAborts() {
    say(packet().data(BEGIN, PEER_TSN, 0, 0, 100));
    say(packet().data(BEGIN | END, PEER_TSN + 1, 0, 1, 100));
    assertAborted("without an end");
  }

  @Test
  void aMessageThatChangesItsStreamAborts() {
    say(packet().data(BEGIN, PEER_TSN, 0, 0, 100));
    say(packet().data(END, PEER_TSN + 1, 1, 0, 100));
    assertAborted("interrupted");
  }

  @Test
  void aForwardTsnFarBeyondMovesOnAndHoldsNothing() {
    say(packet().data(BEGIN, PEER_TSN, 0, 0, 1_000));
    say(packet().data(BEGIN, PEER_TSN + 5, 0, 2, 1_000));
    say(packet().words(ChunkType.FORWARD_TSN << 24 | 12, PEER_TSN + 1_000_000, 9 << 16 | 7));
    assertThat(victim.closed).isNull();
    assertThat(victim.association.statistics().windowHeld()).isZero();
    say(packet().data(BEGIN | END, PEER_TSN + 1_000_001, 9, 8, 10));
    assertThat(victim.messages).hasSize(1);
  }

  @Test
  void theRestOfAMessageThatWasGivenUpIsThrownAway() {
    say(packet().data(BEGIN, PEER_TSN, 0, 0, 1_000));
    say(packet().words(ChunkType.FORWARD_TSN << 24 | 12, PEER_TSN + 1, 0));
    say(packet().data(0, PEER_TSN + 2, 0, 0, 1_000));
    say(packet().data(END, PEER_TSN + 3, 0, 0, 1_000));
    say(packet().data(BEGIN | END, PEER_TSN + 4, 0, 1, 10));
    assertThat(victim.closed).isNull();
    assertThat(victim.messages).hasSize(1);
    assertThat(victim.association.statistics().windowHeld()).isZero();
  }

  @Test
  void aResetOfStreamsThatDoNotExistIsDenied() {
    say(packet().words(ChunkType.RE_CONFIG << 24 | 22, 13 << 16 | 18, PEER_TSN, 0, PEER_TSN - 1, 99 << 16));
    assertThat(answer(ChunkType.RE_CONFIG)[12 + 15]).isEqualTo((byte) 2);
    assertThat(victim.events).containsExactly("connected");
  }

  @Test
  void aRepeatedResetIsPerformedOnceAndAnsweredTwice() {
    for (int i = 0; i < 2; i++) {
      say(packet().words(ChunkType.RE_CONFIG << 24 | 22, 13 << 16 | 18, PEER_TSN, 0, PEER_TSN - 1, 3 << 16));
    }
    assertThat(victim.events).containsExactly("connected", "reset [3]");
    assertThat(answers).hasSize(2).allSatisfy(packet -> assertThat(packet[12 + 15]).isEqualTo((byte) 1));
  }

  @Test
  void aResetThatComesBeforeItsDataWaitsForIt() {
    say(packet().words(ChunkType.RE_CONFIG << 24 | 22, 13 << 16 | 18, PEER_TSN, 0, PEER_TSN, 3 << 16));
    assertThat(answer(ChunkType.RE_CONFIG)[12 + 15]).isEqualTo((byte) 6);
    assertThat(victim.events).containsExactly("connected");
    say(packet().data(BEGIN | END, PEER_TSN, 3, 0, 10));
    assertThat(victim.messages).hasSize(1);
    assertThat(victim.events).containsExactly("connected", "reset [3]");
  }

  @Test
  void unknownChunksAreSkippedOrStopTheReadingAndReportedWhenTheyAskForIt() {
    say(packet().words(0xC1_00_0004).data(BEGIN | END, PEER_TSN, 0, 0, 10));
    assertThat(victim.messages).hasSize(1);
    assertThat(answer(ChunkType.ERROR)).isNotNull();
    answers.clear();
    say(packet().words(0x3F_00_0004).data(BEGIN | END, PEER_TSN + 1, 0, 1, 10));
    assertThat(victim.messages).hasSize(1);
    assertThat(answer(ChunkType.ERROR)).isNull();
  }

  @Test
  void heartbeatsAreAnsweredWithWhatTheySay() {
    say(packet().words(ChunkType.HEARTBEAT << 24 | 12, 1 << 16 | 8, 0xCAFEBABE));
    assertThat(Wire.int32(answer(ChunkType.HEARTBEAT_ACK), 20)).isEqualTo(0xCAFEBABE);
  }

  @Test
  void aMessageOnOneStreamDoesNotWaitForAPartLostOnAnother() {
    say(packet().data(BEGIN, PEER_TSN, 0, 0, 100));
    say(packet().data(BEGIN | END, PEER_TSN + 2, 1, 0, 100));
    say(packet().data(BEGIN | END | UNORDERED, PEER_TSN + 3, 0, 0, 100));
    say(packet().data(BEGIN | END, PEER_TSN + 4, 0, 1, 100));
    assertThat(victim.messages).extracting(SctpEndpoint.Message::stream).containsExactly(1, 0);
    say(packet().data(END, PEER_TSN + 1, 0, 0, 100));
    assertThat(victim.messages).hasSize(4);
  }

  @Test
  void anAbortSaysInPrintWhatThePeerSaid() {
    say(packet().raw("06 00 0010 000c 000c 68690a1b5b316d21"));
    assertThat(victim.closed.detail()).isEqualTo("the peer aborted, cause 12: hi??[1m!");
  }
}
