package io.aiconexus.webrtc;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
}
