package io.aiconexus.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

@DisabledIfSystemProperty(named = "aiconexus.test.native", matches = "off")
class NativeCloseTest {

  private static final int STEPS = 7;

  @Test
  void closingAtAnyMomentOfAConnectHarmsNothing() {
    Vertx vertx = Vertx.vertx();
    Engine engine = EngineUnderTest.named("native", vertx, NativeOptions.DEFAULTS);
    for (int round = 0; round < 10 * STEPS; round++) {
      End[] ends = End.pair(vertx, engine, engine);
      Ear ear = ends[0].channel("data", DataChannelOptions.DEFAULTS);
      goTo(round % STEPS, ends, ear);
      Future<Void> here = ends[0].ask(PeerConnection::close);
      Future<Void> there = ends[1].ask(PeerConnection::close);
      End.await(Future.all(here, there));
    }

    assertThat(engine.status().connections()).isZero();
    assertThat(engine.status().details().getJsonArray("lanes").encode()).contains("\"callback_errors\":0")
      .doesNotContainPattern("\"callback_errors\":[1-9]");
    End.await(engine.close());
    End.await(vertx.close());
  }

  /** Goes so far into a connect; the step after is asked for and not waited for. */
  private static void goTo(int step, End[] ends, Ear ear) {
    Future<SessionDescription> offering = ends[0].ask(PeerConnection::setLocalDescription);
    if (step == 0) {
      return;
    }
    SessionDescription offer = End.await(offering);
    if (step == 1) {
      ends[1].ask(to -> to.setRemoteDescription(offer));
      return;
    }
    ends[1].accept(offer);
    Future<SessionDescription> answering = ends[1].ask(PeerConnection::setLocalDescription);
    if (step == 2) {
      return;
    }
    SessionDescription answer = End.await(answering);
    if (step == 3) {
      ends[0].ask(to -> to.setRemoteDescription(answer));
      return;
    }
    ends[0].accept(answer);
    if (step >= 5) {
      End.next(ends[0].states);
    }
    if (step >= 6) {
      ear.open();
    }
  }
}
