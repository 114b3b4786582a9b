package io.aiconexus.flow;

import static io.aiconexus.flow.World.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between agents and their gateway and cuts each connection after a number of bytes that chance gives: in the
 * middle of a frame, of a handshake, of a welcome. What it has read by then is lost. One event loop.
 */
final class CuttingProxy implements AutoCloseable {

  private static final int BYTES_MIN = 100;

  final AtomicInteger cuts = new AtomicInteger();
  private final Vertx vertx = Vertx.vertx();
  private final NetClient client = vertx.createNetClient();
  private final NetServer server = vertx.createNetServer().connectHandler(this::onAgent);
  private final Random random;
  private final int bytesMax;
  private volatile int cutsMax;
  private volatile int gateway;

  /** @param bytesMax after how many bytes, both ways together, a connection is cut at the latest */
  CuttingProxy(long seed, int bytesMax) {
    this.random = new Random(seed);
    this.bytesMax = bytesMax;
    await(server.listen(0, "127.0.0.1"));
  }

  int port() {
    return server.actualPort();
  }

  URI url() {
    return URI.create("ws://127.0.0.1:" + port());
  }

  void to(int gatewayPort) {
    gateway = gatewayPort;
  }

  /** From now on cuts connections, so many in all. */
  void cut(int times) {
    cutsMax = times;
  }

  private void onAgent(NetSocket agent) {
    agent.pause();
    client.connect(gateway, "127.0.0.1").onComplete(there -> {
      int[] left = {BYTES_MIN + random.nextInt(bytesMax)};
      agent.handler(bytes -> pass(bytes, left, there, agent));
      there.handler(bytes -> pass(bytes, left, agent, there));
      agent.closeHandler(closed -> there.close());
      there.closeHandler(closed -> agent.close());
      agent.resume();
    }, unreachable -> agent.close());
  }

  private void pass(Buffer bytes, int[] left, NetSocket to, NetSocket from) {
    left[0] -= bytes.length();
    if (left[0] > 0 || cuts.get() >= cutsMax) {
      to.write(bytes);
    } else {
      cuts.incrementAndGet();
      to.write(bytes.getBuffer(0, Math.max(0, bytes.length() + left[0]))).onComplete(done -> {
        to.close();
        from.close();
      });
    }
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
