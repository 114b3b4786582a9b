package io.aiconexus.flow;

import static io.aiconexus.flow.World.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;

/** Stands between agents and their gateway, and changes what it likes. */
final class HostileGateway implements AutoCloseable {

  private static final short GOING_AWAY = 1001;
  private static final short ABNORMAL = 1006;

  final BlockingQueue<JsonObject> seen = new LinkedBlockingQueue<>();
  private final Vertx vertx = Vertx.vertx();
  private final Queue<ServerWebSocket> open = new ConcurrentLinkedQueue<>();
  private final HttpServer server = vertx.createHttpServer(
    new HttpServerOptions().addWebSocketSubProtocol("ioap.v1")).webSocketHandler(this::onAgent);
  private final WebSocketClient client = vertx.createWebSocketClient();
  private final UnaryOperator<JsonObject> towardsAgents;
  private volatile int real;

  /** @param change gives what agents get in place of a message, or null to keep it from them */
  HostileGateway(UnaryOperator<JsonObject> change) {
    towardsAgents = change;
    await(server.listen(0, "127.0.0.1"));
  }

  /** A node whose gateway this one stands before. */
  World world(String engine) {
    World world = World.of(engine, new JsonObject().put("signaling", new JsonObject()
      .put("audiences", new JsonArray().add("127.0.0.1:" + server.actualPort()))));
    real = world.url().getPort();
    return world;
  }

  URI url() {
    return URI.create("ws://127.0.0.1:" + server.actualPort());
  }

  /** Sends a message to every agent that is connected. */
  void inject(JsonObject message) {
    open.forEach(socket -> await(socket.writeTextMessage(message.encode())));
  }

  /** Closes every connection with that code. */
  void drop(int code) {
    open.forEach(socket -> await(socket.close((short) code)));
    open.clear();
  }

  private void onAgent(ServerWebSocket agent) {
    open.add(agent);
    ClientWebSocket gateway = client.webSocket();
    gateway.textMessageHandler(text -> {
      JsonObject message = new JsonObject(text);
      seen.add(message);
      JsonObject changed = towardsAgents.apply(message.copy());
      if (changed != null) {
        agent.writeTextMessage(changed.equals(message) ? text : changed.encode());
      }
    });
    gateway.closeHandler(end -> {
      Short code = gateway.closeStatusCode();
      agent.close(code == null || code == ABNORMAL ? GOING_AWAY : code);
    });
    Future<WebSocket> connected = gateway.connect(new WebSocketConnectOptions().setHost("127.0.0.1").setPort(real)
      .setURI("/ws").addSubProtocol("ioap.v1").setAllowOriginHeader(false));
    agent.textMessageHandler(text -> connected.onSuccess(there -> there.writeTextMessage(text)));
    connected.onFailure(refused -> agent.close(GOING_AWAY));
    agent.closeHandler(closed -> connected.onSuccess(WebSocket::close));
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
