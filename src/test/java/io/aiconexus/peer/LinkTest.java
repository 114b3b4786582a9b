package io.aiconexus.peer;

import static io.aiconexus.peer.LinkState.CLOSED;
import static io.aiconexus.peer.LinkState.CONNECTED;
import static io.aiconexus.peer.LinkState.CONNECTING;
import static io.aiconexus.peer.LinkState.DISCONNECTED;
import static io.aiconexus.peer.LinkState.FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.Answer;
import io.aiconexus.protocol.Bye;
import io.aiconexus.protocol.Offer;
import io.aiconexus.webrtc.ConnectionState;
import io.aiconexus.webrtc.DataChannelOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a link moves from state to state; what it makes of the other end's messages has {@link LinkSignalingTest}. */
class LinkTest {

  private static final long TIMEOUT_MS = 5_000;
  private static final Did REMOTE = AgentKey.generate().did();

  private final ScriptedOwner owner = new ScriptedOwner(AgentKey.generate().did());
  private final Link link = new Link(REMOTE, owner);

  @Test
  void aConnectMakesTheChannelsThenOffersThenIsUpWhenAllAreOpen() {
    Future<Link> connecting = connect("ioap", "data");
    assertThat(owner.connection().asked).containsExactly("channel ioap", "channel data", "local OFFER");
    assertThat(link.state()).isEqualTo(CONNECTING);

    answer();
    owner.connection().events.onConnectionState(ConnectionState.CONNECTED);
    owner.connection().channels.get("ioap").open();
    assertThat(owner.usable).containsExactly(link);
    assertThat(connecting.isComplete()).as("one channel is not open yet").isFalse();
    owner.connection().channels.get("data").open();

    assertThat(connecting.result()).isSameAs(link);
    assertThat(owner.states).containsExactly(CONNECTING, CONNECTED);
    assertThat(owner.time.pending()).as("timers of a link that is up").isZero();
  }

  @Test
  void anOpenChannelAloneIsNoConnection() {
    Future<Link> connecting = connect("ioap");
    answer();

    owner.connection().channels.get("ioap").open();
    assertThat(owner.usable).isEmpty();
    owner.connection().events.onConnectionState(ConnectionState.CONNECTED);

    assertThat(connecting.succeeded()).isTrue();
    assertThat(owner.usable).containsExactly(link);
  }

  @Test
  void aSecondConnectSharesTheFirst() {
    Future<Link> first = connect("ioap");
    Future<Link> second = connect("ioap");

    up();

    assertThat(first.result()).isSameAs(second.result());
    assertThat(owner.connections).hasSize(1);
    assertThat(connect("ioap").succeeded()).as("once it is up").isTrue();
  }

  @Test
  void aConnectThatTakesTooLongFailsTheLinkAndTellsTheOtherEnd() {
    Future<Link> connecting = connect("ioap");
    String connectionId = link.connectionId();

    owner.time.advance(TIMEOUT_MS - 1);
    assertThat(connecting.isComplete()).isFalse();
    owner.time.advance(1);

    assertThat(Failure.of(connecting.cause())).isEqualTo(Failure.TIMEOUT);
    assertThat(connecting.cause()).hasMessage("no connection to " + REMOTE + " within 5000 ms");
    assertThat(owner.states).containsExactly(CONNECTING, FAILED, CLOSED);
    assertThat(owner.signals).endsWith(new Bye(connectionId, null));
    assertThat(owner.connection().asked).endsWith("close");
    assertThat(owner.ended).containsExactly(link);
    assertThat(owner.time.pending()).isZero();
  }

  @Test
  void aConnectWithLessTimeEndsAloneAndOneWithMoreProlongs() {
    Future<Link> first = connect("ioap");
    Future<Link> patient = link.connect(2 * TIMEOUT_MS, wanted("ioap"));
    Future<Link> hasty = link.connect(100, wanted("ioap"));

    owner.time.advance(100);
    assertThat(Failure.of(hasty.cause())).isEqualTo(Failure.TIMEOUT);
    assertThat(link.state()).isEqualTo(CONNECTING);
    owner.time.advance(TIMEOUT_MS);
    assertThat(Failure.of(first.cause())).isEqualTo(Failure.TIMEOUT);
    assertThat(link.state()).isEqualTo(CONNECTING);
    up();

    assertThat(patient.succeeded()).isTrue();
    owner.time.advance(10 * TIMEOUT_MS);
    assertThat(link.state()).isEqualTo(CONNECTED);
  }

  @Test
  void withoutAnEngineThereIsNoLink() {
    owner.breakEngine();

    Future<Link> connecting = connect("ioap");

    assertThat(Failure.of(connecting.cause())).isEqualTo(Failure.ENGINE_UNAVAILABLE);
    assertThat(owner.states).containsExactly(CONNECTING, FAILED, CLOSED);
    assertThat(owner.signals).as("nobody heard of it").isEmpty();
  }

  @Test
  void aConnectionThatComesAfterTheEndIsClosedAgain() {
    Promise<Void> ready = owner.slowEngine();
    Future<Link> connecting = connect("ioap");
    link.close();
    assertThat(Failure.of(connecting.cause())).isEqualTo(Failure.CANCELLED);

    ready.complete();

    assertThat(owner.connection().asked).containsExactly("close");
    assertThat(owner.signals).isEmpty();
    assertThat(owner.states).containsExactly(CONNECTING, CLOSED);
  }

  @Test
  void aPathThatIsLostMayComeBack() {
    connect("ioap");
    up();

    owner.connection().events.onConnectionState(ConnectionState.DISCONNECTED);
    owner.connection().events.onConnectionState(ConnectionState.CONNECTED);

    assertThat(owner.states).containsExactly(CONNECTING, CONNECTED, DISCONNECTED, CONNECTED);
    assertThat(owner.usable).as("it was usable all along").hasSize(1);
    assertThat(owner.events).filteredOn(event -> event.containsKey("connect_us")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAILED", "CLOSED"})
  void aConnectionThatIsOverEndsTheLinkAndItsChannels(String state) {
    connect("ioap");
    up();
    Channel channel = link.protocolChannel().orElseThrow();

    owner.connection().events.onConnectionState(ConnectionState.valueOf(state));

    assertThat(owner.states).endsWith(FAILED, CLOSED);
    assertThat(channel.isOpen()).isFalse();
    assertThat(link.protocolChannel()).isEmpty();
    assertThat(Failure.of(link.stats().cause())).isEqualTo(Failure.NOT_CONNECTED);
    assertThat(reasons()).containsOnly("CONNECT_FAILED");
  }

  @Test
  void closingEndsItOnceForAll() {
    connect("ioap");
    up();
    String connectionId = link.connectionId();

    assertThat(link.close().succeeded()).isTrue();
    assertThat(link.close().succeeded()).isTrue();

    assertThat(owner.states).containsExactly(CONNECTING, CONNECTED, CLOSED);
    assertThat(owner.signals).filteredOn(Bye.class::isInstance).containsExactly(new Bye(connectionId, null));
    assertThat(owner.ended).hasSize(1);
    assertThat(reasons()).containsExactly("CANCELLED");
  }

  @Test
  void closingWhileItConnectsLeavesNothingThatRunsLater() {
    Future<Link> connecting = connect("ioap");
    owner.time.advance(10);

    link.close();

    assertThat(Failure.of(connecting.cause())).isEqualTo(Failure.CANCELLED);
    assertThat(owner.time.pending()).isZero();
  }

  @Test
  void whatHappensToAConnectionAfterItsLinkChangesNothing() {
    connect("ioap");
    up();
    link.close();
    int states = owner.states.size();

    for (ConnectionState state : ConnectionState.values()) {
      owner.connection().events.onConnectionState(state);
    }
    link.onRefused(Failure.UNKNOWN_AGENT.because("as a test does"));
    link.failed(Failure.TIMEOUT.because("as a test does"));

    assertThat(owner.states).hasSize(states);
    assertThat(link.state()).isEqualTo(CLOSED);
  }

  @Test
  void whoHearsOfTheEndFindsTheLinkGone() {
    Future<Link> connecting = connect("ioap");
    Promise<Integer> endedThen = Promise.promise();
    connecting.onFailure(cause -> endedThen.complete(owner.ended.size()));

    link.close();

    assertThat(endedThen.future().result()).isEqualTo(1);
  }

  @Test
  void theToolkitsOwnChannelIsNotForApplications() {
    connect("ioap");
    up();

    assertThat(Failure.of(link.channel("ioap").cause())).isEqualTo(Failure.BAD_REQUEST);
    assertThat(owner.connection().asked).filteredOn("channel ioap"::equals).hasSize(1);
  }

  @Test
  void itDescribesItselfAtEveryMoment() {
    assertThat(link.describe()).isEqualTo(new JsonObject("""
      {"remote": "%s", "state": "new", "connection_id": null, "max_message_bytes": 0, "channels": []}"""
      .formatted(REMOTE)));
    connect("ioap");
    up();

    assertThat(link.describe()).isEqualTo(new JsonObject("""
      {"remote": "%s", "state": "connected", "connection_id": "%s", "max_message_bytes": 65536,
       "channels": [{"label": "ioap", "open": true}]}""".formatted(REMOTE, link.connectionId())));
  }

  private Future<Link> connect(String... labels) {
    return link.connect(TIMEOUT_MS, wanted(labels));
  }

  private static Map<String, DataChannelOptions> wanted(String... labels) {
    Map<String, DataChannelOptions> wanted = new LinkedHashMap<>();
    for (String label : labels) {
      wanted.put(label, DataChannelOptions.DEFAULTS);
    }
    return wanted;
  }

  private void answer() {
    owner.time.advance(10);
    assertThat(owner.signals).hasOnlyElementsOfType(Offer.class);
    link.signaling().onAnswer(new Answer(link.connectionId(), "theirs"));
  }

  /** The other end answers, and everything opens. */
  private void up() {
    answer();
    owner.connection().events.onConnectionState(ConnectionState.CONNECTED);
    owner.connection().channels.values().forEach(ScriptedChannel::open);
  }

  private Iterable<String> reasons() {
    return owner.events.stream().filter(event -> event.containsKey("reason")).map(event -> event.getString("reason"))
      .toList();
  }
}
