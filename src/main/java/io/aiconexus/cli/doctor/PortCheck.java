package io.aiconexus.cli.doctor;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;

/** Whether the address on which the gateway is to listen can be had. */
final class PortCheck {

  private static final String TOPIC = "port";

  private PortCheck() {
  }

  /** Looks at {@code signaling.host} and {@code signaling.port}; no finding when there is no such setting. */
  static List<Finding> of(JsonObject settings) {
    JsonObject signaling = settings.getJsonObject("signaling", new JsonObject());
    Integer port = signaling.getInteger("port");
    return port == null ? List.of() : List.of(listen(signaling.getString("host", "0.0.0.0"), port));
  }

  static Finding listen(String host, int port) {
    if (port < 0 || port > 65_535) {
      return Finding.fail(TOPIC, "signaling.port must be 0 to 65535, was " + port, "correct signaling.port");
    }
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      return Finding.fail(TOPIC, host + " is no address and no name that resolves", "correct signaling.host");
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address);
      return Finding.ok(TOPIC, port == 0 ? "any free one" : host + ":" + port + " is free");
    } catch (IOException e) {
      return Finding.fail(TOPIC, "cannot listen on " + host + ":" + port + ": " + e.getMessage(),
        "stop what listens there, perhaps a node that runs already (ss -ltnp), or change signaling.host and "
          + "signaling.port; below 1024 a user needs permission");
    }
  }
}
