package io.aiconexus.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.MessageType;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {

  private final Did ann = AgentKey.generate().did();
  private final FakeSocket socket = new FakeSocket();
  private final Tally tally = new Tally(1000);
  private final Outbox outbox = new Outbox(socket, tally);

  @Test
  void framesLeaveInOrder() {
    socket.reads = true;
    offer("a", "b", "c");

    assertThat(socket.written).containsExactly("a", "b", "c");
    assertThat(outbox.bytes()).isZero();
  }

  @Test
  void whatTheReaderDoesNotTakeIsBounded() {
    int taken = 0;
    while (outbox.offer(Frames.of(ann, "x".repeat(1000)), 1_000_000) && taken < 10_000) {
      taken++;
    }

    assertThat(taken).isEqualTo(1000);
    assertThat(socket.written.size()).isLessThanOrEqualTo(Outbox.WINDOW / 1000 + 1);
  }

  @Test
  void whatWaitedGoesOnWhenTheReaderReads() {
    String big = "x".repeat(Outbox.WINDOW);
    offer(big, "a", "b");
    assertThat(socket.written).containsExactly(big);

    socket.take(1);

    assertThat(socket.written).containsExactly(big, "a", "b");
  }

  @Test
  void whatTheSocketDidNotTakeWaitsAgainInItsPlace() {
    String big = "x".repeat(Outbox.WINDOW);
    offer("a", "b", big, "c");
    socket.take(1);

    socket.die();
    outbox.settle();

    assertThat(Frames.texts(outbox.drain())).containsExactly("b", big, "c");
    assertThat(outbox.bytes()).isZero();
  }

  @Test
  void theGatewaysOwnWordsDoNotOutliveTheSocketButErrorsDo() {
    outbox.add(Delivery.ofGateway(ann, ann, MessageType.PONG, "pong"));
    outbox.add(Delivery.ofGateway(ann, ann, MessageType.ERROR, "error"));
    offer("a");

    socket.die();
    outbox.settle();

    assertThat(Frames.texts(outbox.drain())).containsExactly("error", "a");
  }

  @Test
  void whatIsLeftByAnEarlierSessionGoesFirst() {
    socket.reads = true;
    outbox.hold();
    offer("c", "d");
    assertThat(socket.written).isEmpty();

    outbox.release(List.of(Frames.of(ann, "a"), Frames.of(ann, "b")));

    assertThat(socket.written).containsExactly("a", "b", "c", "d");
  }

  @Test
  void nothingFollowsTheLastWords() {
    socket.reads = true;
    offer("a");
    outbox.last(Frames.of(ann, "bye"));
    offer("b");

    assertThat(socket.written).containsExactly("a", "bye");
    assertThat(Frames.texts(outbox.drain())).containsExactly("b");
  }

  @Test
  void theTallyCountsWhateverWaitsAndNothingElse() {
    offer("aa", "bbb", "cccc");
    assertThat(tally.sum()).isEqualTo(9);
    socket.take(1);
    assertThat(tally.sum()).isEqualTo(7);
    outbox.add(Delivery.ofGateway(ann, ann, MessageType.PONG, "pong"));
    socket.die();
    outbox.settle();
    assertThat(tally.sum()).isEqualTo(7);
    outbox.release(List.of(Frames.of(ann, "d")));
    assertThat(tally.sum()).isEqualTo(8);
    outbox.drain();
    assertThat(tally.sum()).isZero();
    assertThat(tally.isFullFor(1000)).isFalse();
    assertThat(tally.isFullFor(1001)).isTrue();
  }

  private void offer(String... texts) {
    for (String text : texts) {
      outbox.offer(Frames.of(ann, text), Long.MAX_VALUE);
    }
  }
}
