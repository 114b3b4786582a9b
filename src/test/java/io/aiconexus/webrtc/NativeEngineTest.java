package io.aiconexus.webrtc;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisabledIfSystemProperty(named = "aiconexus.test.native", matches = "off")
class NativeEngineTest implements ConnectionContract, ChannelContract {

  @RegisterExtension
  static final RunningEngine RUNNING = new RunningEngine("native");

  @Override
  public Vertx vertx() {
    return RUNNING.vertx();
  }

  @Override
  public Engine engine() {
    return RUNNING.engine();
  }
}
