package io.aiconexus.signaling;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiconexus.bus.Addresses;
import io.aiconexus.bus.BusSocket;
import io.aiconexus.bus.Failure;
import io.aiconexus.identity.AgentKey;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class EventBusFlowTest {

  private final AgentKey ann = AgentKey.generate();
  private final AgentKey bob = AgentKey.generate();
  private final BlockingQueue<JsonObject> received = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void anAgentOnTheBusAndOneOnAWebSocketTalk(int instances, Vertx vertx) throws Exception {
    int port = Gateways.start(vertx, new JsonObject(), instances).get(0).port();
    BusSocket annSocket = open(vertx);
    register(annSocket, Addresses.SIGNALING_SESSIONS);
    next("REGISTERED");
    Wire bobWire = Wire.join(vertx, port, bob);

    annSocket.write(Wire.offer(ann, bob.did().toString(), "v=0").encode());
    bobWire.next("OFFER");
    bobWire.send(Wire.offer(bob, ann.did().toString(), "v=1"));

    assertThat(next("OFFER").getJsonObject("payload").getString("sdp")).isEqualTo("v=1");
  }

  @Test
  void anAudienceOfTheWebSocketDoorIsRefusedOnTheBus(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx);
    register(open(vertx), "127.0.0.1:" + port);

    assertThat(next("ERROR").getJsonObject("payload").getString("code")).isEqualTo("INVALID_SIGNATURE");
    assertThat(closed.poll(5, SECONDS)).isEqualTo(4500);
  }

  @Test
  void aFullNodeSaysSoOnTheBusToo(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx, new JsonObject().put("max_sessions", 1));
    Wire.open(vertx, port);

    open(vertx);

    assertThat(next("ERROR").getJsonObject("payload").getBoolean("retryable")).isTrue();
    assertThat(closed.poll(5, SECONDS)).isEqualTo(4006);
  }

  @Test
  void presenceSaysWhoCameAndWent(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx);
    BlockingQueue<JsonObject> presence = new LinkedBlockingQueue<>();
    vertx.eventBus().<JsonObject>consumer(Addresses.PRESENCE, event -> presence.add(event.body())).completion()
      .await(5, SECONDS);

    Wire wire = Wire.join(vertx, port, bob, null, "sum");
    JsonObject joined = presence.poll(5, SECONDS);
    wire.send(Wire.message(bob, wire.gateway, "UNREGISTER", new JsonObject()));
    JsonObject left = presence.poll(5, SECONDS);

    assertThat(joined.getString("event")).isEqualTo("joined");
    assertThat(joined.getString("did")).isEqualTo(bob.did().toString());
    assertThat(joined.getString("node")).isEqualTo("node");
    assertThat(joined.getJsonArray("capabilities")).containsExactly("sum");
    assertThat(left.getString("event")).isEqualTo("left");
    assertThat(left.getLong("epoch")).isEqualTo(joined.getLong("epoch"));
  }

  @Test
  void theEpochGrowsEvenWhenTheAgentWasGoneInBetween(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx);
    Wire first = Wire.join(vertx, port, bob);
    long before = lookup(vertx, bob).getLong("epoch");
    first.send(Wire.message(bob, first.gateway, "UNREGISTER", new JsonObject()));
    first.closeCode();
    Wire.join(vertx, port, bob);

    assertThat(lookup(vertx, bob).getLong("epoch")).isGreaterThan(before);
  }

  @Test
  void anyoneOnTheBusCanLookAgentsUp(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx, new JsonObject(), 2).get(0).port();
    Wire.join(vertx, port, bob, null, "sum");

    assertThat(lookup(vertx, bob).getString("did")).isEqualTo(bob.did().toString());
    assertThat(command(vertx, new JsonObject().put("action", "agents").put("capability", "sum")).getInteger("count"))
      .isEqualTo(1);
    assertThat(command(vertx, new JsonObject().put("action", "agents").put("capability", "no")).getInteger("count"))
      .isZero();
    assertFails(vertx, new JsonObject().put("action", "lookup")
      .put("did", ann.did().toString()), Failure.UNKNOWN_AGENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"action\":1}", "{\"action\":\"lookup\"}", "{\"action\":\"lookup\",\"did\":\"me\"}",
    "{\"action\":\"agents\",\"limit\":0}", "{\"action\":\"agents\",\"limit\":\"1\"}"})
  void aWrongCommandIsNamed(String command, Vertx vertx) throws Exception {
    Gateways.start(vertx);

    assertFails(vertx, new JsonObject(command), Failure.BAD_REQUEST);
  }

  @Test
  void whoIsKickedIsToldAndStaysAway(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx, new JsonObject(), 2).get(0).port();
    Wire wire = Wire.join(vertx, port, bob);

    JsonObject reply = command(vertx, new JsonObject().put("action", "kick").put("did", bob.did().toString()));

    assertThat(reply.getBoolean("kicked")).isTrue();
    wire.nextError("FORBIDDEN");
    assertThat(wire.closeCode()).isEqualTo(4500);
    assertFails(vertx, new JsonObject().put("action", "lookup")
      .put("did", bob.did().toString()), Failure.UNKNOWN_AGENT);
  }

  @Test
  void eventsTellWhatHappened(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx);
    BlockingQueue<JsonObject> events = new LinkedBlockingQueue<>();
    vertx.eventBus().<JsonObject>consumer(Addresses.EVENTS, event -> events.add(event.body())).completion()
      .await(5, SECONDS);
    Wire annWire = Wire.join(vertx, port, ann);
    Wire bobWire = Wire.join(vertx, port, bob);
    for (int i = 0; i < 5; i++) {
      annWire.send(Wire.offer(ann, bob.did().toString(), "v=0"));
      bobWire.next("OFFER");
    }
    annWire.send(Wire.message(ann, annWire.gateway, "UNREGISTER", new JsonObject()));

    assertThat(until(events, "signaling.registered").getBoolean("resumed")).isFalse();
    assertThat(until(events, "signaling.closed").getInteger("code")).isEqualTo(1000);
    JsonObject traffic = until(events, "signaling.traffic");
    assertThat(traffic.getInteger("sessions")).isEqualTo(1);
    assertThat(traffic.getInteger("agents")).isEqualTo(1);
    assertThat(traffic.getJsonArray("delivery_us")).hasSize(5);
    assertThat(traffic.getJsonObject("messages")).isEqualTo(
      new JsonObject().put("OFFER", new JsonObject().put("delivered", 5)));
  }

  private BusSocket open(Vertx vertx) throws Exception {
    return BusSocket.connect(vertx, Addresses.SIGNALING_SESSIONS, socket -> {
      socket.textHandler(text -> received.add(new JsonObject(text)));
      socket.closeHandler(closed::add);
    }).await(5, SECONDS);
  }

  private void register(BusSocket socket, String audience) throws Exception {
    JsonObject challenge = next("CHALLENGE");
    socket.write(Wire.message(ann, challenge.getString("from"), "REGISTER", new JsonObject()
      .put("nonce", challenge.getJsonObject("payload").getString("nonce")).put("audience", audience)
      .put("public_key", ann.did().publicKeyBase58())).encode());
  }

  private JsonObject next(String type) throws Exception {
    JsonObject message = received.poll(5, SECONDS);
    assertThat(message).isNotNull();
    assertThat(message.getString("type")).isEqualTo(type);
    return message;
  }

  private static JsonObject until(BlockingQueue<JsonObject> events, String type) throws Exception {
    JsonObject event = events.poll(5, SECONDS);
    while (event != null && !(event.getString("type").equals(type))) {
      event = events.poll(5, SECONDS);
    }
    assertThat(event).as(type).isNotNull();
    return event;
  }

  private static JsonObject lookup(Vertx vertx, AgentKey key) throws Exception {
    return command(vertx, new JsonObject().put("action", "lookup").put("did", key.did().toString()));
  }

  private static JsonObject command(Vertx vertx, JsonObject command) throws Exception {
    return vertx.eventBus().<JsonObject>request(Addresses.SIGNALING, command).await(5, SECONDS).body();
  }

  private static void assertFails(Vertx vertx, JsonObject command, Failure failure) {
    assertThatThrownBy(() -> command(vertx, command)).isInstanceOfSatisfying(ReplyException.class,
      cause -> assertThat(Failure.of(cause)).isEqualTo(failure));
  }
}
