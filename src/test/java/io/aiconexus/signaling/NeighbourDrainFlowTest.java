package io.aiconexus.signaling;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.bus.Addresses;
import io.aiconexus.bus.BusSocket;
import io.aiconexus.identity.AgentKey;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two gateways on one event bus, of which one drains. */
@ExtendWith(VertxExtension.class)
@Timeout(60)
class NeighbourDrainFlowTest {

  private static final int CROWD = 8;

  private final AgentKey one = AgentKey.generate();
  private final AgentKey two = AgentKey.generate();
  private Vertx vertx;

  @BeforeEach
  void start(Vertx vertx) throws Exception {
    this.vertx = vertx;
    SignalingOptions options = SignalingOptions.from(new JsonObject().put("port", 0));
    vertx.deployVerticle(new SignalingVerticle(options, "one", one, 0, member -> true)).await(10, SECONDS);
    vertx.deployVerticle(new SignalingVerticle(options, "two", two, 0, member -> true)).await(10, SECONDS);
  }

  @Test
  void agentsOnTheEventBusFindTheOther() throws Exception {
    List<Knock> before = crowd();
    assertThat(before).as("both let agents in").extracting(Knock::gateway)
      .contains(one.did().toString(), two.did().toString());

    tellOne(new JsonObject().put("action", "drain").put("deadline_ms", 1_000));

    for (Knock knock : before) {
      if (knock.gateway().equals(one.did().toString())) {
        assertThat(knock.closed.poll(10, SECONDS)).isEqualTo(4001);
      }
    }
    assertThat(crowd()).extracting(Knock::gateway).containsOnly(two.did().toString());

    tellOne(new JsonObject().put("action", "undrain"));

    assertThat(crowd()).as("both let agents in again").extracting(Knock::gateway)
      .contains(one.did().toString(), two.did().toString());
    assertThat(before).filteredOn(knock -> knock.gateway().equals(two.did().toString()))
      .allSatisfy(knock -> assertThat(knock.closed).isEmpty());
  }

  @Test
  void tellingTwiceIsNoMoreThanTellingOnce() throws Exception {
    tellOne(new JsonObject().put("action", "drain").put("deadline_ms", 1_000));
    tellOne(new JsonObject().put("action", "drain").put("deadline_ms", 2_000));
    tellOne(new JsonObject().put("action", "undrain"));
    tellOne(new JsonObject().put("action", "undrain"));

    assertThat(crowd()).extracting(Knock::gateway).filteredOn(one.did().toString()::equals).hasSize(CROWD / 2);
  }

  private void tellOne(JsonObject word) throws Exception {
    vertx.eventBus().request(Addresses.nodePart("one", "signaling.0"), word).await(10, SECONDS);
  }

  /** So many strangers, who are dealt round to the gateways. */
  private List<Knock> crowd() throws Exception {
    List<Knock> crowd = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      BlockingQueue<String> challenges = new LinkedBlockingQueue<>();
      BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();
      BusSocket.connect(vertx, Addresses.SIGNALING_SESSIONS, socket -> {
        socket.textHandler(text -> challenges.add(new JsonObject(text).getString("from")));
        socket.closeHandler(closed::add);
      }).await(10, SECONDS);
      crowd.add(new Knock(challenges.poll(10, SECONDS), closed));
    }
    return crowd;
  }

  /**
   * Somebody at a gateway's door.
   *
   * @param gateway the DID of the one whose challenge came
   */
  private record Knock(String gateway, BlockingQueue<Integer> closed) { }
}
