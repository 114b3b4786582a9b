package io.aiconexus.webrtc.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** DATA, SACK and FORWARD-TSN from a peer that means harm. */
class SctpHostileDataTest {

  private static final int TSN = HandMadePeer.TSN;
  private static final int BEGIN = ChunkType.FLAG_BEGIN;
  private static final int END = ChunkType.FLAG_END;
  private static final int UNORDERED = ChunkType.FLAG_UNORDERED;

  private final HandMadePeer peer = HandMadePeer.connected();

  @Test
  void dataWithoutDataAborts() {
    peer.say(peer.packet().data(BEGIN | END, TSN, 0, 0, 0));
    peer.assertAborted("without data");
    assertThat(peer.victim.closed.cause()).isEqualTo(ErrorCause.NO_USER_DATA);
  }

  @Test
  void dataOnAStreamThatDoesNotExistAborts() {
    peer.say(peer.packet().data(BEGIN | END, TSN, 10, 0, 4));
    peer.assertAborted("stream 10 of 10");
  }

  @Test
  void overlappingTsnsAreCountedOnce() {
    for (int i = 0; i < 50; i++) {
      peer.say(peer.packet().data(BEGIN | END, TSN + i % 5, 0, i % 5, 100));
    }
    assertThat(peer.victim.messages).hasSize(5);
    assertThat(peer.victim.association.statistics().duplicates()).isEqualTo(45);
  }

  @Test
  void aSackOfWhatWasNeverSentAborts() {
    peer.say(peer.packet().words(ChunkType.SACK << 24 | 16, peer.victimTsn(), 100_000, 0));
    peer.assertAborted("never sent");
  }

  @Test
  void aGapBlockBeyondWhatWasSentAborts() {
    peer.say(peer.packet().words(ChunkType.SACK << 24 | 20, peer.victimTsn() - 1, 100_000, 1 << 16, 2 << 16 | 60_000));
    peer.assertAborted("gap block 2 to 60000");
  }

  @Test
  void aSackThatLiesAboutItsBlocksAborts() {
    peer.say(peer.packet().words(ChunkType.SACK << 24 | 16, peer.victimTsn() - 1, 100_000, 60_000 << 16));
    peer.assertAborted("needs");
  }

  @Test
  void aLyingWindowMakesUsSendNoMoreThanTheCongestionWindow() {
    peer.say(peer.packet().words(ChunkType.SACK << 24 | 16, peer.victimTsn() - 1, -1, 0));
    for (int i = 0; i < 9; i++) {
      assertThat(peer.victim.send(0, new byte[10_000], Delivery.RELIABLE)).isEqualTo(SendOutcome.QUEUED);
    }
    peer.victim.flush();
    peer.network.run(1_000_000);
    assertThat(peer.answers.size()).isBetween(9, 11);
  }

  @Test
  void aMessageThatNeverEndsAborts() {
    for (int i = 0; i < 20 && peer.victim.closed == null; i++) {
      peer.say(peer.packet().data(i == 0 ? BEGIN : 0, TSN + i, 0, 0, 1_000));
    }
    peer.assertAborted("longer than the 10000 bytes");
    assertThat(peer.victim.association.statistics().windowHeld()).isLessThan(12_000);
  }

  @Test
  void aMillionTinyPartsOfAMessageThatNeverBeginsAreDropped() {
    for (int i = 0; i < 1_000_000 && peer.victim.closed == null; i++) {
      peer.victim.receive(peer.packet().data(0, TSN + 2 + i, 0, 0, 1).build());
    }
    assertThat(peer.victim.association.statistics().windowHeld()).isLessThanOrEqualTo(40_000);
    assertThat(peer.victim.association.statistics().refused()).isPositive();
    assertThat(peer.victim.closed).isNull();
  }

  @Test
  void aHundredThousandGapsAreNotRemembered() {
    for (int i = 0; i < 100_000; i++) {
      peer.victim.receive(peer.packet().data(BEGIN | UNORDERED, TSN + 2 + 2 * i, 0, 0, 1).build());
    }
    assertThat(peer.victim.association.statistics().windowHeld()).isLessThanOrEqualTo(ReceivedTsns.MOST_ISLANDS);
  }

  @Test
  void messagesThatWaitForOneThatIsNeverSentAbort() {
    peer.say(peer.packet().data(BEGIN | END, TSN, 0, 1, 100));
    peer.assertAborted("waits for one that was never sent");
  }

  @Test
  void aStreamSequenceNumberUsedTwiceAborts() {
    peer.say(peer.packet().data(BEGIN | END, TSN, 0, 0, 100));
    peer.say(peer.packet().data(BEGIN | END, TSN + 1, 0, 0, 100));
    peer.assertAborted("used twice");
  }

  @Test
  void aMessageWithoutABeginningAborts() {
    peer.say(peer.packet().data(END, TSN, 0, 0, 100));
    peer.assertAborted("without a beginning");
  }

  @Test
  void aMessageWithoutAnEndAborts() {
    peer.say(peer.packet().data(BEGIN, TSN, 0, 0, 100));
    peer.say(peer.packet().data(BEGIN | END, TSN + 1, 0, 1, 100));
    peer.assertAborted("without an end");
  }

  @Test
  void aMessageThatChangesItsStreamAborts() {
    peer.say(peer.packet().data(BEGIN, TSN, 0, 0, 100));
    peer.say(peer.packet().data(END, TSN + 1, 1, 0, 100));
    peer.assertAborted("interrupted");
  }

  @Test
  void aForwardTsnFarBeyondMovesOnAndHoldsNothing() {
    peer.say(peer.packet().data(BEGIN, TSN, 0, 0, 1_000));
    peer.say(peer.packet().data(BEGIN, TSN + 5, 0, 2, 1_000));
    peer.say(peer.packet().words(ChunkType.FORWARD_TSN << 24 | 12, TSN + 1_000_000, 9 << 16 | 7));
    assertThat(peer.victim.closed).isNull();
    assertThat(peer.victim.association.statistics().windowHeld()).isZero();
    peer.say(peer.packet().data(BEGIN | END, TSN + 1_000_001, 9, 8, 10));
    assertThat(peer.victim.messages).hasSize(1);
  }

  @Test
  void theRestOfAMessageThatWasGivenUpIsThrownAway() {
    peer.say(peer.packet().data(BEGIN, TSN, 0, 0, 1_000));
    peer.say(peer.packet().words(ChunkType.FORWARD_TSN << 24 | 12, TSN + 1, 0));
    peer.say(peer.packet().data(0, TSN + 2, 0, 0, 1_000));
    peer.say(peer.packet().data(END, TSN + 3, 0, 0, 1_000));
    peer.say(peer.packet().data(BEGIN | END, TSN + 4, 0, 1, 10));
    assertThat(peer.victim.closed).isNull();
    assertThat(peer.victim.messages).hasSize(1);
    assertThat(peer.victim.association.statistics().windowHeld()).isZero();
  }

  @Test
  void aMessageOnOneStreamDoesNotWaitForAPartLostOnAnother() {
    peer.say(peer.packet().data(BEGIN, TSN, 0, 0, 100));
    peer.say(peer.packet().data(BEGIN | END, TSN + 2, 1, 0, 100));
    peer.say(peer.packet().data(BEGIN | END | UNORDERED, TSN + 3, 0, 0, 100));
    peer.say(peer.packet().data(BEGIN | END, TSN + 4, 0, 1, 100));
    assertThat(peer.victim.messages).extracting(SctpEndpoint.Message::stream).containsExactly(1, 0);
    peer.say(peer.packet().data(END, TSN + 1, 0, 0, 100));
    assertThat(peer.victim.messages).hasSize(4);
  }
}
