package io.aiconexus.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.protocol.ErrorCode;
import io.aiconexus.protocol.Fault;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The small parts that set the pace: inflow, outflow, steps, delays, states. */
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
  void aGatewayThatSaysWhenToComeBackIsTakenAtItsWord() {
    ReconnectDelay delay = new ReconnectDelay(() -> 0.999999);

    assertThat(delay.next(asking(7_654))).isEqualTo(7_654);
    assertThat(delay.next(asking(0))).as("at once").isZero();
    assertThat(delay.next(asking(Long.MAX_VALUE))).as("ten minutes are enough").isEqualTo(600_000);
    assertThat(delay.next(null)).as("being asked is no failed attempt").isEqualTo(499);
    assertThat(delay.next(asking(-1))).as("nonsense").isEqualTo(999);
    assertThat(delay.next(asking("soon"))).as("nonsense").isEqualTo(1_999);
  }

  private static Fault asking(Object reconnectAfterMs) {
    return Fault.of(ErrorCode.INTERNAL_ERROR, "this node drains")
      .with(new JsonObject().put("reconnect_after_ms", reconnectAfterMs));
  }

  @Test
  void aClosedLinkStaysClosed() {
    for (LinkState next : LinkState.values()) {
      assertThat(LinkState.CLOSED.mayBecome(next)).isFalse();
      assertThat(next.mayBecome(LinkState.NEW)).isFalse();
    }
    assertThat(LinkState.CONNECTED.mayBecome(LinkState.CONNECTING)).as("the other end came back").isTrue();
  }

  private static ChannelMessage message(String text) {
    return new ChannelMessage(Buffer.buffer(text), false);
  }
}
