package io.aiconexus.signaling;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.aiconexus.identity.AgentKey;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Gateways for tests, on a port of the system's choice. */
final class Gateways {

  private Gateways() {
  }

  static int start(Vertx vertx) throws Exception {
    return start(vertx, new JsonObject());
  }

  /** One instance with these settings; gives its port. */
  static int start(Vertx vertx, JsonObject settings) throws Exception {
    return start(vertx, settings, 1).get(0).port();
  }

  static List<SignalingVerticle> start(Vertx vertx, JsonObject settings, int instances) throws Exception {
    JsonObject json = settings.copy();
    if (!json.containsKey("port")) {
      json.put("port", 0);
    }
    SignalingOptions options = SignalingOptions.from(json);
    AgentKey key = AgentKey.generate();
    List<SignalingVerticle> verticles = new ArrayList<>();
    for (int i = 0; i < instances; i++) {
      SignalingVerticle verticle = new SignalingVerticle(options, "node", key, i);
      vertx.deployVerticle(verticle).await(10, SECONDS);
      verticles.add(verticle);
    }
    return verticles;
  }
}
