package io.aiconexus.peer;

import io.aiconexus.bus.Failure;
import io.aiconexus.webrtc.ConnectionStats;
import java.util.List;

/**
 * What is known of a connection when it fails: everything that a verdict is made of.
 *
 * @param failure what ended it
 * @param phase how far it came
 * @param offerLeft whether what this end had to say was handed to the gateway
 * @param forged whether an answer came whose signature is not the other agent's
 * @param gathered whether this end has said that it has no more candidates
 * @param pathLost whether ICE had a path and has lost it
 * @param relayOnly whether only relayed candidates count
 * @param local this end's candidates
 * @param remote those of the other end
 * @param servers the STUN and TURN servers asked
 * @param stats what the engine tells; {@link ConnectionStats#NONE} when it tells nothing
 */
record ConnectFacts(Failure failure, ConnectPhase phase, boolean offerLeft, boolean forged, boolean gathered,
                    boolean pathLost, boolean relayOnly, List<CandidateKind> local,
                    List<CandidateKind> remote, List<ServerAnswer> servers, ConnectionStats stats) {

  /** Copies the lists. */
  ConnectFacts {
    local = List.copyOf(local);
    remote = List.copyOf(remote);
    servers = List.copyOf(servers);
  }

  boolean isNothingHeard() {
    return stats.checks().answered() == 0 && stats.checks().received() == 0;
  }

  boolean hasRelay() {
    return local.stream().anyMatch(kind -> kind.type().equals("relay"));
  }
}
