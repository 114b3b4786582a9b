package io.aiconexus.webrtc;

import static io.aiconexus.webrtc.EngineUnderTest.assertFails;
import static io.aiconexus.webrtc.EngineUnderTest.closeAll;

import io.aiconexus.bus.Failure;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JvmEngineTest implements ConnectionContract, ChannelContract {

  @RegisterExtension
  static final RunningEngine RUNNING = new RunningEngine("jvm");

  @Override
  public Vertx vertx() {
    return RUNNING.vertx();
  }

  @Override
  public Engine engine() {
    return RUNNING.engine();
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
