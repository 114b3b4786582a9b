package io.aiconexus.webrtc;

import static io.aiconexus.webrtc.EngineUnderTest.assertFails;
import static io.aiconexus.webrtc.EngineUnderTest.closeAll;

import io.aiconexus.bus.Failure;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JvmEngineTest implements ConnectionContract, ChannelContract {

  private Vertx vertx;
  private Engine engine;

  @BeforeAll
  void start() {
    vertx = Vertx.vertx();
    engine = EngineUnderTest.named("jvm", vertx, NativeOptions.DEFAULTS);
  }

  @AfterAll
  void stop() {
    End.await(engine.close());
    End.await(vertx.close());
  }

  @Override
  public Vertx vertx() {
    return vertx;
  }

  @Override
  public Engine engine() {
    return engine;
  }

  @Test
  void aCandidateWhoseMidIsEmptyBelongsWhereItsIndexSays() {
    End[] ends = pair();
    ends[0].channel("data", DataChannelOptions.DEFAULTS);
    ends[0].connect();

    ends[1].call(to -> to.addIceCandidate(new IceCandidate(GOOD.candidate(), "", 0, null)));

    assertFails(Failure.BAD_REQUEST,
      ends[1].ask(to -> to.addIceCandidate(new IceCandidate(GOOD.candidate(), "", 7, null))));
    closeAll(ends);
  }
}
