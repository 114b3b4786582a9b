package io.aiconexus.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.bus.Failure;
import io.aiconexus.retry.VirtualTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutgoingTest {

  private static final int BYTES = 300;

  private final VirtualTimers time = new VirtualTimers();
  private final Outgoing outgoing = new Outgoing(time::after, () -> time.nowMs() * 1_000_000);
  private final RecordingSocket socket = new RecordingSocket();

  @Test
  void whatWaitsForASessionLeavesInOrderWhenThereIsOne() {
    List<Future<Void>> added = List.of(outgoing.add(() -> "a"), outgoing.add(() -> "b"));
    assertThat(outgoing.size()).isEqualTo(2);
    assertThat(added).noneMatch(Future::isComplete);

    outgoing.flowThrough(socket, 100, BYTES);
    outgoing.add(() -> "c");

    assertThat(socket.written).containsExactly("a", "b", "c");
    assertThat(added).allMatch(Future::succeeded);
    assertThat(outgoing.size()).isZero();
  }

  @Test
  void aMessageIsWrittenWhenItLeaves() {
    List<String> state = new ArrayList<>(List.of("old"));
    outgoing.add(() -> state.get(0));
    state.set(0, "new");

    outgoing.flowThrough(socket, 100, BYTES);

    assertThat(socket.written).containsExactly("new");
  }

  @Test
  void halfASecondsWorthLeavesAtOnceAndTheRestAtTheRate() {
    outgoing.flowThrough(socket, 100, BYTES);
    IntStream.range(0, 100).forEach(i -> outgoing.add(() -> "m" + i));

    assertThat(socket.written).hasSize(50);
    time.advance(100);
    assertThat(socket.written).hasSize(60);
    time.advance(400);
    assertThat(socket.written).hasSize(100).startsWith("m0", "m1").endsWith("m98", "m99");
    time.advance(1_000);
    assertThat(time.pending()).as("timers once nothing waits").isZero();
  }

  @Test
  void aPauseSavesUpABurstAndNoMore() {
    outgoing.flowThrough(socket, 10, BYTES);
    time.advance(3_600_000);
    IntStream.range(0, 20).forEach(i -> outgoing.add(() -> "m" + i));

    assertThat(socket.written).hasSize(5);
  }

  @Test
  void theSlowestGatewayStillTakesOneAtATime() {
    outgoing.flowThrough(socket, 1, BYTES);
    outgoing.add(() -> "a");
    outgoing.add(() -> "b");

    assertThat(socket.written).containsExactly("a");
    time.advance(1_010);
    assertThat(socket.written).containsExactly("a", "b");
  }

  @Test
  void whileTheSessionIsLostMessagesWaitForTheNext() {
    outgoing.flowThrough(socket, 2, BYTES);
    outgoing.add(() -> "a");
    outgoing.add(() -> "b");

    outgoing.hold();
    time.advance(60_000);
    assertThat(socket.written).containsExactly("a");
    assertThat(time.pending()).as("timers while nothing can leave").isZero();

    RecordingSocket next = new RecordingSocket();
    outgoing.flowThrough(next, 2, BYTES);
    assertThat(socket.written).containsExactly("a");
    assertThat(next.written).containsExactly("b");
  }

  @Test
  void aMessageOverTheLimitInBytesFailsAndCostsNoTurn() {
    outgoing.flowThrough(socket, 2, BYTES);
    Future<Void> tooLarge = outgoing.add(() -> "é".repeat(BYTES / 2) + "x");
    Future<Void> largest = outgoing.add(() -> "é".repeat(BYTES / 2));

    assertThat(Failure.of(tooLarge.cause())).isEqualTo(Failure.MESSAGE_TOO_LARGE);
    assertThat(tooLarge.cause()).hasMessageContaining("300 bytes");
    assertThat(largest.succeeded()).isTrue();
    assertThat(socket.written).hasSize(1);
  }

  @Test
  void aTextThatCannotBeMadeFailsAndTheNextLeaves() {
    RuntimeException unsendable = Failure.BAD_REQUEST.because("as a test does");
    Future<Void> broken = outgoing.add(() -> {
      throw unsendable;
    });
    outgoing.add(() -> "next");

    outgoing.flowThrough(socket, 2, BYTES);

    assertThat(broken.cause()).isSameAs(unsendable);
    assertThat(socket.written).containsExactly("next");
  }

  @Test
  void noMoreMessagesWaitThanMay() {
    for (int i = 0; i < Outgoing.WAITING_MAX; i++) {
      outgoing.add(() -> "waits");
    }

    Future<Void> further = outgoing.add(() -> "one too many");

    assertThat(Failure.of(further.cause())).isEqualTo(Failure.OVERLOADED);
    assertThat(outgoing.size()).isEqualTo(Outgoing.WAITING_MAX);
  }

  @Test
  void aWriteThatFailsTellsTheSender() {
    outgoing.flowThrough(socket, 2, BYTES);
    socket.outcomes.add(Future.failedFuture("broken pipe"));

    Future<Void> lost = outgoing.add(() -> "a");

    assertThat(Failure.of(lost.cause())).isEqualTo(Failure.SIGNALING_UNAVAILABLE);
    assertThat(lost.cause()).hasMessageContaining("broken pipe");
  }

  @Test
  void aMessageIsSentOnceItHasLeft() {
    outgoing.flowThrough(socket, 2, BYTES);
    Promise<Void> leaving = Promise.promise();
    socket.outcomes.add(leaving.future());

    Future<Void> sent = outgoing.add(() -> "a");

    assertThat(sent.isComplete()).isFalse();
    leaving.complete();
    assertThat(sent.succeeded()).isTrue();
  }

  @Test
  void theEndFailsWhatWaitsAndWhateverComes() {
    RuntimeException over = Failure.CANCELLED.because("as a test does");
    Future<Void> waiting = outgoing.add(() -> "a");

    outgoing.fail(over);

    assertThat(waiting.cause()).isSameAs(over);
    assertThat(outgoing.add(() -> "b").cause()).isSameAs(over);
    assertThat(outgoing.size()).isZero();
    outgoing.flowThrough(socket, 2, BYTES);
    assertThat(socket.written).isEmpty();
  }

  @Test
  void itIsIdleWhenNothingWaitsOrNothingCanLeave() {
    assertThat(outgoing.idle().succeeded()).as("at the beginning").isTrue();
    outgoing.add(() -> "a");
    outgoing.add(() -> "b");
    assertThat(outgoing.idle().succeeded()).as("without a session").isTrue();

    outgoing.flowThrough(socket, 2, BYTES);
    Future<Void> idle = outgoing.idle();
    assertThat(idle.isComplete()).isFalse();
    time.advance(510);
    assertThat(socket.written).containsExactly("a", "b");
    assertThat(idle.succeeded()).as("the last has left").isTrue();
  }

  @Test
  void losingTheSessionOrEndingItIsIdlenessToo() {
    outgoing.flowThrough(socket, 1, BYTES);
    outgoing.add(() -> "a");
    outgoing.add(() -> "b");
    Future<Void> untilLost = outgoing.idle();
    outgoing.hold();
    assertThat(untilLost.succeeded()).isTrue();

    outgoing.flowThrough(socket, 1, BYTES);
    outgoing.add(() -> "c");
    Future<Void> untilOver = outgoing.idle();
    outgoing.fail(Failure.CANCELLED.because("as a test does"));
    assertThat(untilOver.succeeded()).isTrue();
  }

  private static final class RecordingSocket implements SignalingDoor.Socket {

    final List<String> written = new ArrayList<>();
    final Deque<Future<Void>> outcomes = new ArrayDeque<>();

    @Override
    public Future<Void> write(String text) {
      written.add(text);
      return outcomes.isEmpty() ? Future.succeededFuture() : outcomes.poll();
    }

    @Override
    public void close(int code) {
      throw new AssertionError("whoever writes messages closes nothing");
    }
  }
}
