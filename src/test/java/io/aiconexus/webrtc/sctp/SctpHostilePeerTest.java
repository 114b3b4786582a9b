package io.aiconexus.webrtc.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Packets, handshakes and control chunks from a peer that means harm. */
class SctpHostilePeerTest {

  private static final int TSN = HandMadePeer.TSN;
  private static final int BEGIN = ChunkType.FLAG_BEGIN;
  private static final int END = ChunkType.FLAG_END;
  private static final int TAG = HandMadePeer.TAG;

  private final HandMadePeer peer = HandMadePeer.connected();

  @Test
  void aPacketWithAWrongChecksumIsDropped() {
    byte[] packet = peer.packet().data(BEGIN | END, TSN, 0, 0, 4).build();
    packet[packet.length - 1] ^= 1;
    peer.victim.receive(packet);
    assertThat(peer.victim.messages).isEmpty();
    assertThat(peer.victim.association.statistics().packetsDiscarded()).isEqualTo(1);
  }

  @Test
  void aPacketWithAWrongTagIsDroppedWhateverItSays() {
    peer.say(new HandPacket(peer.tag() + 1).words(ChunkType.ABORT << 24 | 4));
    peer.say(new HandPacket(0).words(ChunkType.ABORT << 24 | 4));
    peer.say(new HandPacket(peer.tag() + 1).data(BEGIN | END, TSN, 0, 0, 4));
    assertThat(peer.victim.closed).isNull();
    assertThat(peer.victim.messages).isEmpty();
  }

  @Test
  void anAbortWithTheReflectedTagCounts() {
    peer.say(new HandPacket(TAG).words(ChunkType.ABORT << 24 | 1 << 16 | 4));
    assertThat(peer.victim.closed.kind()).isEqualTo(CloseReason.Kind.ABORTED_BY_PEER);
  }

  @Test
  void aForgedCookieIsIgnored() {
    HandMadePeer stranger = new HandMadePeer();
    byte[] cookie = stranger.askForCookie();
    for (int at = 0; at < cookie.length; at++) {
      byte[] forged = cookie.clone();
      forged[at] ^= 4;
      stranger.say(stranger.cookieEcho(forged));
    }
    stranger.say(stranger.cookieEcho(new byte[3]));
    assertThat(stranger.victim.connected).isFalse();
    stranger.say(stranger.cookieEcho(cookie));
    assertThat(stranger.victim.connected).isTrue();
  }

  @Test
  void aStaleCookieIsAnsweredWithAnError() {
    HandMadePeer slow = new HandMadePeer();
    byte[] cookie = slow.askForCookie();
    slow.network.run(61_000_000_000L);
    slow.say(slow.cookieEcho(cookie));
    assertThat(slow.victim.connected).isFalse();
    assertThat(Wire.uint16(slow.answer(ChunkType.ERROR), 16)).isEqualTo(ErrorCause.STALE_COOKIE);
  }

  @Test
  void anInitWithTagZeroIsDropped() {
    peer.say(HandMadePeer.init(0, 10, 10));
    assertThat(peer.answers).isEmpty();
    assertThat(peer.victim.closed).isNull();
  }

  @Test
  void anInitWithZeroStreamsAborts() {
    HandMadePeer stranger = new HandMadePeer();
    stranger.say(HandMadePeer.init(TAG, 10, 0));
    stranger.assertAborted("zero streams");
    assertThat(stranger.victim.closed.cause()).isEqualTo(ErrorCause.INVALID_MANDATORY_PARAMETER);
  }

  @Test
  void aRepeatedInitIsAnsweredAndANewOneEndsTheAssociation() {
    peer.say(HandMadePeer.init(TAG, 10, 10));
    assertThat(peer.answer(ChunkType.INIT_ACK)).isNotNull();
    assertThat(peer.victim.closed).isNull();
    peer.say(HandMadePeer.init(77, 10, 10));
    assertThat(peer.victim.closed.kind()).isEqualTo(CloseReason.Kind.PEER_RESTARTED);
    assertThat(Wire.int32(peer.answer(ChunkType.ABORT), 4)).isEqualTo(77);
  }

  @Test
  void aChunkLongerThanItsPacketAborts() {
    peer.say(peer.packet().words(0x0003_0040, TSN));
    peer.assertAborted("says it is 64 bytes long, 8 are left");
  }

  @Test
  void aChunkShorterThanItsHeaderAborts() {
    peer.say(peer.packet().words(0x0003_0003, TSN));
    peer.assertAborted("says it is 3 bytes long");
  }

  @Test
  void aResetOfStreamsThatDoNotExistIsDenied() {
    peer.say(peer.packet().words(ChunkType.RE_CONFIG << 24 | 22, 13 << 16 | 18, TSN, 0, TSN - 1, 99 << 16));
    assertThat(peer.answer(ChunkType.RE_CONFIG)[12 + 15]).isEqualTo((byte) 2);
    assertThat(peer.victim.events).containsExactly("connected");
  }

  @Test
  void aRepeatedResetIsPerformedOnceAndAnsweredTwice() {
    for (int i = 0; i < 2; i++) {
      peer.say(peer.packet().words(ChunkType.RE_CONFIG << 24 | 22, 13 << 16 | 18, TSN, 0, TSN - 1, 3 << 16));
    }
    assertThat(peer.victim.events).containsExactly("connected", "reset [3]");
    assertThat(peer.answers).hasSize(2).allSatisfy(packet -> assertThat(packet[12 + 15]).isEqualTo((byte) 1));
  }

  @Test
  void aResetThatComesBeforeItsDataWaitsForIt() {
    peer.say(peer.packet().words(ChunkType.RE_CONFIG << 24 | 22, 13 << 16 | 18, TSN, 0, TSN, 3 << 16));
    assertThat(peer.answer(ChunkType.RE_CONFIG)[12 + 15]).isEqualTo((byte) 6);
    assertThat(peer.victim.events).containsExactly("connected");
    peer.say(peer.packet().data(BEGIN | END, TSN, 3, 0, 10));
    assertThat(peer.victim.messages).hasSize(1);
    assertThat(peer.victim.events).containsExactly("connected", "reset [3]");
  }

  @Test
  void unknownChunksAreSkippedOrStopTheReadingAndReportedWhenTheyAskForIt() {
    peer.say(peer.packet().words(0xC1_00_0004).data(BEGIN | END, TSN, 0, 0, 10));
    assertThat(peer.victim.messages).hasSize(1);
    assertThat(peer.answer(ChunkType.ERROR)).isNotNull();
    peer.answers.clear();
    peer.say(peer.packet().words(0x3F_00_0004).data(BEGIN | END, TSN + 1, 0, 1, 10));
    assertThat(peer.victim.messages).hasSize(1);
    assertThat(peer.answer(ChunkType.ERROR)).isNull();
  }

  @Test
  void heartbeatsAreAnsweredWithWhatTheySay() {
    peer.say(peer.packet().words(ChunkType.HEARTBEAT << 24 | 12, 1 << 16 | 8, 0xCAFEBABE));
    assertThat(Wire.int32(peer.answer(ChunkType.HEARTBEAT_ACK), 20)).isEqualTo(0xCAFEBABE);
  }

  @Test
  void anAbortSaysInPrintWhatThePeerSaid() {
    peer.say(peer.packet().raw("06 00 0010 000c 000c 68690a1b5b316d21"));
    assertThat(peer.victim.closed.detail()).isEqualTo("the peer aborted, cause 12: hi??[1m!");
  }
}
