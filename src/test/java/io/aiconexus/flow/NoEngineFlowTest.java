package io.aiconexus.flow;

import static io.aiconexus.flow.World.await;
import static io.aiconexus.flow.World.causeOf;
import static io.aiconexus.flow.World.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.peer.Agent;
import io.aiconexus.peer.HostOptions;
import io.aiconexus.peer.PeerOptions;
import io.aiconexus.peer.PeerVerticle;
import io.aiconexus.signaling.SignalingOptions;
import io.aiconexus.signaling.SignalingVerticle;
import io.aiconexus.webrtc.Engine;
import io.aiconexus.webrtc.EngineStatus;
import io.aiconexus.webrtc.PeerConnection;
import io.aiconexus.webrtc.PeerConnectionListener;
import io.aiconexus.webrtc.PeerConnectionOptions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** A node on which no WebRTC engine works, made of the verticles themselves. */
class NoEngineFlowTest {

  @Test
  void withoutAnEngineConnectsFailAtOnceAndSignalingWorks() {
    Vertx vertx = Vertx.vertx();
    PeerVerticle peers = new PeerVerticle("node", PeerOptions.DEFAULTS, new Missing(), PeerConnectionOptions.DEFAULTS);
    await(vertx.deployVerticle(new SignalingVerticle(SignalingOptions.DEFAULTS.listeningOn("127.0.0.1", 0), "node",
      AgentKey.generate(), 0)));
    await(vertx.deployVerticle(peers));
    Agent ann = await(peers.host(AgentKey.generate(), HostOptions.DEFAULTS));
    Agent bob = await(peers.host(AgentKey.generate(), HostOptions.DEFAULTS));
    bob.onCapability("x", (from, args) -> Future.succeededFuture("ok"));

    Throwable cause = causeOf(ann.connect(bob.did()));

    assertThat(Failure.of(cause)).isEqualTo(Failure.ENGINE_UNAVAILABLE);
    assertThat(cause).hasMessageContaining("libX11 is missing");
    assertThat(await(ann.exec(bob.did(), "x", new JsonObject()))).isEqualTo("ok");
    await(peers.unhost(bob.did()));
    assertThat(failureOf(peers.unhost(bob.did()))).isEqualTo(Failure.NOT_FOUND);
    await(vertx.close());
  }

  /** What a machine without the system's libraries has. */
  private static final class Missing implements Engine {

    @Override
    public String name() {
      return "missing";
    }

    @Override
    public Future<PeerConnection> connection(Context context, PeerConnectionOptions options,
                                             PeerConnectionListener listener) {
      return Future.failedFuture(Failure.ENGINE_UNAVAILABLE.because("libX11 is missing"));
    }

    @Override
    public EngineStatus status() {
      return new EngineStatus("missing", false, "libX11 is missing", 0, new JsonObject());
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }
}
