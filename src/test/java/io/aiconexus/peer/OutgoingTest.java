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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutgoingTest {

  private static final int BYTES = 300;

  private static final String PING = "ping ";
  private static final long CONFIRMED = 250;

  private final AtomicInteger silences = new AtomicInteger();
  private final VirtualTimers time = new VirtualTimers();
  private final Outgoing outgoing = new Outgoing(time, sequence -> PING + sequence, silences::incrementAndGet);
  private final RecordingSocket socket = new RecordingSocket();

  @Test
  void whatWaitsForASessionLeavesInOrderWhenThereIsOne() {
    List<Future<Void>> added = List.of(outgoing.add(() -> "a"), outgoing.add(() -> "b"));
    assertThat(outgoing.size()).isEqualTo(2);
    assertThat(added).noneMatch(Future::isComplete);

    outgoing.flowThrough(socket, session(100, null));
    outgoing.add(() -> "c");

    assertThat(socket.written).containsExactly("a", "b", "c");
    time.advance(CONFIRMED);
    assertThat(added).allMatch(Future::succeeded);
    assertThat(outgoing.size()).isZero();
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

    assertThat(socket.written).hasSize(50);
    time.advance(100);
    assertThat(socket.written).hasSize(60);
    time.advance(450);
    assertThat(socket.written).as("two turns were for PINGs").hasSize(100).startsWith("m0", "m1").endsWith("m98", "m99");
    time.advance(1_000);
    assertThat(time.pending()).as("the timer of the next PING").isEqualTo(1);
  }

  @Test
  void aPauseSavesUpABurstAndNoMore() {
    outgoing.flowThrough(socket, session(10, null));
    time.advance(3_600_000);
    IntStream.range(0, 20).forEach(i -> outgoing.add(() -> "m" + i));

    assertThat(socket.written).hasSize(5);
  }

  @Test
  void theSlowestGatewayStillTakesOneAtATime() {
    outgoing.flowThrough(socket, session(1, null));
    outgoing.add(() -> "a");
    outgoing.add(() -> "b");

    assertThat(socket.written).containsExactly("a");
    time.advance(2_260);
    assertThat(socket.written).as("the PING took a turn").containsExactly("a", "b");
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
    outgoing.flowThrough(next, session(2, null));
    assertThat(socket.written).containsExactly("a");
    time.advance(2_000);
    assertThat(next.written).as("nobody has confirmed the first").containsExactly("a", "b");
  }

  @Test
  void aMessageOverTheLimitInBytesFailsAndCostsNoTurn() {
    outgoing.flowThrough(socket, session(2, null));
    Future<Void> tooLarge = outgoing.add(() -> "é".repeat(BYTES / 2) + "x");
    Future<Void> largest = outgoing.add(() -> "é".repeat(BYTES / 2));

    assertThat(Failure.of(tooLarge.cause())).isEqualTo(Failure.MESSAGE_TOO_LARGE);
    assertThat(tooLarge.cause()).hasMessageContaining("300 bytes");
    assertThat(socket.written).hasSize(1);
    time.advance(CONFIRMED);
    assertThat(largest.succeeded()).isTrue();
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
  void aWriteThatFailsIsMadeUpForInTheNextSession() {
    outgoing.flowThrough(socket, session(2, null));
    socket.outcomes.add(Future.failedFuture("broken pipe"));
    Future<Void> sent = outgoing.add(() -> "a");
    outgoing.hold();
    assertThat(sent.isComplete()).isFalse();

    RecordingSocket next = new RecordingSocket();
    outgoing.flowThrough(next, session(2, 0L));

    assertThat(next.written).containsExactly("a");
    time.advance(CONFIRMED);
    assertThat(sent.succeeded()).isTrue();
  }

  @Test
  void whatTheGatewayHadIsNotSentAgain() {
    outgoing.flowThrough(socket, session(100, null));
    List<Future<Void>> sent = List.of(outgoing.add(() -> "a"), outgoing.add(() -> "b"), outgoing.add(() -> "c"));
    outgoing.hold();
    outgoing.add(() -> "d");

    RecordingSocket next = new RecordingSocket();
    outgoing.flowThrough(next, session(100, 2L));

    assertThat(next.written).containsExactly("c", "d");
    assertThat(sent.get(1).succeeded()).isTrue();
    assertThat(sent.get(2).isComplete()).isFalse();
  }

  @Test
  void aGatewayThatDoesNotAnswerIsToldOnce() {
    socket.answers = false;
    outgoing.flowThrough(socket, session(100, null));
    Future<Void> sent = outgoing.add(() -> "a");
    time.advance(CONFIRMED + 4_999);
    assertThat(silences).hasValue(0);
    time.advance(1);
    assertThat(silences).hasValue(1);
    assertThat(sent.isComplete()).isFalse();
    time.advance(60_000);
    assertThat(silences).hasValue(1);
  }

  @Test
  void theEndFailsWhatWaitsAndWhateverComes() {
    RuntimeException over = Failure.CANCELLED.because("as a test does");
    Future<Void> waiting = outgoing.add(() -> "a");

    outgoing.fail(over);

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
    assertThat(socket.written).containsExactly("a", "b");
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

  private static Registered session(int perSecond, Long received) {
    return new Registered("s", "node", "token", 30_000, received != null, List.of(), 86_400_000, BYTES, perSecond,
      received);
  }

  private final class RecordingSocket implements SignalingDoor.Socket {

    final List<String> written = new ArrayList<>();
    final Deque<Future<Void>> outcomes = new ArrayDeque<>();
    boolean answers = true;

    @Override
    public Future<Void> write(String text) {
      if (text.startsWith(PING)) {
        if (answers) {
          outgoing.confirm(Long.parseLong(text.substring(PING.length())));
        }
        return Future.succeededFuture();
      }
      written.add(text);
      return outcomes.isEmpty() ? Future.succeededFuture() : outcomes.poll();
    }

    @Override
    public void close(int code) {
      throw new AssertionError("whoever writes messages closes nothing");
    }

    @Override
    public void abort() {
      throw new AssertionError("whoever writes messages closes nothing");
    }
  }
}
