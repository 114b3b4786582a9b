package io.aiconexus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.metrics.MetricsVerticle;
import io.aiconexus.peer.Agent;
import io.aiconexus.peer.Channel;
import io.aiconexus.peer.Link;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Scrapers that ask too often, or too little of what they asked for, while the node works. */
class ScrapeFlowTest {

  private static final int SCRAPES = 50;
  private static final long INTERVAL_MS = 100;
  private static final int PIPELINED = 3_000;
  private static final long PAUSE_MS = 5;
  private static final int BURST = 20;

  private final World world = World.of("loopback", new JsonObject().put("admin", new JsonObject().put("port", 0)));

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void aScrapeEvery100MsDuringLoadIsAnsweredEachTimeAndLosesNoMessage() throws Exception {
    Agent ann = world.host();
    Agent bob = world.host();
    AtomicInteger received = new AtomicInteger();
    World.await(bob.onChannel(channel -> channel.messageHandler(message -> received.incrementAndGet())));
    Link link = World.await(ann.connect(bob.did()));
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger sent = new AtomicInteger();
    Future<?> load = link.channel("data").compose(channel -> send(channel, over, sent));

    List<Future<HttpResponse<String>>> scrapes = new ArrayList<>();
    HttpClient client = HttpClient.newHttpClient();
    for (int i = 0; i < SCRAPES; i++) {
      scrapes.add(Future.fromCompletionStage(client.sendAsync(request(admin()), HttpResponse.BodyHandlers.ofString())));
      World.await(world.vertx.timer(INTERVAL_MS, TimeUnit.MILLISECONDS));
    }
    World.await(Future.all(scrapes));
    over.set(true);
    World.await(load);

    assertThat(scrapes).allSatisfy(scrape -> {
      assertThat(scrape.result().statusCode()).isEqualTo(200);
      assertThat(scrape.result().body()).contains("webrtc_messages_sent_total").endsWith("\n");
    });
    world.until(() -> received.get() == sent.get());
    assertThat(sent.get()).isPositive();
    world.until(() -> scrape(admin()).contains("webrtc_messages_received_total " + (double) sent.get()));
  }

  /** It asks thousands of times on one connection and reads nothing: most of it must not even be written down. */
  @Test
  void aScraperThatStopsReadingHoldsNothingUpAndIsNotFedForEver() throws Exception {
    AtomicInteger answered = new AtomicInteger();
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    MetricsVerticle metrics = new MetricsVerticle("stuck", registry);
    Router router = Router.router(world.vertx);
    router.get().handler(request -> {
      answered.incrementAndGet();
      request.next();
    });
    metrics.routes(router);
    World.await(world.vertx.deployVerticle(metrics));
    int port = World.await(world.vertx.createHttpServer().requestHandler(router).listen(0)).actualPort();
    try (Socket stuck = new Socket()) {
      stuck.setReceiveBufferSize(8 * 1024);
      stuck.connect(new InetSocketAddress("127.0.0.1", port));
      stuck.getOutputStream().write("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".repeat(PIPELINED)
        .getBytes(StandardCharsets.US_ASCII));
      byte[] half = new byte[5_000];
      assertThat(stuck.getInputStream().readNBytes(half, 0, half.length)).isEqualTo(half.length);

      int others = 200;
      for (int i = 0; i < others; i++) {
        assertThat(scrape(port)).endsWith("\n");
      }
      assertThat(answered.get() - others).as("scrapes for the one that does not read").isPositive()
        .isLessThan(PIPELINED / 4);
    }
  }

  /** A burst every few milliseconds until it is over; then succeeds when all of it was taken. */
  private Future<?> send(Channel channel, AtomicBoolean over, AtomicInteger sent) {
    Promise<Void> end = Promise.promise();
    List<Future<Void>> writes = new ArrayList<>();
    world.vertx.setPeriodic(PAUSE_MS, timer -> {
      for (int i = 0; i < BURST; i++) {
        sent.incrementAndGet();
        writes.add(channel.write(Buffer.buffer("load")));
      }
      if (over.get()) {
        world.vertx.cancelTimer(timer);
        Future.all(writes).<Void>mapEmpty().onComplete(end);
      }
    });
    return end.future();
  }

  private int admin() {
    return world.node.adminPort().orElseThrow();
  }

  private static HttpRequest request(int port) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build();
  }

  private static String scrape(int port) {
    try {
      return HttpClient.newHttpClient().send(request(port), HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
