package io.aiconexus.peer;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.ErrorCode;
import io.aiconexus.protocol.ExecRequest;
import io.aiconexus.protocol.ExecResponse;
import io.aiconexus.protocol.Fault;
import io.aiconexus.protocol.Intent;
import io.aiconexus.protocol.Limits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What other agents may ask of this one: each capability is an event-bus address or a handler, and nothing that was not
 * mapped is reachable. One context.
 */
final class Capabilities {

  private static final Logger log = LoggerFactory.getLogger(Capabilities.class);

  private final Vertx vertx;
  private final Did owner;
  private final PeerOptions options;
  private final Map<String, BiFunction<Did, ExecRequest, Future<?>>> byName = new HashMap<>();
  private BiFunction<Did, JsonObject, Future<JsonObject>> intents;
  private int inFlight;

  Capabilities(Vertx vertx, Did owner, PeerOptions options, HostOptions host) {
    this.vertx = vertx;
    this.owner = owner;
    this.options = options;
    host.capabilities().forEach((name, address) -> byName.put(name, (from, request) -> ask(address, from, request)));
    if (host.intentAddress() != null) {
      intents = (from, body) -> vertx.eventBus().<JsonObject>request(host.intentAddress(), body,
        delivery(from, options.execTimeout().toMillis())).map(reply -> reply.body());
    }
  }

  /** Throws for a name that cannot be announced. */
  static void checkName(String name) {
    if (name.isEmpty() || name.length() > Limits.NAME_LENGTH) {
      throw new IllegalArgumentException("a capability's name has 1 to " + Limits.NAME_LENGTH + " characters, this one "
        + "has " + name.length());
    }
  }

  /**
   * The names that are announced: all, or the first in alphabetical order where there are more than a gateway takes.
   */
  Collection<String> names() {
    return new TreeSet<>(byName.keySet()).stream().limit(Limits.CAPABILITIES).toList();
  }

  void put(String name, BiFunction<Did, JsonObject, Future<?>> handler) {
    byName.put(name, (from, request) -> handler.apply(from, request.args()));
  }

  void onIntent(BiFunction<Did, JsonObject, Future<JsonObject>> handler) {
    intents = handler;
  }

  /** Does what was asked, within its time; never fails, the response says what went wrong. */
  Future<ExecResponse> execute(Did from, ExecRequest request) {
    long started = System.nanoTime();
    BiFunction<Did, ExecRequest, Future<?>> capability = byName.get(request.capability());
    if (capability == null) {
      return Future.succeededFuture(error("UNKNOWN_CAPABILITY",
        "this agent has no capability " + request.capability(), started));
    }
    if (inFlight >= options.execInFlight()) {
      return Future.succeededFuture(error(Failure.OVERLOADED.name(), "this agent works on " + inFlight
        + " requests already", started));
    }
    return within(timeoutOf(request), () -> capability.apply(from, request))
      .map(Capabilities::json)
      .map(result -> new ExecResponse(true, result, null, millisSince(started)))
      .recover(cause -> Future.succeededFuture(error(codeOf(cause), reasonOf(request, cause), started)));
  }

  /** The answer to an INTENT; fails with NOT_FOUND when this agent takes none. */
  Future<Intent> answer(Did from, Intent intent) {
    if (intents == null) {
      return Future.failedFuture(Failure.NOT_FOUND.because("this agent takes no intents"));
    }
    if (inFlight >= options.execInFlight()) {
      return Future.failedFuture(Failure.OVERLOADED.because("this agent works on " + inFlight + " requests already"));
    }
    return within(options.execTimeout().toMillis(), () -> intents.apply(from, intent.body())).map(Intent::new);
  }

  private <T> Future<T> within(long millis, Supplier<Future<T>> work) {
    inFlight++;
    return Future.succeededFuture()
      .compose(now -> work.get().timeout(millis, TimeUnit.MILLISECONDS))
      .onComplete(done -> inFlight--);
  }

  /** What the sender of an INTENT learns when it could not be answered. */
  Fault faultOf(Throwable cause) {
    if (cause instanceof TimeoutException) {
      return Fault.of(ErrorCode.TIMEOUT, "the handler of intents did not answer in time");
    }
    Failure failure = Failure.of(cause);
    if (failure == Failure.INTERNAL) {
      log.error("{}: the handler of intents broke", owner, cause);
      return Fault.of(ErrorCode.INTERNAL_ERROR, "the handler of intents broke; the log of its node says how");
    }
    ErrorCode code = switch (failure) {
      case TIMEOUT -> ErrorCode.TIMEOUT;
      case OVERLOADED -> ErrorCode.RECIPIENT_OVERLOADED;
      default -> ErrorCode.CONNECTION_REFUSED;
    };
    return Fault.of(code, String.valueOf(cause.getMessage()));
  }

  private static Object json(Object result) {
    boolean json = result == null || result instanceof String || result instanceof Number || result instanceof Boolean
      || result instanceof JsonObject || result instanceof JsonArray;
    if (!json) {
      throw new ReplyException(ReplyFailure.RECIPIENT_FAILURE, Failure.BAD_REQUEST.number(),
        "the result is no JSON value but a " + result.getClass().getSimpleName());
    }
    return result;
  }

  private Future<Object> ask(String address, Did from, ExecRequest request) {
    return vertx.eventBus().request(address, request.args(),
      delivery(from, timeoutOf(request)).addHeader("capability", request.capability())).map(reply -> reply.body());
  }

  private DeliveryOptions delivery(Did from, long timeoutMs) {
    return new DeliveryOptions().setSendTimeout(timeoutMs).addHeader("from", from.toString())
      .addHeader("to", owner.toString());
  }

  private long timeoutOf(ExecRequest request) {
    long most = options.execTimeout().toMillis();
    return request.timeoutMs() == null ? most : Math.min(most, request.timeoutMs());
  }

  private String codeOf(Throwable cause) {
    if (cause instanceof TimeoutException) {
      return Failure.TIMEOUT.name();
    }
    boolean application = cause instanceof ReplyException reply
      && reply.failureType() == ReplyFailure.RECIPIENT_FAILURE;
    return application ? "CAPABILITY_FAILED" : Failure.of(cause).name();
  }

  private String reasonOf(ExecRequest request, Throwable cause) {
    if (cause instanceof ReplyException reply) {
      return reply.getMessage();
    }
    if (cause instanceof TimeoutException) {
      return request.capability() + " did not finish within " + timeoutOf(request) + " ms";
    }
    log.error("{}: capability {} broke", owner, request.capability(), cause);
    return request.capability() + " broke; the log of its node says how";
  }

  private static ExecResponse error(String code, String message, long startedNanos) {
    return new ExecResponse(false, null, new JsonObject().put("code", code).put("message", message),
      millisSince(startedNanos));
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }
}
