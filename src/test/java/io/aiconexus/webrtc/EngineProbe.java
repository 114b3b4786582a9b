package io.aiconexus.webrtc;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.aiconexus.bus.Failure;
import io.aiconexus.config.Section;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/** Chooses an engine, {@code auto} unless one is named, in a JVM of its own and says what came: one line of JSON, and how a connection failed. */
final class EngineProbe {

  private EngineProbe() {
  }

  public static void main(String[] args) throws Exception {
    Vertx vertx = Vertx.vertx();
    JsonObject options = new JsonObject().put("engine", args.length > 0 ? args[0] : "auto");
    Engine engine = Engines.choose(vertx, WebrtcOptions.from(Section.of("webrtc", options))).await(End.PATIENCE, SECONDS);
    System.out.println("status " + engine.status().toJson().encode());
    String outcome = engine.connection(vertx.getOrCreateContext(), PeerConnectionOptions.DEFAULTS, null)
      .map("made").otherwise(e -> Failure.of(e) + " " + e.getMessage()).await(End.PATIENCE, SECONDS);
    System.out.println("connection " + outcome);
    vertx.close().await(End.PATIENCE, SECONDS);
  }
}
