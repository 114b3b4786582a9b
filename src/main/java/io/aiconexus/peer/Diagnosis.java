package io.aiconexus.peer;

import io.aiconexus.bus.Failure;
import io.aiconexus.webrtc.ErrorDetail;
import java.util.List;

/**
 * Makes the one verdict of what is known. Pure.
 * <p>
 * The order of the questions is the order in which connecting goes: what came first is the cause of what came later.
 */
final class Diagnosis {

  private Diagnosis() {
  }

  static ConnectVerdict of(ConnectFacts facts) {
    if (facts.phase() == ConnectPhase.ENGINE) {
      return ConnectVerdict.ENGINE_UNAVAILABLE;
    }
    boolean forged = facts.forged() && facts.phase() == ConnectPhase.SIGNALING;
    if (forged || facts.failure() == Failure.INVALID_SIGNATURE
        || facts.stats().error() == ErrorDetail.FINGERPRINT_FAILURE) {
      return ConnectVerdict.FINGERPRINT_MISMATCH;
    }
    if (facts.stats().error() == ErrorDetail.DTLS_FAILURE) {
      return ConnectVerdict.DTLS_FAILED;
    }
    return switch (facts.phase()) {
      case SIGNALING -> ofSignaling(facts);
      case ICE -> ofIce(facts);
      default -> ofPath(facts);
    };
  }

  private static ConnectVerdict ofSignaling(ConnectFacts facts) {
    if (facts.failure() == Failure.UNKNOWN_AGENT) {
      return ConnectVerdict.PEER_ABSENT;
    }
    if (facts.gathered() && facts.local().isEmpty()) {
      return ofNoCandidate(facts);
    }
    return switch (facts.failure()) {
      case SIGNALING_UNAVAILABLE -> ConnectVerdict.SIGNALING_LOST;
      case TIMEOUT -> facts.offerLeft() ? ConnectVerdict.PEER_SILENT : ConnectVerdict.SIGNALING_LOST;
      default -> ConnectVerdict.PEER_REFUSED;
    };
  }

  private static ConnectVerdict ofIce(ConnectFacts facts) {
    if (facts.local().isEmpty()) {
      return ofNoCandidate(facts);
    }
    if (!CandidateKind.anyPair(facts.local(), facts.remote())) {
      return ConnectVerdict.NO_COMMON_CANDIDATES;
    }
    if (facts.isNothingHeard() && isSilence(facts.servers())) {
      return ConnectVerdict.UDP_BLOCKED;
    }
    boolean turn = facts.servers().stream().anyMatch(ServerAnswer::isTurn);
    return turn && !facts.hasRelay() ? ofTurn(facts) : ConnectVerdict.ICE_TIMEOUT;
  }

  /**
   * Whether these servers prove that UDP does not pass: none answers, and it is not just one TURN server that is down.
   * Where none was asked, the silence of the other end is all there is.
   */
  private static boolean isSilence(List<ServerAnswer> servers) {
    List<ServerAnswer> udp = servers.stream().filter(ServerAnswer::isUdp).toList();
    if (udp.isEmpty()) {
      return servers.isEmpty();
    }
    boolean one = udp.stream().map(ServerAnswer::host).distinct().count() == 1;
    return udp.stream().allMatch(ServerAnswer::isSilent) && !(one && udp.stream().anyMatch(ServerAnswer::isTurn));
  }

  private static ConnectVerdict ofNoCandidate(ConnectFacts facts) {
    boolean turn = facts.servers().stream().anyMatch(ServerAnswer::isTurn);
    return facts.relayOnly() && turn ? ofTurn(facts) : ConnectVerdict.NO_LOCAL_CANDIDATES;
  }

  private static ConnectVerdict ofTurn(ConnectFacts facts) {
    return facts.servers().stream().anyMatch(server -> server.isTurn() && server.isRefusal())
      ? ConnectVerdict.TURN_AUTH : ConnectVerdict.TURN_UNREACHABLE;
  }

  /** ICE had a path: it was lost, or what goes over it failed. */
  private static ConnectVerdict ofPath(ConnectFacts facts) {
    if (facts.pathLost()) {
      return ofIce(facts);
    }
    return facts.phase() == ConnectPhase.DTLS ? ConnectVerdict.DTLS_FAILED : ConnectVerdict.PEER_SILENT;
  }
}
