package io.aiconexus.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.ErrorCode;
import io.aiconexus.protocol.Fault;
import io.aiconexus.protocol.Intent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What INTENTs come to. */
class CapabilitiesIntentTest {

  private static final PeerOptions D = PeerOptions.DEFAULTS;
  private static final Did ANN = AgentKey.generate().did();
  private static final Did BOB = AgentKey.generate().did();
  private static final Intent QUESTION = new Intent(new JsonObject().put("query", "why?"));

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final Capabilities capabilities = capabilities(null, D.execTimeout(), 1);

  @AfterEach
  void stop() {
    Waiting.await(vertx.close());
  }

  @Test
  void aHandlerAnswersWithWhatItGives() {
    capabilities.onIntent((from, body) -> Future.succeededFuture(body.copy().put("from", from.toString())));

    assertThat(Waiting.await(ask(capabilities)).body())
      .isEqualTo(new JsonObject().put("query", "why?").put("from", BOB.toString()));
  }

  @Test
  void anAddressAnswersAndSeesWhoAsks() {
    Waiting.await(vertx.eventBus().<JsonObject>consumer("intents", message -> message.reply(
      message.body().copy().put("from", message.headers().get("from")).put("to", message.headers().get("to"))))
      .completion());

    assertThat(Waiting.await(ask(capabilities("intents", D.execTimeout(), 1))).body()).isEqualTo(new JsonObject()
      .put("query", "why?").put("from", BOB.toString()).put("to", ANN.toString()));
  }

  @Test
  void anAgentWithoutAHandlerTakesNone() {
    assertThat(Failure.of(Waiting.causeOf(ask(capabilities)))).isEqualTo(Failure.NOT_FOUND);
  }

  @Test
  void oneMoreThanThereMayBeInFlightIsOverloadUntilOneEnds() {
    Promise<JsonObject> first = Promise.promise();
    capabilities.onIntent((from, body) -> first.future());
    Future<Intent> working = ask(capabilities);

    assertThat(Failure.of(Waiting.causeOf(ask(capabilities)))).isEqualTo(Failure.OVERLOADED);
    first.complete(new JsonObject());
    Waiting.await(working);
    assertThat(Waiting.await(ask(capabilities)).body()).isEqualTo(new JsonObject());
  }

  @Test
  void aHandlerThatNeverEndsTimesOut() {
    Capabilities hasty = capabilities(null, Duration.ofMillis(5), 1);
    hasty.onIntent((from, body) -> Promise.<JsonObject>promise().future());

    Throwable late = Waiting.causeOf(ask(hasty));

    assertThat(late).isInstanceOf(TimeoutException.class);
    assertThat(hasty.faultOf(late)).isEqualTo(Fault.of(ErrorCode.TIMEOUT,
      "the handler of intents did not answer in time"));
  }

  @Test
  void aHandlerThatBreaksTellsNothingOfItsInside() {
    capabilities.onIntent((from, body) -> {
      throw new IllegalStateException("a secret of the application");
    });

    assertThat(capabilities.faultOf(Waiting.causeOf(ask(capabilities)))).isEqualTo(Fault.of(ErrorCode.INTERNAL_ERROR,
      "the handler of intents broke; the log of its node says how"));
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void everyFailureOfAHandlerHasTheCodeThatSaysWhetherToTryAgain(Failure failure) {
    Map<Failure, ErrorCode> special = new EnumMap<>(Map.of(Failure.TIMEOUT, ErrorCode.TIMEOUT,
      Failure.OVERLOADED, ErrorCode.RECIPIENT_OVERLOADED, Failure.INTERNAL, ErrorCode.INTERNAL_ERROR));

    Fault fault = capabilities.faultOf(failure.because("the reason"));

    assertThat(fault.code()).isEqualTo(special.getOrDefault(failure, ErrorCode.CONNECTION_REFUSED).name());
    assertThat(fault.message()).isEqualTo(failure == Failure.INTERNAL
      ? "the handler of intents broke; the log of its node says how" : "the reason");
  }

  private Capabilities capabilities(String address, Duration timeout, int inFlight) {
    PeerOptions options = new PeerOptions(D.connectTimeout(), D.maxClockSkew(), D.maxLinks(), D.maxChannels(),
      D.earlyCandidates(), timeout, inFlight, D.inboxWindow(),
      D.reconnectDelay(), D.reconnectMaxDelay());
    return new Capabilities(vertx, ANN, options, new HostOptions(null, Map.of(), address, anybody -> true, false));
  }

  private Future<Intent> ask(Capabilities of) {
    return Waiting.on(context, () -> of.answer(BOB, QUESTION));
  }
}
