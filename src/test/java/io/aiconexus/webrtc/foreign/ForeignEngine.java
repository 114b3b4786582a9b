package io.aiconexus.webrtc.foreign;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.aiconexus.webrtc.Engine;
import io.aiconexus.webrtc.EngineStatus;
import io.aiconexus.webrtc.PeerConnection;
import io.aiconexus.webrtc.PeerConnectionListener;
import io.aiconexus.webrtc.PeerConnectionOptions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A WebRTC stack in another process, behind the port that our own engines have; for tests. */
public final class ForeignEngine implements Engine {

  private final Stack stack;
  private final AtomicInteger numbers = new AtomicInteger();
  private final Map<Integer, Promise<Object>> asked = new ConcurrentHashMap<>();
  private final Map<Integer, ForeignConnection> connections = new ConcurrentHashMap<>();
  private final CompletableFuture<String> version = new CompletableFuture<>();
  private final Program program;

  private ForeignEngine(Vertx vertx, Stack stack) throws Exception {
    this.stack = stack;
    this.program = stack.start(vertx, this::hear);
  }

  /** Starts the program and returns when it is ready. */
  static ForeignEngine start(Vertx vertx, Stack stack) throws Exception {
    ForeignEngine engine = new ForeignEngine(vertx, stack);
    try {
      engine.version.get(Program.PATIENCE, SECONDS);
      return engine;
    } catch (Exception e) {
      engine.program.close();
      throw e;
    }
  }

  /** What the other end says it is. */
  public String version() {
    return version.join();
  }

  @Override
  public String name() {
    return stack.toString();
  }

  @Override
  public Future<PeerConnection> connection(Context context, PeerConnectionOptions options,
                                           PeerConnectionListener listener) {
    int number = numbers.incrementAndGet();
    ForeignConnection connection = new ForeignConnection(this, number, context, listener);
    connections.put(number, connection);
    return ask(number, "open", new JsonObject()).map(connection);
  }

  @Override
  public EngineStatus status() {
    return new EngineStatus(name(), true, null, connections.size(), new JsonObject());
  }

  @Override
  public Future<Void> close() {
    program.close();
    asked.values().forEach(promise -> promise.tryFail(name() + " has ended"));
    return Future.succeededFuture();
  }

  /** Has a command carried out; the outcome comes on any thread. */
  Future<Object> ask(int connection, String what, JsonObject words) {
    int number = numbers.incrementAndGet();
    Promise<Object> answer = Promise.promise();
    asked.put(number, answer);
    program.say(words.put("number", number).put("do", what).put("connection", connection));
    return answer.future();
  }

  void gone(int connection) {
    connections.remove(connection);
  }

  private void hear(JsonObject words) {
    Integer number = words.getInteger("answer");
    if (number != null) {
      answer(asked.remove(number), words);
    } else if (words.getString("event").equals("ready")) {
      version.complete(words.getString("version"));
    } else {
      ForeignConnection connection = connections.get(words.getInteger("connection"));
      if (connection != null) {
        connection.hear(words);
      }
    }
  }

  private void answer(Promise<Object> promise, JsonObject words) {
    if (words.containsKey("error")) {
      promise.fail(name() + ": " + words.getString("error"));
    } else {
      promise.complete(words.getValue("result"));
    }
  }
}
