package io.aiconexus.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.bus.Failure;
import io.aiconexus.protocol.Fault;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The small parts that set the pace: inflow, outflow, steps, delays. */
class FlowUnitsTest {

  @Test
  void anInflowDeliversWhatIsAskedForAndTellsTheSource() {
    List<Boolean> source = new ArrayList<>();
    List<String> heard = new ArrayList<>();
    Inflow inflow = new Inflow(source::add, (handler, message) -> handler.handle(message));
    inflow.add(message("a"));
    inflow.pause();
    inflow.handler(message -> heard.add(message.text()));
    inflow.add(message("b"));

    inflow.fetch(1);
    assertThat(heard).containsExactly("a");
    inflow.fetch(Long.MAX_VALUE);
    inflow.endHandler(() -> heard.add("end"));
    inflow.end();

    assertThat(heard).containsExactly("a", "b", "end");
    assertThat(source).containsExactly(true);
  }

  @Test
  void anOutflowDrainsOnceWhenItWasFullAndHalfIsLeft() {
    Outflow outflow = new Outflow(100);
    outflow.drainHandler(room -> { });
    outflow.queued(60);
    assertThat(outflow.isFull()).isFalse();
    assertThat(outflow.enter(50)).isTrue();
    assertThat(outflow.isFull()).as("what is on its way counts").isTrue();
    outflow.arrived(50);
    assertThat(outflow.drained()).as("60 is more than half").isNull();
    outflow.queued(50);
    assertThat(outflow.drained()).isNotNull();
    assertThat(outflow.drained()).as("once").isNull();
    assertThat(outflow.enter((int) Outflow.ENTERING_MAX + 1)).as("bounded").isFalse();
  }

  @Test
  void stepsWaitForEachOtherAndAreBounded() {
    Steps steps = new Steps(2);
    Promise<Void> first = Promise.promise();
    List<String> done = new ArrayList<>();
    steps.then(first::future);
    steps.then(() -> {
      done.add("second");
      return Future.succeededFuture();
    });

    assertThat(steps.then(Future::succeededFuture).failed()).as("two wait").isTrue();
    assertThat(done).isEmpty();
    first.fail("as a test does");
    assertThat(done).containsExactly("second");
    assertThat(steps.then(Future::succeededFuture).succeeded()).isTrue();
  }

  @Test
  void aStepThatFailsFailsAloneAndFreesItsPlace() {
    RuntimeException broken = new IllegalStateException("as a test does");
    Steps steps = new Steps(1);

    assertThat(steps.then(() -> {
      throw broken;
    }).cause()).isSameAs(broken);
    assertThat(steps.then(() -> Future.failedFuture(broken)).cause()).isSameAs(broken);
    assertThat(steps.then(Future::succeededFuture).succeeded()).isTrue();
  }

  @Test
  void aStepThatIsOneTooManyIsRefusedWithTheNumberAndNeverRun() {
    Steps steps = new Steps(1);
    Promise<Void> first = Promise.promise();
    steps.then(first::future);

    Future<Void> refused = steps.then(() -> {
      throw new AssertionError("it has no place");
    });
    first.complete();

    assertThat(Failure.of(refused.cause())).isEqualTo(Failure.OVERLOADED);
    assertThat(refused.cause()).hasMessage("1 operations wait already");
  }

  @Test
  void reconnectDelaysGrowToTheirMaximumAndStartAgain() {
    ReconnectDelay delay = new ReconnectDelay(() -> 0.999999);
    assertThat(delay.next(null)).isEqualTo(499);
    for (int i = 0; i < 100; i++) {
      delay.next(null);
    }
    assertThat(delay.next(null)).isEqualTo(29_999);
    delay.reset();
    assertThat(delay.next(null)).isEqualTo(499);
  }

  @Test
  void reconnectDelaysDoubleAndAreSpreadOverTheirWholeLength() {
    ReconnectDelay longest = new ReconnectDelay(() -> 0.999999);
    ReconnectDelay half = new ReconnectDelay(() -> 0.5);
    ReconnectDelay none = new ReconnectDelay(() -> 0);

    for (long cap : new long[] {500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000}) {
      assertThat(longest.next(null)).isEqualTo(cap - 1);
      assertThat(half.next(null)).isEqualTo(cap / 2);
      assertThat(none.next(null)).isZero();
    }
  }

  @Test
  void aGatewayThatSaysWhenIsObeyedUpToTenMinutes() {
    ReconnectDelay delay = new ReconnectDelay(() -> 0.5);

    assertThat(delay.next(farewell(new JsonObject().put("reconnect_after_ms", 0)))).isZero();
    assertThat(delay.next(farewell(new JsonObject().put("reconnect_after_ms", 1_234)))).isEqualTo(1_234);
    assertThat(delay.next(farewell(new JsonObject().put("reconnect_after_ms", Long.MAX_VALUE)))).isEqualTo(600_000);
    assertThat(delay.next(farewell(null))).as("what was asked for counted as no attempt").isEqualTo(250);
    assertThat(delay.next(farewell(new JsonObject().put("reconnect_after_ms", -1)))).isEqualTo(500);
    assertThat(delay.next(farewell(new JsonObject().put("reconnect_after_ms", "soon")))).isEqualTo(1_000);
  }

  private static Fault farewell(JsonObject details) {
    return new Fault("INTERNAL_ERROR", "this node is leaving", true, null, details);
  }

  private static ChannelMessage message(String text) {
    return new ChannelMessage(Buffer.buffer(text), false);
  }
}
