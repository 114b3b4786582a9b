package io.aiconexus.peer;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.Payload;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Requests of this agent to others that wait for their answer, by message id. One context. */
final class Requests {

  private final Vertx vertx;
  private final Map<String, Waiting> waiting = new HashMap<>();

  Requests(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * The answer of that type by {@code to} to the message called {@code id}; fails with TIMEOUT when none comes in time.
   */
  <T extends Payload> Future<T> expect(String id, Did to, Class<T> type, long timeoutMs) {
    Promise<Payload> answer = Promise.promise();
    long timer = vertx.setTimer(timeoutMs, late -> fail(id, to, Failure.TIMEOUT.because(
      to + " did not answer within " + timeoutMs + " ms")));
    waiting.put(id, new Waiting(to, type, timer, answer));
    return answer.future().map(type::cast);
  }

  /** Hands an answer to who waits for it; false when nobody does. */
  boolean answer(String id, Did from, Payload answer) {
    Waiting request = id == null ? null : waiting.get(id);
    if (request == null || !request.to.equals(from) || !request.type.isInstance(answer)) {
      return false;
    }
    remove(id);
    request.answer.complete(answer);
    return true;
  }

  /** Ends a request to {@code to}, or to anybody if null, without an answer; false when there is none of that id. */
  boolean fail(String id, Did to, Throwable cause) {
    Waiting request = id == null ? null : waiting.get(id);
    if (request == null || to != null && !to.equals(request.to)) {
      return false;
    }
    remove(id);
    request.answer.fail(cause);
    return true;
  }

  /** Ends all of them. */
  void failAll(Throwable cause) {
    List.copyOf(waiting.keySet()).forEach(id -> fail(id, null, cause));
  }

  private void remove(String id) {
    vertx.cancelTimer(waiting.remove(id).timer);
  }

  private record Waiting(Did to, Class<? extends Payload> type, long timer, Promise<Payload> answer) { }
}
