package io.aiconexus.bus;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.Message;
import java.util.Objects;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a consumer always answer: a result, or a failure that says why. */
public final class Replies {

  private static final Logger log = LoggerFactory.getLogger(Replies.class);

  private Replies() {
  }

  /**
   * A handler that answers with what {@code operation} gives.
   * <p>
   * A throw in the operation, or in the lazy decoding of the body, fails the request as well; without that the
   * requester would wait until its timeout. A bug of ours is logged with its trace, and the requester learns only that
   * there is one.
   */
  public static <T, R> Handler<Message<T>> to(Function<Message<T>, Future<R>> operation) {
    return message -> Future.succeededFuture(message)
      .compose(request -> Objects.requireNonNull(operation.apply(request), "the operation gave no future"))
      .onComplete(result -> answer(message, result), cause -> fail(message, cause));
  }

  private static void answer(Message<?> message, Object result) {
    try {
      message.reply(result);
    } catch (IllegalArgumentException noCodec) {
      fail(message, new IllegalStateException("the event bus cannot carry the result", noCodec));
    }
  }

  private static void fail(Message<?> message, Throwable cause) {
    Failure failure = Failure.of(cause);
    if (failure == Failure.INTERNAL) {
      log.error("{}: a command failed", message.address(), cause);
      message.fail(failure.number(), "internal error, see the log of the node");
    } else {
      message.fail(failure.number(), cause.getMessage());
    }
  }
}
