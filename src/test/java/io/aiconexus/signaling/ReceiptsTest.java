package io.aiconexus.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.MessageType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an outbox keeps for a reader that counts. */
class ReceiptsTest {

  private static final long HALF_SECOND = 500_000_000;

  private final Did ann = AgentKey.generate().did();
  private final FakeSocket socket = new FakeSocket();
  private final Tally tally = new Tally(1_000_000);
  private final Outbox outbox = new Outbox(socket, tally);

  @BeforeEach
  void countsFromHereOn() {
    socket.reads = true;
    outbox.add(Delivery.ofGateway(ann, ann, MessageType.CHALLENGE, "challenge"));
    outbox.awaitReceipts(true);
  }

  @Test
  void whatTheReaderSaysThatItHasIsNotSentAgain() {
    offer("a", "b", "c");
    socket.reads = false;
    offer("d");
    socket.die();
    outbox.settle();
    offer("e");

    assertThat(Frames.texts(outbox.drainBut(2))).containsExactly("c", "d", "e");
    assertThat(tally.sum()).isZero();
  }

  @Test
  void aFrameThatArrivedAlthoughItsWriteFailedIsNotSentAgain() {
    socket.reads = false;
    offer("a", "b");
    socket.die();
    outbox.settle();

    assertThat(Frames.texts(outbox.drainBut(2))).isEmpty();
  }

  @Test
  void aPongEndsTheWaitOfWhatWasWrittenBeforeItsPing() {
    offer("a", "b");
    outbox.tick(HALF_SECOND);
    offer("c");
    assertThat(socket.marks).containsExactly(3L);

    outbox.confirmed(3);

    assertThat(outbox.bytes()).isEqualTo(1);
    outbox.settle();
    assertThat(Frames.texts(outbox.drainBut(2))).containsExactly("c");
  }

  @Test
  void aReceiptIsAskedForWhenThereIsSomethingToConfirmAndNotMoreOftenThanTwiceASecond() {
    outbox.tick(HALF_SECOND);
    assertThat(socket.marks).isEmpty();
    offer("a");
    outbox.tick(2 * HALF_SECOND);
    offer("b");
    outbox.tick(2 * HALF_SECOND + 1);
    assertThat(socket.marks).hasSize(1);
    outbox.tick(3 * HALF_SECOND);
    assertThat(socket.marks).hasSize(2);
    outbox.tick(4 * HALF_SECOND);
    assertThat(socket.marks).as("nothing came since").hasSize(2);
  }

  @Test
  void muchAtOnceIsConfirmedWithoutWaiting() {
    offer("x".repeat(Outbox.RECEIPT_AT));

    assertThat(socket.marks).hasSize(1);
  }

  @Test
  void whatIsNotConfirmedCountsAgainstTheLimit() {
    int taken = 0;
    while (outbox.offer(Frames.of(ann, "x".repeat(1_000)), 100_000) && taken < 10_000) {
      taken++;
    }

    assertThat(taken).isEqualTo(100);
    assertThat(tally.sum()).isEqualTo(100_000);
    outbox.confirmed(Long.MAX_VALUE);
    assertThat(tally.sum()).isZero();
  }

  @Test
  void whoClaimsMoreThanWasSentGetsWhatWaits() {
    offer("a");
    outbox.hold();
    offer("b");

    assertThat(Frames.texts(outbox.drainBut(1_000_000))).containsExactly("b");
  }

  @Test
  void pongsOfTheGatewayAreCountedButNotSentAgain() {
    outbox.add(Delivery.ofGateway(ann, ann, MessageType.PONG, "pong"));
    offer("a", "b");

    assertThat(Frames.texts(outbox.drainBut(0))).containsExactly("a", "b");
    assertThat(outbox.bytes()).isZero();
  }

  private void offer(String... texts) {
    for (String text : texts) {
      outbox.offer(Frames.of(ann, text), Long.MAX_VALUE);
    }
  }
}
