package io.aiconexus.bus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class RepliesTest {

  @Test
  void aResultIsTheAnswer(Vertx vertx) throws Exception {
    consume(vertx, message -> Future.succeededFuture(new JsonObject().put("got", message.body().getString("a"))));

    assertThat(request(vertx).await(5, SECONDS).body()).isEqualTo(new JsonObject().put("got", "b"));
  }

  @Test
  void nothingIsAnAnswerToo(Vertx vertx) throws Exception {
    consume(vertx, message -> Future.succeededFuture());

    assertThat(request(vertx).await(5, SECONDS).body()).isNull();
  }

  @Test
  void aFailureKeepsItsNumberAndReason(Vertx vertx) {
    consume(vertx, message -> Future.failedFuture(Failure.OVERLOADED.because("wait for room")));

    assertFails(vertx, Failure.OVERLOADED, "wait for room");
  }

  @Test
  void aWrongArgumentIsABadRequest(Vertx vertx) {
    consume(vertx, message -> {
      throw new IllegalArgumentException("to must be a DID");
    });

    assertFails(vertx, Failure.BAD_REQUEST, "to must be a DID");
  }

  @Test
  void aBugIsAnsweredWithoutItsDetails(Vertx vertx) {
    consume(vertx, message -> {
      throw new IllegalStateException("secret detail");
    });

    assertFails(vertx, Failure.INTERNAL, "internal error, see the log of the node");
  }

  @Test
  void anErrorOfTheMachineIsAnsweredToo(Vertx vertx) {
    consume(vertx, message -> {
      throw new StackOverflowError();
    });

    assertFails(vertx, Failure.INTERNAL, "internal error, see the log of the node");
  }

  @Test
  void anOperationThatGivesNoFutureIsABug(Vertx vertx) {
    consume(vertx, message -> null);

    assertFails(vertx, Failure.INTERNAL, "internal error, see the log of the node");
  }

  @Test
  void aResultThatTheBusCannotCarryIsABug(Vertx vertx) {
    consume(vertx, message -> Future.succeededFuture(new Object()));

    assertFails(vertx, Failure.INTERNAL, "internal error, see the log of the node");
  }

  @Test
  void aFailureWithoutATextIsAnswered(Vertx vertx) {
    consume(vertx, message -> Future.failedFuture(new IllegalArgumentException()));

    assertFails(vertx, Failure.BAD_REQUEST, null);
  }

  private static void consume(Vertx vertx, Function<Message<JsonObject>, Future<Object>> operation) {
    vertx.eventBus().consumer("here", Replies.to(operation));
  }

  private static Future<Message<JsonObject>> request(Vertx vertx) {
    return vertx.eventBus()
      .request("here", new JsonObject().put("a", "b"), new DeliveryOptions().setSendTimeout(4_000));
  }

  private static void assertFails(Vertx vertx, Failure failure, String reason) {
    Throwable cause = catchThrowable(() -> request(vertx).await(5, SECONDS));
    assertThat(cause).isInstanceOf(ReplyException.class).hasMessage(reason);
    assertThat(Failure.of(cause)).isEqualTo(failure);
    assertThat(((ReplyException) cause).failureCode()).isEqualTo(failure.number());
  }
}
