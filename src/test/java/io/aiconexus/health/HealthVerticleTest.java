package io.aiconexus.health;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiconexus.bus.Addresses;
import io.aiconexus.bus.Failure;
import io.aiconexus.config.Section;
import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.vertx.junit5.Timeout;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class HealthVerticleTest {

  private static final JsonObject CHECK = new JsonObject().put("action", "check");

  @Test
  void aNodeLooksAfterWhatItNeeds(Vertx vertx) throws Exception {
    HealthVerticle health = deploy(vertx, new HealthVerticle("node", options(new JsonObject())));
    JsonObject report = check(vertx);

    assertThat(report.getJsonObject("components").fieldNames())
      .containsExactlyInAnyOrder("memory", "disk", "event_bus", "event_loop", "file_descriptors");
    assertThat(report.fieldNames()).contains("status", "timestamp", "uptime_seconds", "checks_passed", "checks_failed");
    assertThat(report.getJsonObject("components")).allSatisfy(component ->
      assertThat(((JsonObject) component.getValue()).fieldNames())
        .containsExactlyInAnyOrder("status", "message", "last_check", "check_count"));
    assertThat(component(report, "event_bus").getString("status")).isEqualTo("healthy");
    assertThat(health.report().started()).isTrue();
    assertThat(health.isAlive()).isTrue();
  }

  @Test
  void aCheckThatHangsIsUnhealthyAndHoldsNothingUp(Vertx vertx) throws Exception {
    Promise<Finding> never = Promise.promise();
    HealthVerticle health = deploy(vertx, new HealthVerticle("node", options(new JsonObject().put("timeout_ms", 50)))
      .lookingAfter("stuck", never::future));
    JsonObject report = check(vertx);

    assertThat(component(report, "stuck").getString("status")).isEqualTo("unhealthy");
    assertThat(component(report, "event_bus").getString("status")).isEqualTo("healthy");
    assertThat(report.getInteger("checks_failed")).isEqualTo(1);
    assertThat(health.report().ready()).isFalse();

    never.complete(Finding.healthy("at last"));
    check(vertx);
    assertThat(component(check(vertx), "stuck").getString("status")).isEqualTo("healthy");
    assertThat(health.report().ready()).isTrue();
  }

  @Test
  void aCheckThatThrowsIsUnhealthyAndSaysWhy(Vertx vertx) throws Exception {
    deploy(vertx, new HealthVerticle("node", options(new JsonObject())).lookingAfter("broken", () -> {
      throw new IllegalStateException("no such table");
    }));

    JsonObject broken = component(check(vertx), "broken");
    assertThat(broken.getString("status")).isEqualTo("unhealthy");
    assertThat(broken.getString("message")).isEqualTo("no such table");
  }

  @Test
  void aCheckThatAnswersTwiceHasAnsweredOnce(Vertx vertx) throws Exception {
    deploy(vertx, new HealthVerticle("node", options(new JsonObject())).lookingAfter("eager", () -> {
      Promise<Finding> answer = Promise.promise();
      answer.complete(Finding.healthy("the first"));
      assertThat(answer.tryComplete(Finding.unhealthy("the second"))).isFalse();
      return answer.future();
    }));

    JsonObject eager = component(check(vertx), "eager");
    assertThat(eager.getString("message")).isEqualTo("the first");
    // Once at the start and once for this test: no answer counts twice.
    assertThat(eager.getInteger("check_count")).isEqualTo(2);
  }

  @Test
  void aCheckThatAnswersNothingIsUnhealthy(Vertx vertx) throws Exception {
    deploy(vertx, new HealthVerticle("node", options(new JsonObject()))
      .lookingAfter("no_future", () -> null).lookingAfter("no_finding", Future::succeededFuture));

    JsonObject report = check(vertx);
    assertThat(component(report, "no_future").getString("status")).isEqualTo("unhealthy");
    assertThat(component(report, "no_finding").getString("message")).isEqualTo("no finding");
  }

  @Test
  void aDegradedCheckLeavesTheNodeReady(Vertx vertx) throws Exception {
    HealthVerticle health = deploy(vertx, new HealthVerticle("node", options(new JsonObject()))
      .lookingAfter("cluster", () -> Future.succeededFuture(Finding.degraded("slow"))));

    JsonObject report = check(vertx);
    assertThat(report.getString("status")).as(report.encode()).isEqualTo("degraded");
    assertThat(health.report().ready()).isTrue();
  }

  @Test
  void anApplicationAddsACheckWithOneCall(Vertx vertx) throws Exception {
    HealthVerticle health = deploy(vertx, new HealthVerticle("node", options(new JsonObject())));
    health.register("database", () -> Future.succeededFuture(Finding.healthy("answers"))).await(5, SECONDS);

    assertThat(component(check(vertx), "database").getString("message")).isEqualTo("answers");
    for (String name : new String[] {"database", "Data Base", "", "x".repeat(33)}) {
      assertThatThrownBy(() -> health.register(name, () -> null).await(5, SECONDS))
        .satisfies(cause -> assertThat(Failure.of(cause)).isEqualTo(Failure.BAD_REQUEST));
    }
  }

  @Test
  void aPortThatNobodyListensOnIsUnhealthyAndRecovers(Vertx vertx) throws Exception {
    NetServer server = vertx.createNetServer().connectHandler(socket -> { });
    server.listen(0, "127.0.0.1").await(5, SECONDS);
    PortCheck check = new PortCheck(vertx, "0.0.0.0", server.actualPort());

    assertThat(check.look().await(5, SECONDS).status()).isEqualTo(HealthStatus.HEALTHY);
    server.close().await(5, SECONDS);
    // Netty gives the listening socket back at a later turn of its loop; whoever binds the port has seen it.
    bind(server.actualPort()).close();
    assertThat(check.look().await(5, SECONDS).status()).isEqualTo(HealthStatus.UNHEALTHY);
  }

  private static ServerSocket bind(int port) throws IOException {
    for (long end = System.nanoTime() + SECONDS.toNanos(20); ; ) {
      try {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
      } catch (BindException e) {
        assertThat(System.nanoTime()).as("%s", e).isLessThan(end);
      }
    }
  }

  @Test
  void aBlockedEventLoopEndsLivenessUntilItTurnsAgain(Vertx vertx) throws Exception {
    blockALoop(vertx, new JsonObject().put("live_delay_ms", 1_000));
  }

  @Tag("long")
  @Test
  @Timeout(value = 60, timeUnit = SECONDS)
  void soItIsWithTheDefaultsWhenALoopStandsStillForTenSeconds(Vertx vertx) throws Exception {
    long start = System.nanoTime();
    blockALoop(vertx, new JsonObject());
    assertThat(System.nanoTime() - start).isGreaterThan(SECONDS.toNanos(10));
  }

  private static void blockALoop(Vertx vertx, JsonObject settings) throws Exception {
    HealthVerticle health = deploy(vertx, new HealthVerticle("node", options(settings)));
    CountDownLatch release = new CountDownLatch(1);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    check(vertx);
    Context victim = vertx.getOrCreateContext();
    victim.runOnContext(blocked -> {
      try {
        release.await(30, SECONDS);
      } catch (InterruptedException e) {
        failure.set(e);
      }
    });
    await(() -> !health.isAlive());
    assertThat(ready(health)).as("ready").isFalse();
    release.countDown();
    await(health::isAlive);
    await(() -> ready(health));

    assertThat(failure).hasValue(null);
  }

  @Test
  void aLateEventLoopEndsReadinessUntilItIsInTimeAgain(Vertx vertx) throws Exception {
    CompletableFuture<EventLoop> own = new CompletableFuture<>();
    HealthVerticle health = deploy(vertx, new HealthVerticle("node", options(new JsonObject().put("interval_ms", 100)
      .put("loop_delay_degraded_ms", 200).put("loop_delay_unhealthy_ms", 400).put("live_delay_ms", 3_600_000)))
      .lookingAfter("loop", () -> {
        own.complete(((ContextInternal) Vertx.currentContext()).nettyEventLoop());
        return Future.succeededFuture(Finding.healthy("found"));
      }));
    await(() -> ready(health));
    CountDownLatch release = new CountDownLatch(1);
    Context victim = contextBeside(vertx, own.get(5, SECONDS));
    victim.runOnContext(blocked -> assertThatCode(() -> release.await(30, SECONDS)).doesNotThrowAnyException());

    await(() -> !ready(health));
    assertThat(new JsonObject(health.json()).getJsonObject("components").getJsonObject("event_loop")
      .getString("status")).isEqualTo("unhealthy");
    assertThat(health.isAlive()).as("alive").isTrue();
    release.countDown();
    await(() -> ready(health));
  }

  /** A context on another loop than the one on which the checks run. */
  private static Context contextBeside(Vertx vertx, EventLoop taken) {
    Context context = vertx.getOrCreateContext();
    while (((ContextInternal) context).nettyEventLoop() == taken) {
      context = ((VertxInternal) vertx).createEventLoopContext();
    }
    return context;
  }

  @Test
  void anotherActionIsRefused(Vertx vertx) throws Exception {
    deploy(vertx, new HealthVerticle("node", options(new JsonObject())));

    assertThatThrownBy(() -> vertx.eventBus().request(Addresses.HEALTH, new JsonObject().put("action", "reset"))
      .await(5, SECONDS)).satisfies(cause -> assertThat(Failure.of(cause)).isEqualTo(Failure.BAD_REQUEST));
  }

  private static boolean ready(HealthVerticle health) {
    return health.notReadyBecause() == null;
  }

  private static void await(BooleanSupplier holds) {
    long deadline = System.nanoTime() + SECONDS.toNanos(20);
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for 20 s").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  /** Looks only when asked, so that a test knows how often; every figure of this machine is well. */
  private static HealthOptions options(JsonObject changes) {
    JsonObject json = new JsonObject().put("interval_ms", 3_600_000).put("failures", 1).put("successes", 1)
      .put("disk_degraded_percent", 100).put("disk_unhealthy_percent", 100).put("memory_degraded_percent", 100)
      .put("memory_unhealthy_percent", 100).put("loop_delay_degraded_ms", 60_000)
      .put("loop_delay_unhealthy_ms", 60_000);
    return HealthOptions.from(Section.of("health", json.mergeIn(changes)));
  }

  private static HealthVerticle deploy(Vertx vertx, HealthVerticle health) throws Exception {
    vertx.deployVerticle(health).await(5, SECONDS);
    return health;
  }

  private static JsonObject check(Vertx vertx) throws Exception {
    return vertx.eventBus().<JsonObject>request(Addresses.HEALTH, CHECK).await(10, SECONDS).body();
  }

  private static JsonObject component(JsonObject report, String name) {
    return report.getJsonObject("components").getJsonObject(name);
  }
}
