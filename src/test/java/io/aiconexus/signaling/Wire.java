package io.aiconexus.signaling;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Signatures;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.internal.http.WebSocketInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** A bare client, written from the protocol's text and not from the gateway's code. Blocks the test's thread. */
final class Wire {

  final WebSocket socket;
  final BlockingQueue<JsonObject> received = new LinkedBlockingQueue<>();
  final CompletableFuture<Integer> closed = new CompletableFuture<>();
  String gateway;
  JsonObject registered;

  private Wire(WebSocket socket) {
    this.socket = socket;
  }

  static Wire open(Vertx vertx, int port) throws Exception {
    return open(vertx, new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI("/ws")
      .addSubProtocol("ioap.v1"));
  }

  static Wire open(Vertx vertx, WebSocketConnectOptions options) throws Exception {
    WebSocketClient client = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxFrameSize(1 << 21)
      .setMaxMessageSize(1 << 21).setTrustAll(true).setVerifyHost(false));
    ClientWebSocket opening = client.webSocket();
    Wire wire = new Wire(opening);
    opening.textMessageHandler(text -> wire.received.add(new JsonObject(text)));
    opening.closeHandler(end -> {
      wire.closed.complete((int) opening.closeStatusCode());
      client.close();
    });
    opening.connect(options).await(10, SECONDS);
    return wire;
  }

  /** Opens, waits for the challenge, registers and waits for the welcome. */
  static Wire join(Vertx vertx, int port, AgentKey key) throws Exception {
    return join(vertx, port, key, null);
  }

  static Wire join(Vertx vertx, int port, AgentKey key, String resume, String... capabilities) throws Exception {
    Wire wire = open(vertx, port);
    wire.send(wire.register(key, "127.0.0.1:" + port, register -> {
      if (resume != null) {
        register.put("resume", resume);
      }
      if (capabilities.length > 0) {
        register.put("capabilities", new JsonArray(java.util.List.of(capabilities)));
      }
    }));
    wire.registered = wire.next("REGISTERED").getJsonObject("payload");
    return wire;
  }

  /** The REGISTER that answers this socket's challenge, signed after {@code change}. */
  JsonObject register(AgentKey key, String audience, Consumer<JsonObject> change) throws Exception {
    JsonObject challenge = next("CHALLENGE");
    gateway = challenge.getString("from");
    JsonObject payload = new JsonObject().put("nonce", challenge.getJsonObject("payload").getString("nonce"))
      .put("audience", audience).put("public_key", key.did().publicKeyBase58());
    change.accept(payload);
    return message(key, gateway, "REGISTER", payload);
  }

  static JsonObject message(AgentKey key, String to, String type, JsonObject payload) {
    return Signatures.sign(new JsonObject().put("id", UUID.randomUUID().toString())
      .put("timestamp", Instant.now().toString())
      .put("from", key.did().toString()).put("to", to).put("type", type).put("payload", payload)
        .put("version", "1.0"), key);
  }

  static JsonObject offer(AgentKey key, String to, String sdp) {
    return message(key, to, "OFFER", new JsonObject().put("connection_id", "c1").put("sdp", sdp));
  }

  void send(JsonObject message) throws Exception {
    send(message.encode());
  }

  void send(String text) throws Exception {
    socket.writeTextMessage(text).await(10, SECONDS);
  }

  JsonObject next() throws Exception {
    JsonObject message = received.poll(10, SECONDS);
    assertThat(message).as("a message").isNotNull();
    return message;
  }

  JsonObject next(String type) throws Exception {
    JsonObject message = next();
    assertThat(message.getString("type")).as("%s", message).isEqualTo(type);
    return message;
  }

  /** The payload of the ERROR that must come next. */
  JsonObject nextError(String code) throws Exception {
    JsonObject payload = next("ERROR").getJsonObject("payload");
    assertThat(payload.getString("code")).as("%s", payload).isEqualTo(code);
    return payload;
  }

  /** Drops the connection as a lost network does: no close frame. */
  void cut() {
    ((WebSocketInternal) socket).channelHandlerContext().close();
  }

  int closeCode() throws Exception {
    return closed.get(10, SECONDS);
  }
}
