package io.aiconexus.cluster;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiconexus.bus.Addresses;
import io.aiconexus.bus.Failure;
import io.aiconexus.bus.NodePart;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A node whose only part does what the test says. */
@ExtendWith(VertxExtension.class)
class NodeVerticleTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final NodeVerticle node = new NodeVerticle("n1", MINUTE, List.of("part"));
  private volatile int left = 1;
  private Vertx vertx;

  @BeforeEach
  void start(Vertx vertx) throws Exception {
    this.vertx = vertx;
    NodePart.listen(vertx, "n1", "part", window -> told.add("drain " + window), () -> told.add("undrain"),
      () -> new JsonObject().put("sessions", left).put("resumable", 2).put("left", left));
    vertx.deployVerticle(node).await(5, SECONDS);
  }

  @Test
  void aDrainLastsUntilNobodyIsLeft() throws Exception {
    BlockingQueue<JsonObject> events = events();
    Future<Void> drained = node.drain(MINUTE);
    assertThat(events.poll(5, SECONDS).getInteger("left")).isEqualTo(1);
    assertThat(drained.isComplete()).isFalse();

    left = 0;

    drained.await(5, SECONDS);
    assertThat(events.poll(5, SECONDS).getInteger("left")).isZero();
    assertThat(status().getString("state")).as("until it is taken back").isEqualTo("draining");
  }

  @Test
  void aDrainEndsAtItsDeadlineWhoeverIsLeft() throws Exception {
    node.drain(Duration.ofMillis(1)).await(5, SECONDS);

    assertThat(status().getInteger("left")).isEqualTo(1);
    assertThat(status().getLong("deadline_in_ms")).isZero();
  }

  @Test
  void aDrainThatIsTakenBackIsCancelled() throws Exception {
    Future<Void> drained = node.drain(MINUTE);

    node.undrain().await(5, SECONDS);

    assertThatThrownBy(() -> drained.await(5, SECONDS))
      .satisfies(cause -> assertThat(Failure.of(cause)).isEqualTo(Failure.CANCELLED));
    assertThat(told).containsExactly("drain 60000", "undrain");
    assertThat(status()).isEqualTo(new JsonObject().put("node", "n1").put("state", "running").put("sessions", 1L)
      .put("resumable", 2L));
  }

  @Test
  void whoDrainsTwiceWaitsForTheSame() throws Exception {
    Future<Void> first = node.drain(MINUTE);
    Future<Void> second = node.drain(Duration.ofMillis(1));

    second.await(5, SECONDS);
    first.await(5, SECONDS);
    assertThat(told).containsExactly("drain 60000", "drain 1");
    Future<Void> third = node.drain(MINUTE);
    status();
    assertThat(third.isComplete()).as("a new one, since the others are over").isFalse();
  }

  @Test
  void aNodeThatStopsDoesNotLetAnybodyWait() throws Exception {
    Future<Void> drained = node.drain(MINUTE);
    status();

    vertx.undeploy(vertx.deploymentIDs().iterator().next()).await(5, SECONDS);

    assertThatThrownBy(() -> drained.await(5, SECONDS)).hasMessageContaining("the node stops");
  }

  @Test
  void aPartThatIsNotThereIsAFailureAndNotADrain(Vertx other) throws Exception {
    NodeVerticle broken = new NodeVerticle("n2", MINUTE, List.of("nowhere"));
    other.deployVerticle(broken).await(5, SECONDS);

    assertThatThrownBy(() -> broken.drain(MINUTE).await(5, SECONDS))
      .satisfies(cause -> assertThat(Failure.of(cause)).isEqualTo(Failure.UNAVAILABLE));
  }

  private BlockingQueue<JsonObject> events() throws Exception {
    BlockingQueue<JsonObject> events = new LinkedBlockingQueue<>();
    vertx.eventBus().<JsonObject>consumer(Addresses.EVENTS, event -> events.add(event.body())).completion()
      .await(5, SECONDS);
    return events;
  }

  private JsonObject status() throws Exception {
    return vertx.eventBus().<JsonObject>request(Addresses.node("n1"), new JsonObject().put("action", "status"))
      .await(5, SECONDS).body();
  }
}
