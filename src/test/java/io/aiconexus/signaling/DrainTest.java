package io.aiconexus.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.CloseCode;
import io.aiconexus.protocol.Envelope;
import io.aiconexus.protocol.Fault;
import io.aiconexus.protocol.MessageType;
import io.aiconexus.protocol.Register;
import io.aiconexus.protocol.Registered;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A drain of one instance under a virtual clock, without Vert.x. */
class DrainTest implements SessionScope.Listener {

  private static final long WINDOW_MS = 10_000;

  private final Did gateway = AgentKey.generate().did();
  private final Did ann = AgentKey.generate().did();
  private final Random random = new Random(1);
  private final Sessions sessions = new Sessions();
  private final List<String> told = new ArrayList<>();
  private long nanos = Long.MAX_VALUE - 1_000_000_000L;
  private final SessionScope scope = new SessionScope(SignalingOptions.DEFAULTS, gateway, () -> nanos, () -> 1,
    new Tally(2_000_000), this);

  @Test
  void agentsAreToldMomentsThatAreSpreadEvenlyOverTheWindow() {
    List<FakeSocket> sockets = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      FakeSocket socket = socket("192.0.2.1");
      join(socket);
      sockets.add(socket);
    }

    drain(false).begin(WINDOW_MS);

    assertThat(sockets).allSatisfy(socket -> assertThat(socket.closed).containsExactly(CloseCode.DRAINING));
    List<Long> moments = sockets.stream().map(DrainTest::reconnectAfter).sorted().toList();
    for (int i = 0; i < moments.size(); i++) {
      assertThat(moments.get(i)).as("moment %d", i).isCloseTo(i * WINDOW_MS / 1_000, within(WINDOW_MS / 1_000));
    }
  }

  @Test
  void aReaderGetsWhatWaitsForItBeforeItIsSentAway() {
    FakeSocket socket = socket("192.0.2.1");
    Session session = join(socket);
    socket.reads = false;
    session.deliver(delivery("a"));
    Drain drain = drain(false);

    drain.begin(WINDOW_MS);
    assertThat(socket.closed).as("a is under way").isEmpty();
    assertThat(drain.count().getLong("left")).isEqualTo(1);
    pass(1_000);
    socket.take(1);
    session.tick();

    assertThat(socket.closed).containsExactly(CloseCode.DRAINING);
    assertThat(socket.written.get(socket.written.size() - 2)).isEqualTo("a");
    assertThat(reconnectAfter(socket)).isBetween(0L, WINDOW_MS - 1_000);
  }

  @Test
  void whoDoesNotReadIsSentAwayAtTheDeadlineAndKeepsWhatWaits() {
    FakeSocket socket = socket("192.0.2.1");
    Session session = join(socket);
    socket.reads = false;
    session.deliver(delivery("a"));

    drain(false).begin(WINDOW_MS);
    pass(WINDOW_MS - 1);
    session.tick();
    assertThat(socket.closed).isEmpty();
    pass(1);
    session.tick();

    assertThat(socket.closed).containsExactly(CloseCode.DRAINING);
    assertThat(reconnectAfter(socket)).isZero();
    socket.die();
    session.onSocketClosed(4001);
    assertThat(session.surrender("token").result()).extracting(Delivery::text).containsExactly("a");
  }

  @Test
  void theResumeWindowBeginsWhenTheAgentMayComeBack() {
    FakeSocket socket = socket("192.0.2.1");
    Session session = join(socket);
    Drain drain = drain(false);
    drain.begin(3_600_000);
    session.onSocketClosed(4001);
    drain.end();
    long away = reconnectAfter(socket);
    assertThat(away).isGreaterThan(60_000);

    pass(away + 29_000);
    session.tick();
    assertThat(session.state()).isEqualTo(SessionState.DETACHED);
    assertThat(session.deliver(delivery("a"))).isEqualTo(Outcome.DELIVERED);
    pass(1_001);
    session.tick();

    assertThat(session.state()).isEqualTo(SessionState.CLOSED);
    assertThat(told).containsExactly("detached", "undelivered a", "gone");
  }

  @Test
  void aStrangerIsSentAwayAtOnce() {
    FakeSocket socket = socket("192.0.2.1");
    Session session = open(socket);
    session.intake().challenge();

    drain(false).begin(WINDOW_MS);

    assertThat(socket.closed).containsExactly(CloseCode.DRAINING);
    assertThat(reconnectAfter(socket)).isBetween(0L, WINDOW_MS);
    assertThat(session.state()).isEqualTo(SessionState.CLOSED);
  }

  @Test
  void whoseRegistrationIsUnderWayIsSentAwayOnceItIsDone() {
    FakeSocket socket = socket("192.0.2.1");
    Session session = open(socket);
    AgentKey key = proves(session, socket);
    Drain drain = drain(false);

    drain.begin(WINDOW_MS);
    assertThat(socket.closed).isEmpty();
    assertThat(drain.count().getLong("left")).isEqualTo(1);
    welcome(session, key.did());
    session.tick();

    assertThat(socket.closed).containsExactly(CloseCode.DRAINING);
  }

  @Test
  void aSessionThatCameJustBeforeTheDoorWasShutIsSentAwayToo() {
    Drain drain = drain(false);
    drain.begin(WINDOW_MS);
    FakeSocket socket = socket("192.0.2.1");

    drain.onLate(join(socket));

    assertThat(socket.closed).containsExactly(CloseCode.DRAINING);
  }

  @Test
  void agentsOfThisProcessHaveNowhereElseToGo() {
    FakeSocket socket = socket(null);
    Session session = join(socket);
    Drain drain = drain(false);

    drain.begin(WINDOW_MS);
    pass(2 * WINDOW_MS);
    session.tick();

    assertThat(socket.closed).isEmpty();
    assertThat(drain.count()).isEqualTo(counts(1, 0, 0));
  }

  @Test
  void inAClusterAgentsOnTheEventBusFindAnotherGateway() {
    FakeSocket socket = socket(null);
    Session session = join(socket);
    Drain drain = drain(true);

    drain.begin(WINDOW_MS);
    session.onSocketClosed(4001);

    assertThat(socket.closed).containsExactly(CloseCode.DRAINING);
    assertThat(drain.count()).as("its queue must reach the other gateway").isEqualTo(counts(0, 1, 1));
    session.surrender("token");
    assertThat(drain.count()).isEqualTo(counts(0, 0, 0));
  }

  @Test
  void withoutAClusterNobodyWaitsForThoseWhoWillComeBackHere() {
    Session session = join(socket("192.0.2.1"));
    Drain drain = drain(false);
    drain.begin(WINDOW_MS);

    session.onSocketClosed(4001);

    assertThat(drain.count()).isEqualTo(counts(0, 1, 0));
  }

  @Test
  void whoHasNotLeftWhenTheDrainEndsStays() {
    FakeSocket socket = socket("192.0.2.1");
    Session session = join(socket);
    socket.reads = false;
    session.deliver(delivery("a"));
    Drain drain = drain(false);
    drain.begin(WINDOW_MS);

    drain.end();
    socket.take(1);
    pass(2 * WINDOW_MS);
    session.tick();

    assertThat(drain.isOn()).isFalse();
    assertThat(socket.closed).isEmpty();
    assertThat(session.state()).isEqualTo(SessionState.REGISTERED);
  }

  @Test
  void anotherDeadlineCountsForThoseWhoHaveNotLeft() {
    FakeSocket socket = socket("192.0.2.1");
    Session session = join(socket);
    socket.reads = false;
    session.deliver(delivery("a"));
    Drain drain = drain(false);
    drain.begin(3_600_000);

    drain.begin(1_000);
    pass(1_000);
    session.tick();

    assertThat(socket.closed).containsExactly(CloseCode.DRAINING);
    drain.begin(1_000);
    assertThat(socket.closed).as("not twice").hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 5_000, 3_600_000})
  void whoKnocksIsToldWhenToComeBack(long window) {
    Drain drain = drain(false);
    drain.begin(window);

    for (int i = 0; i < 100; i++) {
      Problem problem = drain.problem();
      assertThat(problem.status()).isEqualTo(503);
      assertThat(problem.detail()).contains("drains");
      assertThat(problem.retryAfterSeconds()).isBetween(1L, 30L);
    }
  }

  private Drain drain(boolean clustered) {
    return new Drain(sessions, clustered, () -> nanos, random::nextDouble);
  }

  private FakeSocket socket(String address) {
    FakeSocket socket = new FakeSocket(address);
    socket.reads = true;
    return socket;
  }

  private Session open(FakeSocket socket) {
    Session session = new Session(socket, new Proof(Duration.ofSeconds(5), "gw:1"::equals, () -> nanos), scope);
    sessions.opened(session);
    return session;
  }

  private Session join(FakeSocket socket) {
    Session session = open(socket);
    welcome(session, proves(session, socket).did());
    return session;
  }

  private AgentKey proves(Session session, FakeSocket socket) {
    AgentKey key = AgentKey.generate();
    session.intake().challenge();
    String nonce = new JsonObject(socket.written.get(0)).getJsonObject("payload").getString("nonce");
    session.intake().text(Wire.message(key, gateway.toString(), "REGISTER", new JsonObject().put("nonce", nonce)
      .put("audience", "gw:1").put("public_key", key.did().publicKeyBase58())).encode());
    assertThat(session.state()).isEqualTo(SessionState.REGISTERING);
    return key;
  }

  private static void welcome(Session session, Did did) {
    Registered welcome = new Registered("s", "node", "token", 1, false, List.of(), 1, 1, 1);
    session.registered(new Entry(did, "inbox", "node", 1, "s", List.of(), 0), new ResumeToken("token", null), welcome,
      List.of());
  }

  private Delivery delivery(String text) {
    return new Delivery(ann, 1, ann, "id", MessageType.OFFER, text);
  }

  private void pass(long millis) {
    nanos += millis * 1_000_000;
  }

  private static long reconnectAfter(FakeSocket socket) {
    JsonObject last = new JsonObject(socket.written.get(socket.written.size() - 1));
    assertThat(last.getString("type")).isEqualTo("ERROR");
    return last.getJsonObject("payload").getJsonObject("details").getLong("reconnect_after_ms");
  }

  private static JsonObject counts(long open, long resumable, long left) {
    return new JsonObject().put("sessions", open).put("resumable", resumable).put("left", left);
  }

  @Override
  public void proved(Session session, Envelope envelope, Register register) {
    assertThat(session.state()).isEqualTo(SessionState.REGISTERING);
  }

  @Override
  public void route(Envelope envelope) {
    told.add("route");
  }

  @Override
  public void detached(Session session) {
    told.add("detached");
  }

  @Override
  public void ended(Session session, int code) {
    sessions.ended(session);
  }

  @Override
  public void gone(Session session) {
    told.add("gone");
    sessions.gone(session);
  }

  @Override
  public void undelivered(List<Delivery> deliveries) {
    deliveries.forEach(delivery -> told.add("undelivered " + delivery.text()));
  }

  @Override
  public void notProved(Session session, Fault fault) {
    told.add("not proved");
  }
}
