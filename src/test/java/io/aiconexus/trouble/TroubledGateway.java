package io.aiconexus.trouble;

import io.aiconexus.AIConexus;
import io.aiconexus.NodeOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A gateway in a JVM of its own, to be killed: {@code TroubledGateway HOST PORT}. It prints the port and runs on. */
final class TroubledGateway {

  private TroubledGateway() {
  }

  public static void main(String[] arguments) throws Exception {
    NodeOptions options = NodeOptions.from(new JsonObject().put("signaling", new JsonObject().put("instances", 1)))
      .withRoles(Set.of(NodeOptions.Role.SIGNALING));
    AIConexus node = AIConexus.builder(Vertx.vertx()).options(options.withSignaling(
      options.signaling().listeningOn(arguments[0], Integer.parseInt(arguments[1])))).deploy()
      .await(60, TimeUnit.SECONDS);
    System.out.println("gateway " + node.signalingPort().orElseThrow());
  }
}
