package io.aiconexus.signaling;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.bus.Addresses;
import io.aiconexus.identity.AgentKey;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
@Timeout(60)
class ResumeFlowTest {

  private static final int MOVES = 8;

  private final AgentKey ann = AgentKey.generate();
  private final AgentKey bob = AgentKey.generate();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void whatCameMeanwhileIsThereInOrder(int instances, Vertx vertx) throws Exception {
    int port = Gateways.start(vertx, new JsonObject(), instances).get(0).port();
    Wire annWire = Wire.join(vertx, port, ann);
    Wire bobWire = Wire.join(vertx, port, bob);
    drop(vertx, bobWire);

    for (int i = 0; i < 20; i++) {
      annWire.send(Wire.offer(ann, bob.did().toString(), String.valueOf(i)));
    }
    annWire.send(Wire.message(ann, annWire.gateway, "PING", new JsonObject()));
    annWire.next("PONG");
    Wire back = Wire.join(vertx, port, bob, bobWire.registered.getString("resume_token"));

    assertThat(back.registered.getBoolean("resumed")).isTrue();
    assertThat(back.registered.getString("resume_token")).isNotEqualTo(bobWire.registered.getString("resume_token"));
    for (int i = 0; i < 20; i++) {
      assertThat(sdp(back.next("OFFER"))).isEqualTo(String.valueOf(i));
    }
    assertThat(annWire.received).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void nothingIsLostReorderedOrDoubledWhileTheSenderKeepsSending(int instances, Vertx vertx) throws Exception {
    int count = 2_000;
    List<String> got = receiveWhileMoving(vertx, instances, count, wire -> wire.socket.close());

    assertThat(got).isEqualTo(IntStream.range(0, count).mapToObj(String::valueOf).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aConnectionThatBreaksReordersAndDoublesNothing(int instances, Vertx vertx) throws Exception {
    List<String> got = receiveWhileMoving(vertx, instances, 2_000, Wire::cut);

    assertThat(got.stream().map(Integer::valueOf).toList()).isSorted().doesNotHaveDuplicates();
  }

  /** What bob gets, in order, while ann sends {@code count} offers and bob's socket ends eight times. */
  private List<String> receiveWhileMoving(Vertx vertx, int instances, int count, Consumer<Wire> end) throws Exception {
    JsonObject settings = new JsonObject().put("messages_per_second", 100_000).put("burst", 100_000)
      .put("resume_messages", 10_000);
    int port = Gateways.start(vertx, settings, instances).get(0).port();
    Wire annWire = Wire.join(vertx, port, ann);
    Wire now = Wire.join(vertx, port, bob);
    int[] sent = {0};
    // So that, however slow the moves are, there is something under way at each of them.
    AtomicInteger maySend = new AtomicInteger(count / (MOVES + 1));
    vertx.setPeriodic(1, tick -> {
      for (int i = 0; i < 4 && sent[0] < maySend.get(); i++) {
        annWire.socket.writeTextMessage(Wire.offer(ann, bob.did().toString(), String.valueOf(sent[0]++)).encode());
      }
    });
    List<String> got = new ArrayList<>();
    for (int move = 0; move < MOVES; move++) {
      for (int i = 0; i < 100; i++) {
        got.add(sdp(now.next("OFFER")));
      }
      maySend.set(move == MOVES - 1 ? count : maySend.get() + count / (MOVES + 1));
      end.accept(now);
      now.closeCode();
      now.received.forEach(message -> got.add(sdp(message)));
      now = Wire.join(vertx, port, bob, now.registered.getString("resume_token"));
      assertThat(now.registered.getBoolean("resumed")).isTrue();
    }
    while (got.isEmpty() || !got.get(got.size() - 1).equals(String.valueOf(count - 1))) {
      got.add(sdp(now.next("OFFER")));
    }
    assertThat(annWire.received).isEmpty();
    assertThat(now.received).isEmpty();
    return got;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aSessionMovesEvenWhileItsOldSocketStillLives(int instances, Vertx vertx) throws Exception {
    JsonObject settings = new JsonObject().put("messages_per_second", 100_000).put("burst", 100_000)
      .put("resume_messages", 10_000);
    int port = Gateways.start(vertx, settings, instances).get(0).port();
    Wire annWire = Wire.join(vertx, port, ann);
    Wire old = Wire.join(vertx, port, bob);
    int count = 1_000;
    for (int i = 0; i < count; i++) {
      annWire.socket.writeTextMessage(Wire.offer(ann, bob.did().toString(), String.valueOf(i)).encode());
    }

    Wire now = Wire.join(vertx, port, bob, old.registered.getString("resume_token"));
    assertThat(old.closeCode()).isEqualTo(4504);

    assertThat(now.registered.getBoolean("resumed")).isTrue();
    List<String> got = new ArrayList<>();
    old.received.stream().filter(message -> message.getString("type").equals("OFFER"))
      .forEach(message -> got.add(sdp(message)));
    while (got.size() < count) {
      got.add(sdp(now.next("OFFER")));
    }
    assertThat(got).isEqualTo(IntStream.range(0, count).mapToObj(String::valueOf).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aTokenIsGoodOnce(int instances, Vertx vertx) throws Exception {
    int port = Gateways.start(vertx, new JsonObject(), instances).get(0).port();
    Wire first = Wire.join(vertx, port, bob);
    String token = first.registered.getString("resume_token");
    drop(vertx, first);
    Wire second = Wire.join(vertx, port, bob, token);
    assertThat(second.registered.getBoolean("resumed")).isTrue();
    second.send(Wire.message(bob, second.gateway, "PING", new JsonObject()));
    second.next("PONG");
    drop(vertx, second);

    assertThat(Wire.join(vertx, port, bob, token).registered.getBoolean("resumed")).isFalse();
  }

  @Test
  void anotherAgentsTokenIsWorthNothing(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx);
    Wire annWire = Wire.join(vertx, port, ann);
    drop(vertx, annWire);

    assertThat(Wire.join(vertx, port, bob, annWire.registered.getString("resume_token"))
      .registered.getBoolean("resumed"))
      .isFalse();
    assertThat(Wire.join(vertx, port, ann, annWire.registered.getString("resume_token"))
      .registered.getBoolean("resumed"))
      .isTrue();
  }

  @Test
  void whoDoesNotComeBackInTimeIsGoneAndItsSendersAreTold(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx, new JsonObject().put("resume_window_ms", 300));
    Wire annWire = Wire.join(vertx, port, ann);
    Wire bobWire = Wire.join(vertx, port, bob);
    drop(vertx, bobWire);
    JsonObject offer = Wire.offer(ann, bob.did().toString(), "v=0");

    annWire.send(offer);

    JsonObject error = annWire.next("ERROR");
    assertThat(error.getString("correlation_id")).isEqualTo(offer.getString("id"));
    assertThat(error.getJsonObject("payload").getString("code")).isEqualTo("UNKNOWN_AGENT");
    assertThat(Wire.join(vertx, port, bob, bobWire.registered.getString("resume_token"))
      .registered.getBoolean("resumed"))
      .isFalse();
  }

  @Test
  void aFullResumeQueueIsSaid(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx, new JsonObject().put("resume_messages", 3));
    Wire annWire = Wire.join(vertx, port, ann);
    Wire bobWire = Wire.join(vertx, port, bob);
    drop(vertx, bobWire);

    for (int i = 0; i < 4; i++) {
      annWire.send(Wire.offer(ann, bob.did().toString(), "v=" + i));
    }

    assertThat(annWire.nextError("RECIPIENT_OVERLOADED").getBoolean("retryable")).isTrue();
    Wire back = Wire.join(vertx, port, bob, bobWire.registered.getString("resume_token"));
    for (int i = 0; i < 3; i++) {
      assertThat(sdp(back.next("OFFER"))).isEqualTo("v=" + i);
    }
  }

  @Test
  void withoutTheTokenTheQueueIsNotHandedOutAndItsSendersAreTold(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx);
    Wire annWire = Wire.join(vertx, port, ann);
    Wire bobWire = Wire.join(vertx, port, bob);
    drop(vertx, bobWire);
    annWire.send(Wire.offer(ann, bob.did().toString(), "v=0"));
    annWire.send(Wire.message(ann, annWire.gateway, "PING", new JsonObject()));
    annWire.next("PONG");

    Wire back = Wire.join(vertx, port, bob);

    assertThat(back.registered.getBoolean("resumed")).isFalse();
    annWire.nextError("UNKNOWN_AGENT");
    assertThat(back.received).isEmpty();
  }

  @Test
  void ofManyRegistrationsAtOnceExactlyOneSessionSurvives(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx, new JsonObject(), 3).get(0).port();
    List<Wire> wires = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      wires.add(Wire.open(vertx, port));
    }
    for (Wire wire : wires) {
      wire.socket.writeTextMessage(wire.register(bob, "127.0.0.1:" + port, payload -> { }).encode());
    }
    List<Wire> welcomed = new ArrayList<>();
    for (Wire wire : wires) {
      if (wire.next().getString("type").equals("REGISTERED")) {
        welcomed.add(wire);
      }
    }
    Wire annWire = Wire.join(vertx, port, ann);
    annWire.send(Wire.offer(ann, bob.did().toString(), "v=0"));

    while (welcomed.size() > 1) {
      CompletableFuture.anyOf(welcomed.stream().map(wire -> wire.closed).toArray(CompletableFuture[]::new))
        .get(10, SECONDS);
      welcomed.removeIf(wire -> wire.closed.isDone());
    }
    assertThat(welcomed).hasSize(1);
    welcomed.get(0).next("OFFER");
  }

  /** Cuts a connection and waits until the gateway has noticed. */
  private static void drop(Vertx vertx, Wire wire) throws Exception {
    CompletableFuture<Void> noticed = new CompletableFuture<>();
    MessageConsumer<JsonObject> events = vertx.eventBus().consumer(Addresses.EVENTS, event -> {
      if (event.body().getString("type").equals("signaling.detached")) {
        noticed.complete(null);
      }
    });
    events.completion().await(5, SECONDS);
    wire.cut();
    noticed.get(10, SECONDS);
    events.unregister();
  }

  private static String sdp(JsonObject offer) {
    return offer.getJsonObject("payload").getString("sdp");
  }
}
