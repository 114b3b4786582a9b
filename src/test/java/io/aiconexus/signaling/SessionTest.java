package io.aiconexus.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.CloseCode;
import io.aiconexus.protocol.Envelope;
import io.aiconexus.protocol.Fault;
import io.aiconexus.protocol.MessageType;
import io.aiconexus.protocol.Register;
import io.aiconexus.protocol.Registered;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A session under a virtual clock, without Vert.x. */
class SessionTest implements SessionScope.Listener {

  private final AgentKey ann = AgentKey.generate();
  private final Did gateway = AgentKey.generate().did();
  private final FakeSocket socket = new FakeSocket();
  private final List<String> told = new ArrayList<>();
  private final List<Delivery> undelivered = new ArrayList<>();
  private final Tally tally = new Tally(2_000_000);
  private long nanos = 1;
  private final SessionScope scope = new SessionScope(SignalingOptions.DEFAULTS, gateway, () -> nanos,
    () -> nanos / 1_000_000, tally, this);
  private final Session session = new Session(socket, new Proof(Duration.ofSeconds(5), "gw:1"::equals, () -> nanos),
    scope);

  @Test
  void theChallengeExpires() {
    session.intake().challenge();
    String register = register();
    pass(5.1);

    session.intake().text(register);

    assertThat(lastError()).isEqualTo("INVALID_SIGNATURE");
    assertThat(socket.closed).containsExactly(CloseCode.NOT_AUTHENTICATED);
    assertThat(told).containsExactly("not proved", "ended 4500");
  }

  @Test
  void registerIsAwaitedFiveSecondsAndNotLonger() {
    session.intake().challenge();
    pass(4.9);
    session.tick();
    assertThat(socket.closed).isEmpty();

    pass(0.1);
    session.tick();

    assertThat(socket.closed).containsExactly(CloseCode.REGISTER_TIMEOUT);
    assertThat(told).containsExactly("ended 4503");
    session.onSocketClosed(4503);
    assertThat(told).containsExactly("ended 4503", "gone");
  }

  @Test
  void whoSendsBeforeTheWelcomeIsNotRegistered() {
    session.intake().challenge();
    session.intake().text(register());

    session.intake().text(Wire.offer(ann, gateway.toString(), "v=0").encode());

    assertThat(lastError()).isEqualTo("NOT_REGISTERED");
    assertThat(socket.closed).containsExactly(CloseCode.NOT_AUTHENTICATED);
  }

  @Test
  void aPongInTimeKeepsTheSession() {
    join();
    for (int beat = 0; beat < 100; beat++) {
      pass(25);
      session.tick();
      session.onPong();
    }

    assertThat(socket.pings).isEqualTo(100);
    assertThat(socket.closed).isEmpty();
  }

  @Test
  void twoMissedPongsDetachTheSession() {
    join();
    for (int beat = 0; beat < 3; beat++) {
      pass(25);
      session.tick();
    }

    assertThat(socket.pings).isEqualTo(2);
    assertThat(lastError()).isEqualTo("TIMEOUT");
    assertThat(socket.closed).containsExactly(CloseCode.HEARTBEAT_LOST);
    session.onSocketClosed(1006);
    assertThat(session.state()).isEqualTo(SessionState.DETACHED);
  }

  @Test
  void aSocketThatDoesNotCloseIsDropped() {
    join();
    session.close(CloseCode.SLOW_READER, null);
    pass(1.9);
    session.tick();
    assertThat(socket.aborts).isZero();

    pass(0.1);
    session.tick();

    assertThat(socket.aborts).isEqualTo(1);
  }

  @Test
  void aDetachedSessionEndsWithItsWindowAndGivesBackWhatWaits() {
    join();
    session.onSocketClosed(1006);
    session.deliver(delivery("a"));
    pass(29.9);
    session.tick();
    assertThat(session.state()).isEqualTo(SessionState.DETACHED);

    pass(0.1);
    session.tick();

    assertThat(told).containsExactly("detached", "ended 1001", "gone");
    assertThat(undelivered).extracting(Delivery::text).containsExactly("a");
    assertThat(session.deliver(delivery("b"))).isEqualTo(Outcome.MOVED);
  }

  @Test
  void aNewerSessionWithTheTokenGetsWhatNeverLeftInOrder() {
    join();
    session.deliver(delivery("a"));
    session.deliver(delivery("b"));
    socket.take(1);
    socket.die();
    session.onSocketClosed(1006);
    session.deliver(delivery("c"));

    Future<List<Delivery>> queue = session.surrender("token");

    assertThat(queue.result()).extracting(Delivery::text).containsExactly("b", "c");
    assertThat(undelivered).isEmpty();
    assertThat(tally.sum()).isZero();
  }

  @Test
  void aLivingSocketIsClosedFirstAndThenGivesUpWhatItDidNotTake() {
    join();
    session.deliver(delivery("a"));

    Future<List<Delivery>> queue = session.surrender("token");

    assertThat(queue.isComplete()).isFalse();
    assertThat(session.deliver(delivery("b"))).isEqualTo(Outcome.MOVED);
    pass(0.5);
    session.tick();
    assertThat(socket.aborts).isEqualTo(1);
    socket.die();
    session.onSocketClosed(1006);
    assertThat(queue.result()).extracting(Delivery::text).containsExactly("a");
  }

  @Test
  void withoutTheTokenNothingIsGivenUpAndSendersAreTold() {
    join();
    session.onSocketClosed(1006);
    session.deliver(delivery("a"));

    assertThat(session.surrender("other").result()).isNull();
    assertThat(undelivered).extracting(Delivery::text).containsExactly("a");
  }

  @Test
  void aWelcomeThatDiedWithItsSocketLeavesTheOldTokenGood() {
    register(new ResumeToken("fresh", "old"));
    socket.die();
    session.onSocketClosed(1006);

    assertThat(session.surrender("old").result()).isNotNull();
  }

  @Test
  void aWelcomeThatArrivedMakesTheOldTokenWorthless() {
    register(new ResumeToken("fresh", "old"));
    socket.take(2);
    session.onSocketClosed(1006);

    assertThat(session.surrender("old").result()).isNull();
  }

  @Test
  void aSlowReaderIsLetGoAtItsLimit() {
    join();
    Delivery big = delivery("x".repeat(100_000));
    int taken = 0;
    while (session.deliver(big) == Outcome.DELIVERED) {
      taken++;
    }

    assertThat(taken).isEqualTo(10);
    assertThat(socket.closed).containsExactly(CloseCode.SLOW_READER);
    assertThat(lastError()).isEqualTo("RECIPIENT_OVERLOADED");
  }

  @Test
  void whenAllOutboxesTogetherAreFullOnlyEmptyOnesGetMore() {
    join();
    tally.add(2_000_000);

    assertThat(session.deliver(delivery("a"))).isEqualTo(Outcome.DELIVERED);
    assertThat(session.deliver(delivery("b"))).isEqualTo(Outcome.OVERLOADED);
    assertThat(socket.closed).isEmpty();
  }

  private void join() {
    register(new ResumeToken("token", null));
    socket.take(2);
  }

  private void register(ResumeToken token) {
    session.intake().challenge();
    session.intake().text(register());
    Registered welcome = new Registered("s", "node", token.fresh(), 1, false, List.of(), 1, 1, 1);
    session.registered(new Entry(ann.did(), "inbox", "node", 1, "s", List.of(), 0), token, welcome, List.of());
  }

  private String register() {
    String nonce = new JsonObject(socket.written.get(0)).getJsonObject("payload").getString("nonce");
    return Wire.message(ann, gateway.toString(), "REGISTER", new JsonObject().put("nonce", nonce)
      .put("audience", "gw:1")
      .put("public_key", ann.did().publicKeyBase58())).encode();
  }

  private Delivery delivery(String text) {
    return new Delivery(ann.did(), 1, gateway, "id", MessageType.OFFER, text);
  }

  private String lastError() {
    JsonObject last = new JsonObject(socket.written.get(socket.written.size() - 1));
    assertThat(last.getString("type")).isEqualTo("ERROR");
    return last.getJsonObject("payload").getString("code");
  }

  private void pass(double seconds) {
    nanos += (long) (seconds * 1e9);
  }

  @Override
  public void proved(Session itself, Envelope envelope, Register register) {
    assertThat(envelope.from()).isEqualTo(ann.did());
  }

  @Override
  public void route(Envelope envelope) {
    told.add("route " + envelope.id());
  }

  @Override
  public void detached(Session itself) {
    told.add("detached");
  }

  @Override
  public void ended(Session itself, int code) {
    told.add("ended " + code);
  }

  @Override
  public void gone(Session itself) {
    told.add("gone");
  }

  @Override
  public void undelivered(List<Delivery> deliveries) {
    undelivered.addAll(deliveries);
  }

  @Override
  public void notProved(Session itself, Fault fault) {
    told.add("not proved");
  }
}
