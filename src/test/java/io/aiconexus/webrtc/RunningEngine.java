package io.aiconexus.webrtc;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** An engine that runs for all the tests of a class. */
final class RunningEngine implements BeforeAllCallback, AfterAllCallback {

  private final String name;
  private Vertx vertx;
  private Engine engine;

  RunningEngine(String name) {
    this.name = name;
  }

  Vertx vertx() {
    return vertx;
  }

  Engine engine() {
    return engine;
  }

  @Override
  public void beforeAll(ExtensionContext test) {
    vertx = Vertx.vertx();
    engine = EngineUnderTest.named(name, vertx, NativeOptions.DEFAULTS);
  }

  @Override
  public void afterAll(ExtensionContext test) {
    End.await(engine.close());
    End.await(vertx.close());
  }
}
