package io.aiconexus.health;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.time.Duration;

/** Whether somebody can connect to a TCP port: by default the node's own, never an address on the internet. */
public final class PortCheck implements HealthCheck {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

  private final NetClient client;
  private final String host;
  private final int port;

  /**
   * Connects from this machine.
   *
   * @param host where the port listens; for all addresses ({@code 0.0.0.0}, {@code ::}) loopback is tried
   */
  public PortCheck(Vertx vertx, String host, int port) {
    this.client =
      vertx.createNetClient(new NetClientOptions().setConnectTimeout((int) CONNECT_TIMEOUT.toMillis()));
    this.host = host.equals("0.0.0.0") ? "127.0.0.1" : host.equals("::") ? "::1" : host;
    this.port = port;
  }

  @Override
  public Future<Finding> look() {
    return client.connect(port, host).compose(
      socket -> socket.close().map(closed -> Finding.healthy(host + ":" + port + " accepts connections")),
      cause -> Future.succeededFuture(
        Finding.unhealthy(host + ":" + port + " accepts no connection: " + cause.getMessage())));
  }
}
