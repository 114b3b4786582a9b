package io.aiconexus.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Stands between agents and their gateway, and drops some of what agents tell each other about their connections. */
final class LossySignaling {

  private static final Pattern NEGOTIATION = Pattern.compile("\"type\":\"(OFFER|ANSWER|ICE_CANDIDATE|BYE)\"");

  final AtomicInteger dropped = new AtomicInteger();
  private final Random random = new Random(5);
  private final HttpServer server;
  private final WebSocketClient client;
  private final double loss;
  private volatile int gateway;

  LossySignaling(Vertx vertx, double loss) throws Exception {
    this.loss = loss;
    this.client = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(1_000));
    this.server = vertx.createHttpServer(new HttpServerOptions().addWebSocketSubProtocol("ioap.v1"))
      .webSocketHandler(this::onAgent);
    server.listen(0, "127.0.0.1").await(10, TimeUnit.SECONDS);
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

  private void onAgent(ServerWebSocket agent) {
    ClientWebSocket there = client.webSocket();
    there.textMessageHandler(agent::writeTextMessage);
    Future<WebSocket> connected = there.connect(new WebSocketConnectOptions().setHost("127.0.0.1").setPort(gateway)
      .setURI("/ws").addSubProtocol("ioap.v1").setAllowOriginHeader(false));
    agent.textMessageHandler(text -> {
      if (NEGOTIATION.matcher(text).find() && random.nextDouble() < loss) {
        dropped.incrementAndGet();
      } else {
        connected.onSuccess(open -> open.writeTextMessage(text));
      }
    });
    agent.closeHandler(closed -> connected.onSuccess(WebSocket::close));
  }
}
