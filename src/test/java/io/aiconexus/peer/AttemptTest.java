package io.aiconexus.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.IceServer;
import io.aiconexus.webrtc.IceConnectionState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptTest {

  private static final Did BOB = AgentKey.ofSeed(new byte[32]).did();
  private static final String HOST = "candidate:1 1 udp 2130706431 192.0.2.77 50000 typ host ufrag abcd";
  private static final String RELAY = "candidate:2 1 UDP 41885439 2001:db8::77 50001 typ relay raddr 192.0.2.1 rport 9";
  private static final IceServer TURN =
    new IceServer(List.of("turn:turn.example", "turns:turn.example"), "1700000000:abc", "hush hush");

  private long nanos;
  private final Attempt attempt = new Attempt(BOB, false, () -> nanos);

  @Test
  void eachPhaseTakesTheTimeUntilTheNextOne() {
    after(2_000);
    attempt.reach(ConnectPhase.SIGNALING);
    after(30_000);
    attempt.reach(ConnectPhase.ICE);
    attempt.reach(ConnectPhase.SIGNALING);
    after(500_000);
    attempt.ice(IceConnectionState.CONNECTED);
    after(7_000);

    assertThat(report().toJson().getJsonObject("phases_us")).isEqualTo(new JsonObject().put("engine", 2_000L)
      .put("signaling", 30_000L).put("ice", 500_000L).put("dtls", 7_000L));
    assertThat(report().phase()).isEqualTo(ConnectPhase.DTLS);
  }

  @Test
  void aPhaseThatWasPassedOverIsAbsent() {
    after(5);
    attempt.ice(IceConnectionState.COMPLETED);

    assertThat(report().micros()).containsOnlyKeys(ConnectPhase.ENGINE, ConnectPhase.DTLS);
  }

  @Test
  void candidatesAreToldByTheirTypesAlone() {
    attempt.foundHere(HOST);
    attempt.foundHere("a=" + HOST);
    attempt.foundThere("v=0\r\na=ice-pwd:hush hush\r\na=" + HOST + "\r\na=" + RELAY + "\r\n");

    ConnectReport report = report();

    assertThat(report.localCandidates()).containsExactly("host");
    assertThat(report.remoteCandidates()).containsExactly("host", "relay");
    assertThat(report.toJson().encode() + report).doesNotContain("192.0.2", "2001:db8", "hush", "candidate:");
  }

  @Test
  void aServerThatDidNotFailUntilTheEndHasAnswered() {
    attempt.gathers(List.of(TURN));
    attempt.serverFailed("turn:turn.example:3478?transport=udp", 401, "Unauthorized");
    assertThat(servers()).containsExactly("turn:turn.example failed 401", "turns:turn.example asked null");

    attempt.foundAllHere();

    assertThat(servers()).containsExactly("turn:turn.example failed 401", "turns:turn.example answered null");
    assertThat(report().toJson().encode() + report()).doesNotContain("hush", "1700000000");
  }

  @Test
  void aNewGatheringForgetsTheAnswersOfTheOneBefore() {
    attempt.gathers(List.of(TURN));
    attempt.serverFailed("turn:turn.example", 401, "Unauthorized");
    attempt.foundHere(HOST);

    attempt.gathers(List.of(TURN));

    assertThat(servers()).containsExactly("turn:turn.example asked null", "turns:turn.example asked null");
    assertThat(report().localCandidates()).isEmpty();
  }

  @Test
  void neitherServersNorCandidatesOfAStrangerFillTheMemory() {
    for (int i = 0; i < 1_000; i++) {
      attempt.serverFailed("turn:turn" + i + ".example", 401, "x".repeat(10_000));
      attempt.foundThere("candidate:1 1 udp 1 192.0.2." + i % 256 + " " + i + " typ host");
    }

    assertThat(report().servers()).hasSize(64);
    assertThat(report().toJson().encode()).hasSizeLessThan(64 * 300);
  }

  @Test
  void whatAStrangerSaysStaysInOneLine() {
    ConnectReport report = attempt.report(Failure.CONNECT_FAILED.because("the other end says: x\n12:00 ERROR y"), null);

    assertThat(report.reason()).isEqualTo("the other end says: x?12:00 ERROR y");
  }

  @Test
  void theFailureKeepsItsCodeAndGetsTheVerdict() {
    attempt.reach(ConnectPhase.SIGNALING);
    RuntimeException cause = Failure.UNKNOWN_AGENT.because("nobody");

    Throwable told = Attempt.explained(cause, attempt.report(cause, null));

    assertThat(Failure.of(told)).isEqualTo(Failure.UNKNOWN_AGENT);
    assertThat(told).hasMessage("nobody (PEER_ABSENT: the other agent is registered nowhere in the cluster)");
  }

  @Test
  void theReportOfAnAgentIsKeptUntilItIsReachedAndNotOfTooMany() {
    FailedAttempts failures = new FailedAttempts();
    failures.add(report());
    assertThat(failures.of(BOB)).isPresent();
    failures.forget(BOB);
    assertThat(failures.of(BOB)).isEmpty();

    for (int i = 0; i <= FailedAttempts.AGENTS_MAX; i++) {
      byte[] seed = new byte[32];
      seed[0] = (byte) i;
      failures.add(new Attempt(AgentKey.ofSeed(seed).did(), false, () -> 0).report(Failure.TIMEOUT.because("x"), null));
    }
    assertThat(failures.all()).hasSize(FailedAttempts.AGENTS_MAX);
    assertThat(failures.of(BOB)).as("the oldest went").isEmpty();
  }

  private void after(long micros) {
    nanos += micros * 1_000;
  }

  private ConnectReport report() {
    return attempt.report(Failure.TIMEOUT.because("too late"), null);
  }

  private List<String> servers() {
    JsonArray servers = report().toJson().getJsonArray("ice_servers");
    return servers.stream().map(JsonObject.class::cast)
      .map(server -> server.getString("url") + " " + server.getString("state") + " " + server.getValue("code"))
      .toList();
  }
}
