package io.aiconexus.webrtc;

import io.aiconexus.bus.Failure;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/**
 * Stands where no engine works, and says why.
 *
 * @param name the engine that was asked for
 * @param reason what is missing, and how to get it
 */
record UnavailableEngine(String name, String reason) implements Engine {

  @Override
  public Future<PeerConnection> connection(Context context, PeerConnectionOptions options,
                                           PeerConnectionListener listener) {
    return Future.failedFuture(Failure.ENGINE_UNAVAILABLE.because(reason));
  }

  @Override
  public EngineStatus status() {
    return new EngineStatus(name, false, reason, 0, new JsonObject());
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
