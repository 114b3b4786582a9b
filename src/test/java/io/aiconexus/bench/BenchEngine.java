package io.aiconexus.bench;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.aiconexus.config.Section;
import io.aiconexus.webrtc.Engine;
import io.aiconexus.webrtc.Engines;
import io.aiconexus.webrtc.WebrtcOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeoutException;

/** An engine under measurement, with the Vert.x that it runs on; {@code -Dwebrtc={...}} gives it other settings. */
record BenchEngine(Vertx vertx, Engine engine) implements AutoCloseable {

  private static final int PATIENCE = 120;

  static BenchEngine named(String name) {
    Vertx vertx = Vertx.vertx();
    return new BenchEngine(vertx, choose(vertx, name));
  }

  static Engine choose(Vertx vertx, String name) {
    JsonObject settings = new JsonObject(System.getProperty("webrtc", "{}")).put("engine", name);
    WebrtcOptions options = WebrtcOptions.from(Section.of("webrtc", settings));
    Engine engine = await(Engines.choose(vertx, options));
    if (!engine.status().available()) {
      throw new IllegalStateException(engine.status().reason());
    }
    return engine;
  }

  static <T> T await(Future<T> future) {
    try {
      return future.await(PATIENCE, SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("no outcome within " + PATIENCE + " s", e);
    }
  }

  @Override
  public void close() {
    await(engine.close());
    await(vertx.close());
  }
}
