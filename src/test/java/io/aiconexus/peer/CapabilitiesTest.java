package io.aiconexus.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.ExecRequest;
import io.aiconexus.protocol.ExecResponse;
import io.aiconexus.protocol.Limits;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What EXEC_REQUESTs come to; INTENTs have {@link CapabilitiesIntentTest}. */
class CapabilitiesTest {

  private static final PeerOptions D = PeerOptions.DEFAULTS;
  private static final Did ANN = AgentKey.generate().did();
  private static final Did BOB = AgentKey.generate().did();

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final Capabilities capabilities = capabilities(HostOptions.DEFAULTS.with("on bus", "the.address"));

  @AfterEach
  void stop() {
    Waiting.await(vertx.close());
  }

  @Test
  void aHandlerGetsTheArgumentsAndWhoAsks() {
    capabilities.put("greet", (from, args) -> Future.succeededFuture(args.getString("word") + " " + from));

    ExecResponse response = execute(new ExecRequest("greet", new JsonObject().put("word", "hello"), null, false));

    assertThat(response.success()).isTrue();
    assertThat(response.result()).isEqualTo("hello " + BOB);
    assertThat(response.error()).isNull();
    assertThat(response.executionTimeMs()).isNotNegative();
  }

  @Test
  void anAddressGetsTheArgumentsAndInHeadersWhoAsksWhomForWhat() {
    BlockingQueue<Message<JsonObject>> asked = new LinkedBlockingQueue<>();
    Waiting.await(vertx.eventBus().<JsonObject>consumer("the.address", message -> {
      asked.add(message);
      message.reply(new JsonArray().add(1));
    }).completion());

    ExecResponse response = execute(new ExecRequest("on bus", new JsonObject().put("n", 7), null, false));

    assertThat(response.result()).isEqualTo(new JsonArray().add(1));
    Message<JsonObject> message = asked.remove();
    assertThat(message.body()).isEqualTo(new JsonObject().put("n", 7));
    assertThat(message.headers().get("from")).isEqualTo(BOB.toString());
    assertThat(message.headers().get("to")).isEqualTo(ANN.toString());
    assertThat(message.headers().get("capability")).isEqualTo("on bus");
  }

  @Test
  void whatIsNotMappedIsUnknown() {
    assertError(execute("the.address"), "UNKNOWN_CAPABILITY", "this agent has no capability the.address");
  }

  @Test
  void anAddressWithoutAConsumerIsUnavailable() {
    assertThat(execute("on bus").error().getString("code")).isEqualTo("UNAVAILABLE");
  }

  @Test
  void aConsumerThatFailsHasFailedTheCapability() {
    Waiting.await(vertx.eventBus().consumer("the.address", message -> message.fail(42, "no paper")).completion());

    assertError(execute("on bus"), "CAPABILITY_FAILED", "no paper");
  }

  @Test
  void aConsumerThatDoesNotAnswerTimesOut() {
    Waiting.await(vertx.eventBus().consumer("the.address", message -> { }).completion());

    ExecResponse response = execute(new ExecRequest("on bus", new JsonObject(), 20L, false));

    assertThat(response.error().getString("code")).isEqualTo("TIMEOUT");
  }

  @Test
  void aHandlerThatNeverEndsTimesOutWhenTheRequestSays() {
    capabilities.put("stuck", (from, args) -> Promise.promise().future());

    assertError(execute(new ExecRequest("stuck", new JsonObject(), 5L, false)), "TIMEOUT",
      "stuck did not finish within 5 ms");
  }

  @Test
  void noRequestMayTakeLongerThanThisAgentAllows() {
    Capabilities hasty = capabilities(HostOptions.DEFAULTS, Duration.ofMillis(7), 10);
    hasty.put("stuck", (from, args) -> Promise.promise().future());

    assertError(execute(hasty, new ExecRequest("stuck", new JsonObject(), 600_000L, false)), "TIMEOUT",
      "stuck did not finish within 7 ms");
    assertError(execute(hasty, new ExecRequest("stuck", new JsonObject(), null, false)), "TIMEOUT",
      "stuck did not finish within 7 ms");
  }

  @Test
  void overItsRequestsInFlightAnAgentIsOverloadedUntilOneEnds() {
    Capabilities busy = capabilities(HostOptions.DEFAULTS, D.execTimeout(), 2);
    Promise<String> first = Promise.promise();
    List<Future<ExecResponse>> working = new ArrayList<>();
    busy.put("work", (from, args) -> first.future());
    busy.put("quick", (from, args) -> Future.succeededFuture("done"));
    for (int i = 0; i < 2; i++) {
      working.add(Waiting.on(context, () -> busy.execute(BOB, request("work"))));
    }

    assertError(execute(busy, request("quick")), "OVERLOADED", "this agent works on 2 requests already");
    first.complete("at last");
    assertThat(working).allSatisfy(work -> assertThat(Waiting.await(work).result()).isEqualTo("at last"));
    assertThat(execute(busy, request("quick")).result()).isEqualTo("done");
  }

  static List<BiFunction<Did, JsonObject, Future<?>>> broken() {
    return List.of(
      (from, args) -> {
        throw new IllegalStateException("a secret of the application");
      },
      (from, args) -> Future.failedFuture(new IllegalStateException("a secret of the application")),
      (from, args) -> null);
  }

  @ParameterizedTest
  @MethodSource("broken")
  void aHandlerThatBreaksTellsNothingOfItsInsideAndFreesItsPlace(BiFunction<Did, JsonObject, Future<?>> broken) {
    Capabilities one = capabilities(HostOptions.DEFAULTS, D.execTimeout(), 1);
    one.put("breaks", broken);

    for (int i = 0; i < 2; i++) {
      assertError(execute(one, request("breaks")), "INTERNAL", "breaks broke; the log of its node says how");
    }
  }

  @Test
  void aHandlerMayFailWithAReasonForWhoAsks() {
    capabilities.put("picky", (from, args) -> Future.failedFuture(Failure.BAD_REQUEST.because("n is missing")));

    assertError(execute("picky"), "CAPABILITY_FAILED", "n is missing");
  }

  static List<Object> jsonValues() {
    return List.of("text", 1, 1.5, 10_000_000_000L, true, new JsonObject().put("a", 1), new JsonArray().add("a"));
  }

  @ParameterizedTest
  @MethodSource("jsonValues")
  void everyJsonValueIsAResult(Object value) {
    capabilities.put("gives", (from, args) -> Future.succeededFuture(value));

    assertThat(execute("gives").result()).isEqualTo(value);
  }

  @Test
  void nothingIsAResultToo() {
    capabilities.put("gives", (from, args) -> Future.succeededFuture());

    ExecResponse response = execute("gives");

    assertThat(response.success()).isTrue();
    assertThat(response.result()).isNull();
  }

  @Test
  void aResultThatIsNoJsonValueFails() {
    capabilities.put("gives", (from, args) -> Future.succeededFuture(Duration.ZERO));

    assertError(execute("gives"), "CAPABILITY_FAILED", "the result is no JSON value but a Duration");
  }

  @Test
  void namesAreAnnouncedInOrderAndNoMoreThanAGatewayTakes() {
    assertThat(capabilities.names()).containsExactly("on bus");
    for (int i = 0; i < Limits.CAPABILITIES; i++) {
      capabilities.put("b" + (100 + i), (from, args) -> Future.succeededFuture());
    }

    assertThat(capabilities.names()).hasSize(Limits.CAPABILITIES).startsWith("b100", "b101").endsWith("b163")
      .doesNotContain("on bus");
    assertThat(execute("b163").success()).isTrue();
  }

  @Test
  void aNameHasOneToAsManyCharactersAsTheProtocolTakes() {
    Capabilities.checkName("a");
    Capabilities.checkName("a".repeat(Limits.NAME_LENGTH));

    assertThatThrownBy(() -> Capabilities.checkName("")).isInstanceOf(IllegalArgumentException.class)
      .hasMessage("a capability's name has 1 to 128 characters, this one has 0");
    assertThatThrownBy(() -> Capabilities.checkName("a".repeat(Limits.NAME_LENGTH + 1)))
      .hasMessage("a capability's name has 1 to 128 characters, this one has 129");
  }

  private Capabilities capabilities(HostOptions host) {
    return capabilities(host, D.execTimeout(), D.execInFlight());
  }

  private Capabilities capabilities(HostOptions host, Duration timeout, int inFlight) {
    return new Capabilities(vertx, ANN, new PeerOptions(D.connectTimeout(), D.maxClockSkew(), D.maxLinks(),
      D.maxChannels(), D.earlyCandidates(), timeout, inFlight, D.inboxWindow(),
      D.reconnectDelay(), D.reconnectMaxDelay()), host);
  }

  private static ExecRequest request(String capability) {
    return new ExecRequest(capability, new JsonObject(), null, false);
  }

  private ExecResponse execute(String capability) {
    return execute(request(capability));
  }

  private ExecResponse execute(ExecRequest request) {
    return execute(capabilities, request);
  }

  private ExecResponse execute(Capabilities of, ExecRequest request) {
    return Waiting.await(Waiting.on(context, () -> of.execute(BOB, request)));
  }

  private static void assertError(ExecResponse response, String code, String message) {
    assertThat(response.success()).isFalse();
    assertThat(response.result()).isNull();
    assertThat(response.error().getMap()).isEqualTo(Map.of("code", code, "message", message));
  }
}
