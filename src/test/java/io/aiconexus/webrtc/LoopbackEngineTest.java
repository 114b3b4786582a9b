package io.aiconexus.webrtc;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.extension.RegisterExtension;

class LoopbackEngineTest implements ConnectionContract, ChannelContract {

  @RegisterExtension
  static final RunningEngine RUNNING = new RunningEngine("loopback");

  @Override
  public Vertx vertx() {
    return RUNNING.vertx();
  }

  @Override
  public Engine engine() {
    return RUNNING.engine();
  }
}
