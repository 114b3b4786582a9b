package io.aiconexus.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.bus.Failure;
import io.aiconexus.protocol.Registered;
import io.aiconexus.retry.VirtualTimers;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutgoingTest {

  private static final int BYTES = 300;
  private static final int HEARTBEAT_MS = 20_000;

  private final VirtualTimers time = new VirtualTimers();
  private final List<String> silences = new ArrayList<>();
  private final Outgoing outgoing = new Outgoing(time, () -> time.nowMs() * 1_000_000, sequence -> "PING " + sequence,
    () -> silences.add("silent"));
  private final RecordingSocket socket = new RecordingSocket();

  @Test
  void whatWaitsForASessionLeavesInOrderWhenThereIsOne() {
    List<Future<Void>> added = List.of(outgoing.add(() -> "a"), outgoing.add(() -> "b"));
    assertThat(outgoing.size()).isEqualTo(2);
    assertThat(added).noneMatch(Future::isComplete);

    outgoing.flowThrough(socket, session(100, null));
    outgoing.add(() -> "c");

    assertThat(socket.written).containsExactly("a", "b", "c");
    assertThat(outgoing.size()).isZero();
    assertThat(added).as("until the gateway has them").noneMatch(Future::isComplete);
    outgoing.confirm(2);
    assertThat(added).allMatch(Future::succeeded);
  }

  @Test
  void aMessageIsWrittenWhenItLeaves() {
    List<String> state = new ArrayList<>(List.of("old"));
    outgoing.add(() -> state.get(0));
    state.set(0, "new");

    outgoing.flowThrough(socket, session(100, null));

    assertThat(socket.written).containsExactly("new");
  }

  @Test
  void halfASecondsWorthLeavesAtOnceAndTheRestAtTheRate() {
    outgoing.flowThrough(socket, session(100, null));
    IntStream.range(0, 100).forEach(i -> outgoing.add(() -> "m" + i));

    assertThat(socket.messages()).hasSize(50);
    time.advance(100);
    assertThat(socket.messages()).hasSize(60);
    time.advance(400);
    assertThat(socket.messages()).hasSize(99).startsWith("m0", "m1").endsWith("m97", "m98");
    assertThat(socket.written).as("the question how far the gateway is takes a turn too").hasSize(100);
    time.advance(1_000);
    assertThat(socket.messages()).hasSize(100);
  }

  @Test
  void aPauseSavesUpABurstAndNoMore() {
    outgoing.flowThrough(socket, session(10, null));
    answerPings(3_600_000);
    IntStream.range(0, 20).forEach(i -> outgoing.add(() -> "m" + i));

    assertThat(socket.messages()).hasSize(5);
  }

  @Test
  void theSlowestGatewayStillTakesOneAtATime() {
    outgoing.flowThrough(socket, session(1, null));
    outgoing.add(() -> "a");
    outgoing.add(() -> "b");

    assertThat(socket.written).containsExactly("a");
    time.advance(2_010);
    assertThat(socket.messages()).containsExactly("a", "b");
  }

  @Test
  void whileTheSessionIsLostMessagesWaitForTheNext() {
    outgoing.flowThrough(socket, session(2, null));
    outgoing.add(() -> "a");
    outgoing.add(() -> "b");

    outgoing.hold();
    time.advance(60_000);
    assertThat(socket.written).containsExactly("a");
    assertThat(time.pending()).as("timers while nothing can leave").isZero();

    RecordingSocket next = new RecordingSocket();
    outgoing.flowThrough(next, session(4, null));
    assertThat(socket.written).containsExactly("a");
    assertThat(next.written).as("what may be lost goes again, and first").containsExactly("a", "b");
  }

  @Test
  void whatTheGatewayHadDoesNotGoAgain() {
    outgoing.flowThrough(socket, session(100, null));
    Future<Void> first = outgoing.add(() -> "a");
    Future<Void> second = outgoing.add(() -> "b");

    outgoing.hold();
    RecordingSocket next = new RecordingSocket();
    outgoing.flowThrough(next, session(100, 1L));

    assertThat(first.succeeded()).isTrue();
    assertThat(next.written).containsExactly("b");
    outgoing.confirm(1);
    assertThat(second.succeeded()).isTrue();
  }

  @Test
  void theGatewayIsAskedOnceForAllThatLeftInAQuarterOfASecond() {
    outgoing.flowThrough(socket, session(100, null));
    outgoing.add(() -> "a");
    time.advance(200);
    outgoing.add(() -> "b");
    time.advance(49);
    assertThat(socket.written).containsExactly("a", "b");

    time.advance(1);

    assertThat(socket.written).containsExactly("a", "b", "PING 3");
  }

  @Test
  void aGatewayThatDoesNotAnswerInFiveSecondsIsSilent() {
    outgoing.flowThrough(socket, session(100, null));
    outgoing.add(() -> "a");
    time.advance(250 + 4_999);
    assertThat(silences).isEmpty();

    time.advance(1);

    assertThat(silences).containsExactly("silent");
  }

  @Test
  void aMessageOverTheLimitInBytesFailsAndCostsNoTurn() {
    outgoing.flowThrough(socket, session(2, null));
    Future<Void> tooLarge = outgoing.add(() -> "é".repeat(BYTES / 2) + "x");
    Future<Void> largest = outgoing.add(() -> "é".repeat(BYTES / 2));

    assertThat(Failure.of(tooLarge.cause())).isEqualTo(Failure.MESSAGE_TOO_LARGE);
    assertThat(tooLarge.cause()).hasMessageContaining("300 bytes");
    outgoing.confirm(1);
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

    outgoing.flowThrough(socket, session(2, null));

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
  void aWriteThatFailsIsNoLossBecauseItGoesAgain() {
    outgoing.flowThrough(socket, session(2, null));
    socket.outcomes.add(Future.failedFuture("broken pipe"));

    Future<Void> again = outgoing.add(() -> "a");
    assertThat(again.isComplete()).isFalse();
    outgoing.hold();
    RecordingSocket next = new RecordingSocket();
    outgoing.flowThrough(next, session(2, null));

    assertThat(next.written).containsExactly("a");
  }

  @Test
  void theEndFailsWhatWaitsAndWhateverComes() {
    RuntimeException over = Failure.CANCELLED.because("as a test does");
    outgoing.flowThrough(socket, session(1, null));
    Future<Void> unconfirmed = outgoing.add(() -> "left");
    Future<Void> waiting = outgoing.add(() -> "a");
    socket.written.clear();

    outgoing.fail(over);

    assertThat(unconfirmed.cause()).isSameAs(over);
    assertThat(waiting.cause()).isSameAs(over);
    assertThat(outgoing.add(() -> "b").cause()).isSameAs(over);
    assertThat(outgoing.size()).isZero();
    outgoing.flowThrough(socket, session(2, null));
    assertThat(socket.written).isEmpty();
  }

  @Test
  void itIsIdleWhenNothingWaitsOrNothingCanLeave() {
    assertThat(outgoing.idle().succeeded()).as("at the beginning").isTrue();
    outgoing.add(() -> "a");
    outgoing.add(() -> "b");
    assertThat(outgoing.idle().succeeded()).as("without a session").isTrue();

    outgoing.flowThrough(socket, session(2, null));
    Future<Void> idle = outgoing.idle();
    assertThat(idle.isComplete()).isFalse();
    time.advance(1_010);
    assertThat(socket.messages()).containsExactly("a", "b");
    assertThat(idle.succeeded()).as("the last has left").isTrue();
  }

  @Test
  void losingTheSessionOrEndingItIsIdlenessToo() {
    outgoing.flowThrough(socket, session(1, null));
    outgoing.add(() -> "a");
    outgoing.add(() -> "b");
    Future<Void> untilLost = outgoing.idle();
    outgoing.hold();
    assertThat(untilLost.succeeded()).isTrue();

    outgoing.flowThrough(socket, session(1, null));
    outgoing.add(() -> "c");
    Future<Void> untilOver = outgoing.idle();
    outgoing.fail(Failure.CANCELLED.because("as a test does"));
    assertThat(untilOver.succeeded()).isTrue();
  }

  private static Registered session(int messagesPerSecond, Long received) {
    return new Registered("s", "node", "token", 1, received != null, List.of(), HEARTBEAT_MS, BYTES, messagesPerSecond,
      null, received);
  }

  /** Lets time pass at a gateway that answers everything at once. */
  private void answerPings(long millis) {
    for (long end = time.nowMs() + millis; time.nowMs() < end; time.advance(HEARTBEAT_MS)) {
      socket.written.stream().filter(text -> text.startsWith("PING")).reduce((one, later) -> later)
        .ifPresent(last -> outgoing.confirm(Long.parseLong(last.substring(5))));
    }
  }

  private static final class RecordingSocket implements SignalingDoor.Socket {

    final List<String> written = new ArrayList<>();
    final Deque<Future<Void>> outcomes = new ArrayDeque<>();

    @Override
    public Future<Void> write(String text) {
      written.add(text);
      return outcomes.isEmpty() ? Future.succeededFuture() : outcomes.poll();
    }

    List<String> messages() {
      return written.stream().filter(text -> !text.startsWith("PING")).toList();
    }

    @Override
    public void abort() {
      throw new AssertionError("whoever writes messages drops nothing");
    }

    @Override
    public void close(int code) {
      throw new AssertionError("whoever writes messages closes nothing");
    }
  }
}
