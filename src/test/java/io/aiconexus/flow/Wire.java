package io.aiconexus.flow;

import static io.aiconexus.flow.World.await;

import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Signatures;
import io.aiconexus.peer.Agent;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** An agent that speaks only the wire protocol and does only what the test says. Blocks the test's thread. */
final class Wire implements AutoCloseable {

  final AgentKey key;
  private final WebSocketClient client;
  private final WebSocket socket;
  private final BlockingQueue<JsonObject> received;
  private final BlockingQueue<Integer> closed;
  private final Map<String, String> ids = new HashMap<>();
  /** What REGISTERED said. */
  JsonObject registered;

  private Wire(AgentKey key, WebSocketClient client, WebSocket socket, BlockingQueue<JsonObject> received,
               BlockingQueue<Integer> closed) {
    this.key = key;
    this.client = client;
    this.socket = socket;
    this.received = received;
    this.closed = closed;
  }

  static Wire join(World world) {
    return join(world, AgentKey.generate());
  }

  /** Registers at the world's gateway. */
  static Wire join(World world, AgentKey key) {
    return join(world.vertx, world.url().getPort(), key, null);
  }

  /** Registers at the gateway on that port, with the resume token of an earlier session unless that is null. */
  static Wire join(Vertx vertx, int port, AgentKey key, String resume) {
    WebSocketClient client = vertx.createWebSocketClient();
    BlockingQueue<JsonObject> received = new LinkedBlockingQueue<>();
    BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();
    ClientWebSocket unopened = client.webSocket();
    unopened.textMessageHandler(text -> received.add(new JsonObject(text)));
    unopened.closeHandler(end -> closed.add((int) unopened.closeStatusCode()));
    WebSocket socket = await(unopened.connect(new WebSocketConnectOptions().setHost("127.0.0.1")
      .setPort(port).setURI("/ws").addSubProtocol("ioap.v1")));
    Wire wire = new Wire(key, client, socket, received, closed);
    JsonObject challenge = World.next(received);
    JsonObject register = new JsonObject().put("nonce", challenge.getJsonObject("payload").getString("nonce"))
      .put("audience", "127.0.0.1:" + port).put("public_key", key.did().publicKeyBase58());
    if (resume != null) {
      register.put("resume", resume);
    }
    wire.send(wire.message("REGISTER", challenge.getString("from"), register));
    wire.registered = wire.next("REGISTERED");
    return wire;
  }

  /** The payload of the next message of that type; others before it are passed over. */
  JsonObject next(String type) {
    JsonObject message = World.next(received, candidate -> candidate.getString("type").equals(type));
    ids.put(type, message.getString("id"));
    return message.getJsonObject("payload");
  }

  /** The code with which the gateway closed the socket. */
  int closeCode() {
    return World.next(closed);
  }

  /** The id of the last message of that type that {@link #next} gave. */
  String idOf(String type) {
    return ids.get(type);
  }

  void send(String type, Agent to, JsonObject payload) {
    send(message(type, to.did().toString(), payload));
  }

  void sendAbout(String correlationId, String type, Agent to, JsonObject payload) {
    send(Signatures.sign(message(type, to.did().toString(), payload).put("correlation_id", correlationId), key));
  }

  JsonObject message(String type, String to, JsonObject payload) {
    return Signatures.sign(new JsonObject().put("id", UUID.randomUUID().toString())
      .put("timestamp", Instant.now().toString()).put("from", key.did().toString()).put("to", to).put("type", type)
      .put("payload", payload).put("version", "1.0"), key);
  }

  void send(JsonObject message) {
    await(socket.writeTextMessage(message.encode()));
  }

  @Override
  public void close() {
    await(client.close());
  }
}
