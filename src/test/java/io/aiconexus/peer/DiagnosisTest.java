package io.aiconexus.peer;

import static io.aiconexus.peer.ConnectVerdict.DTLS_FAILED;
import static io.aiconexus.peer.ConnectVerdict.ENGINE_UNAVAILABLE;
import static io.aiconexus.peer.ConnectVerdict.FINGERPRINT_MISMATCH;
import static io.aiconexus.peer.ConnectVerdict.ICE_TIMEOUT;
import static io.aiconexus.peer.ConnectVerdict.NO_COMMON_CANDIDATES;
import static io.aiconexus.peer.ConnectVerdict.NO_LOCAL_CANDIDATES;
import static io.aiconexus.peer.ConnectVerdict.PEER_ABSENT;
import static io.aiconexus.peer.ConnectVerdict.PEER_REFUSED;
import static io.aiconexus.peer.ConnectVerdict.PEER_SILENT;
import static io.aiconexus.peer.ConnectVerdict.SIGNALING_LOST;
import static io.aiconexus.peer.ConnectVerdict.TURN_AUTH;
import static io.aiconexus.peer.ConnectVerdict.TURN_UNREACHABLE;
import static io.aiconexus.peer.ConnectVerdict.UDP_BLOCKED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.aiconexus.bus.Failure;
import io.aiconexus.webrtc.ConnectionStats;
import io.aiconexus.webrtc.ErrorDetail;
import io.aiconexus.webrtc.IceChecks;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each verdict from the facts that lead to it, and the facts that look like it and are not. */
class DiagnosisTest {

  private static final CandidateKind HOST = new CandidateKind("host", "udp", "", 4);
  private static final CandidateKind HOST6 = new CandidateKind("host", "udp", "", 6);
  private static final CandidateKind RELAY = new CandidateKind("relay", "udp", "", 4);
  private static final CandidateKind HIDDEN = new CandidateKind("host", "udp", "", 0);
  private static final CandidateKind ACTIVE = CandidateKind.in(
    "candidate:1 1 tcp 1675624447 192.0.2.1 9 typ host tcptype active generation 0").findFirst().orElseThrow();
  private static final CandidateKind PASSIVE = CandidateKind.in(
    "candidate:1 1 TCP 1518280447 192.0.2.2 4711 typ host tcptype passive").findFirst().orElseThrow();
  private static final ServerAnswer STUN = ServerAnswer.asked("stun:stun.example");
  private static final ServerAnswer TURN = ServerAnswer.asked("turn:turn.example");
  private static final ServerAnswer TURN_TCP = ServerAnswer.asked("turn:turn.example?transport=tcp");

  static Stream<Arguments> cases() {
    return Stream.of(
      arguments("no engine", ENGINE_UNAVAILABLE, at(ConnectPhase.ENGINE).failure(Failure.ENGINE_UNAVAILABLE)),
      arguments("the engine is full", ENGINE_UNAVAILABLE, at(ConnectPhase.ENGINE).failure(Failure.OVERLOADED)),

      arguments("nobody of that name", PEER_ABSENT, at(ConnectPhase.SIGNALING).failure(Failure.UNKNOWN_AGENT)),
      arguments("no answer", PEER_SILENT, at(ConnectPhase.SIGNALING).left()),
      arguments("the offer never left", SIGNALING_LOST, at(ConnectPhase.SIGNALING)),
      arguments("the gateway is gone", SIGNALING_LOST,
        at(ConnectPhase.SIGNALING).failure(Failure.SIGNALING_UNAVAILABLE)),
      arguments("it does not want to", PEER_REFUSED,
        at(ConnectPhase.SIGNALING).left().failure(Failure.CONNECTION_REFUSED)),
      arguments("the other end said BYE", PEER_REFUSED,
        at(ConnectPhase.SIGNALING).left().failure(Failure.CONNECT_FAILED)),
      arguments("the channels never opened", PEER_SILENT, at(ConnectPhase.CHANNEL)),

      arguments("our offer was changed on its way", FINGERPRINT_MISMATCH,
        at(ConnectPhase.SIGNALING).left().failure(Failure.INVALID_SIGNATURE)),
      arguments("the answer was changed on its way", FINGERPRINT_MISMATCH, at(ConnectPhase.SIGNALING).left().forged()),
      arguments("a forged answer came before the real one", ICE_TIMEOUT, at(ConnectPhase.ICE).forged().heard()),
      arguments("another certificate", FINGERPRINT_MISMATCH,
        at(ConnectPhase.DTLS).error(ErrorDetail.FINGERPRINT_FAILURE)),

      arguments("no interface", NO_LOCAL_CANDIDATES, at(ConnectPhase.ICE).local()),
      arguments("no interface, before any answer", NO_LOCAL_CANDIDATES,
        at(ConnectPhase.SIGNALING).local().gathered().failure(Failure.CONNECT_FAILED)),
      arguments("only relays, and no server", NO_LOCAL_CANDIDATES,
        at(ConnectPhase.SIGNALING).relayOnly().local().gathered().failure(Failure.CONNECT_FAILED)),
      arguments("no interface, and so no TURN", NO_LOCAL_CANDIDATES,
        at(ConnectPhase.ICE).local().servers(TURN.failed(701, "timed out"))),
      arguments("still gathering, no answer", PEER_SILENT, at(ConnectPhase.SIGNALING).local().left()),

      arguments("IPv4 here, IPv6 there", NO_COMMON_CANDIDATES, at(ConnectPhase.ICE).remote(HOST6)),
      arguments("TCP there", NO_COMMON_CANDIDATES, at(ConnectPhase.ICE).remote(PASSIVE)),
      arguments("who connects at both ends", NO_COMMON_CANDIDATES, at(ConnectPhase.ICE).local(ACTIVE).remote(ACTIVE)),
      arguments("who connects here, who listens there", UDP_BLOCKED,
        at(ConnectPhase.ICE).local(ACTIVE).remote(PASSIVE)),
      arguments("nothing there", NO_COMMON_CANDIDATES, at(ConnectPhase.ICE).remote()),
      arguments("a name there may be of either family", UDP_BLOCKED, at(ConnectPhase.ICE).remote(HIDDEN)),

      arguments("nothing came back, and there was no server to ask", UDP_BLOCKED, at(ConnectPhase.ICE)),
      arguments("nothing came back, from STUN neither", UDP_BLOCKED, at(ConnectPhase.ICE).servers(STUN)),
      arguments("nothing came back from two machines", UDP_BLOCKED,
        at(ConnectPhase.ICE).servers(STUN.failed(701, "timed out"), TURN)),
      arguments("STUN answered", ICE_TIMEOUT, at(ConnectPhase.ICE).servers(STUN.answered())),
      arguments("STUN is misspelt", ICE_TIMEOUT, at(ConnectPhase.ICE).servers(STUN.failed(701, "cannot be resolved"))),
      arguments("the other end was heard", ICE_TIMEOUT, at(ConnectPhase.ICE).heard()),
      arguments("the relay did not help", ICE_TIMEOUT,
        at(ConnectPhase.ICE).local(HOST, RELAY).servers(TURN.answered())),

      arguments("TURN refuses the password", TURN_AUTH, at(ConnectPhase.ICE).servers(TURN.failed(401, "Unauthorized"))),
      arguments("only relays, and TURN refuses", TURN_AUTH, at(ConnectPhase.SIGNALING).relayOnly().local().gathered()
        .servers(TURN.failed(401, "Unauthorized")).failure(Failure.CONNECT_FAILED)),
      arguments("TURN over TCP refuses", TURN_AUTH, at(ConnectPhase.ICE).servers(TURN_TCP.failed(401, "Unauthorized"))),

      arguments("the one TURN server is down", TURN_UNREACHABLE, at(ConnectPhase.ICE).servers(TURN.failed(701, "no"))),
      arguments("TURN and STUN on one machine that is down", TURN_UNREACHABLE,
        at(ConnectPhase.ICE).servers(ServerAnswer.asked("stun:turn.example"), TURN)),
      arguments("TURN is slow", TURN_UNREACHABLE, at(ConnectPhase.ICE).servers(STUN.answered(), TURN)),
      arguments("TURN is full", TURN_UNREACHABLE,
        at(ConnectPhase.ICE).servers(TURN.failed(486, "Allocation Quota Reached"))),
      arguments("TURN over TCP cannot be reached", TURN_UNREACHABLE, at(ConnectPhase.ICE).servers(TURN_TCP)),

      arguments("the handshake fails", DTLS_FAILED, at(ConnectPhase.DTLS).error(ErrorDetail.DTLS_FAILURE)),
      arguments("the handshake does not end", DTLS_FAILED, at(ConnectPhase.DTLS).heard()),
      arguments("the path went away under the handshake", ICE_TIMEOUT, at(ConnectPhase.DTLS).heard().pathLost()),
      arguments("the path went away under a link", ICE_TIMEOUT, at(ConnectPhase.UP).heard().pathLost()),
      arguments("DTLS broke under a link", DTLS_FAILED, at(ConnectPhase.UP).error(ErrorDetail.DTLS_FAILURE)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("cases")
  void everyCaseHasItsVerdict(String what, ConnectVerdict verdict, Facts facts) {
    assertThat(Diagnosis.of(facts.made())).isEqualTo(verdict);
  }

  @Test
  void everyVerdictIsReached() {
    assertThat(cases().map(each -> each.get()[1])).contains((Object[]) ConnectVerdict.values());
  }

  private static Facts at(ConnectPhase phase) {
    return new Facts(phase);
  }

  /** Builds facts, from those of a connect that ran out of time. */
  private static final class Facts {

    private final ConnectPhase phase;
    private Failure failure = Failure.TIMEOUT;
    private boolean left;
    private boolean forged;
    private boolean gathered;
    private boolean pathLost;
    private boolean relayOnly;
    private List<CandidateKind> local = List.of(HOST);
    private List<CandidateKind> remote = List.of(HOST);
    private List<ServerAnswer> servers = List.of();
    private IceChecks checks = new IceChecks(1, 7, 0, 0, "host/host udp", "failed");
    private ErrorDetail error;

    Facts(ConnectPhase phase) {
      this.phase = phase;
    }

    Facts failure(Failure value) {
      failure = value;
      return this;
    }

    Facts left() {
      left = true;
      return this;
    }

    Facts forged() {
      forged = true;
      return this;
    }

    Facts gathered() {
      gathered = true;
      return this;
    }

    Facts pathLost() {
      pathLost = true;
      return this;
    }

    Facts relayOnly() {
      relayOnly = true;
      return this;
    }

    Facts local(CandidateKind... kinds) {
      local = Arrays.asList(kinds);
      return this;
    }

    Facts remote(CandidateKind... kinds) {
      remote = Arrays.asList(kinds);
      return this;
    }

    Facts servers(ServerAnswer... answers) {
      servers = Arrays.asList(answers);
      return this;
    }

    Facts heard() {
      checks = new IceChecks(1, 7, 0, 3, "host/host udp", "failed");
      return this;
    }

    Facts error(ErrorDetail value) {
      error = value;
      return this;
    }

    ConnectFacts made() {
      return new ConnectFacts(failure, phase, left, forged, gathered, pathLost, relayOnly, local, remote, servers,
        new ConnectionStats(null, null, null, null, "new", null, 0, 0, checks, error));
    }
  }
}
