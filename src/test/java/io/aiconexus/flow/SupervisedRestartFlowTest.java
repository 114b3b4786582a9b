package io.aiconexus.flow;

import static io.aiconexus.flow.World.await;
import static io.aiconexus.flow.World.next;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.bus.Addresses;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.peer.Agent;
import io.aiconexus.peer.HostOptions;
import io.aiconexus.peer.PeerOptions;
import io.aiconexus.peer.PeerVerticle;
import io.aiconexus.protocol.IceServer;
import io.aiconexus.webrtc.ConnectionState;
import io.aiconexus.webrtc.Engine;
import io.aiconexus.webrtc.EngineStatus;
import io.aiconexus.webrtc.Engines;
import io.aiconexus.webrtc.PeerConnection;
import io.aiconexus.webrtc.PeerConnectionListener;
import io.aiconexus.webrtc.PeerConnectionOptions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** What an ICE restart by supervision uses, and what is told of those that fail. */
class SupervisedRestartFlowTest {

  private static final int TTL_SECONDS = 600;
  private static final int RESTARTS = 2;

  @Test
  void theIceRestartOfASupervisedLinkUsesARenewedPassword() throws Exception {
    try (Supervised pair = Supervised.up()) {
      IceServer first = next(pair.engine.given);
      // Credentials end at a whole second; those of the same one are the same.
      pair.world.until(() -> Instant.now().getEpochSecond() > end(first) - TTL_SECONDS);

      pair.engine.losePath();
      assertThat(pair.events.next("attempt").getString("how")).isEqualTo("ice_restart");

      IceServer second = next(pair.engine.replaced);
      assertThat(end(second)).isGreaterThan(end(first));
      assertThat(second.username().split(":")[1]).as("the same agent").isEqualTo(first.username().split(":")[1]);
      assertThat(second.credential()).isNotEqualTo(first.credential());
    }
  }

  @Test
  void eachRestartThatBringsNoPathHasItsReportThoughTheLinkStaysUntilItIsRebuilt() throws Exception {
    try (Supervised pair = Supervised.up()) {
      BlockingQueue<JsonObject> heard = pair.world.listen(Addresses.peerEvents(pair.ann.did()));

      pair.engine.losePath();
      assertThat(pair.events.next("recovered").getString("how")).isEqualTo("connect");

      for (int n = 0; n < RESTARTS; n++) {
        assertThat(next(heard, SupervisedRestartFlowTest::isReport).getString("reason"))
          .startsWith("the ICE restart failed: no new path to " + pair.bob.did());
      }
      assertThat(heard).noneMatch(SupervisedRestartFlowTest::isReport);
      assertThat(await(pair.ann.failure(pair.bob.did()))).as("reached since").isEmpty();
    }
  }

  private static JsonObject settings() {
    return new JsonObject()
      .put("node", new JsonObject().put("roles", new JsonArray().add("signaling").add("retry")))
      .put("retry", new JsonObject().put("grace_ms", 100).put("ice_restarts", RESTARTS)
        .put("ice_restart_timeout_ms", 1_000))
      .put("signaling", new JsonObject().put("turn", new JsonObject()
        .put("urls", new JsonArray().add("turn:turn.example")).put("ttl_ms", TTL_SECONDS * 1_000)
        .put("secrets", new JsonArray().add("a secret that nobody else has"))));
  }

  private static boolean isReport(JsonObject event) {
    return "report".equals(event.getString("event"));
  }

  private static long end(IceServer server) {
    return Long.parseLong(server.username().split(":")[0]);
  }

  /** A supervised link of two agents that is up, on an engine that notes what it is given. */
  private record Supervised(World world, Recording engine, Agent ann, Agent bob, RetryEvents events)
    implements AutoCloseable {

    static Supervised up() throws Exception {
      World world = World.of("loopback", settings());
      Recording engine = new Recording(await(Engines.choose(world.vertx, World.webrtc("loopback"))));
      PeerVerticle peers = new PeerVerticle("peers", PeerOptions.DEFAULTS, engine, PeerConnectionOptions.DEFAULTS);
      await(world.vertx.deployVerticle(peers));
      Agent ann = await(peers.host(AgentKey.generate(), HostOptions.DEFAULTS));
      Agent bob = await(peers.host(AgentKey.generate(), HostOptions.DEFAULTS));
      RetryEvents events = new RetryEvents(world.vertx, ann.did(), bob.did());
      await(world.node.supervise(ann.did(), bob.did()));
      events.next("recovered");
      return new Supervised(world, engine, ann, bob, events);
    }

    @Override
    public void close() {
      world.close();
    }
  }

  /** Notes the TURN server that connections are made with, and those that replace it. */
  private static final class Recording implements Engine {

    private final Engine real;
    private final BlockingQueue<IceServer> given = new LinkedBlockingQueue<>();
    private final BlockingQueue<IceServer> replaced = new LinkedBlockingQueue<>();
    private volatile Runnable losePath;

    Recording(Engine real) {
      this.real = real;
    }

    /** The connection that was made first hears that its path is lost. */
    void losePath() {
      losePath.run();
    }

    @Override
    public Future<PeerConnection> connection(Context context, PeerConnectionOptions options,
                                             PeerConnectionListener listener) {
      given.addAll(options.iceServers());
      if (losePath == null) {
        losePath = () -> context.runOnContext(now -> listener.onConnectionState(ConnectionState.DISCONNECTED));
      }
      return real.connection(context, options, listener).map(this::noting);
    }

    private PeerConnection noting(PeerConnection connection) {
      return (PeerConnection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {PeerConnection.class},
        (proxy, method, arguments) -> {
          if (method.getName().equals("setIceServers")) {
            ((List<?>) arguments[0]).forEach(server -> replaced.add((IceServer) server));
          }
          return method.invoke(connection, arguments);
        });
    }

    @Override
    public String name() {
      return real.name();
    }

    @Override
    public EngineStatus status() {
      return real.status();
    }

    @Override
    public Future<Void> close() {
      return real.close();
    }
  }
}
