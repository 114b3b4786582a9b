package io.aiconexus.webrtc.ice;

/** A candidate of ours, what it sends from, and its rank among those of its type (0 to 65,535; over TCP to 8,191). */
record LocalCandidate(Candidate candidate, SocketHandle socket, int localPreference) {

  /** Tells whether it is a base: something to send from, not only an address others see. */
  boolean isBase() {
    return candidate.type() == CandidateType.HOST || candidate.type() == CandidateType.RELAYED;
  }

  /** The priority a candidate has that the peer learns from a check sent from here (RFC 8445 section 7.1.1). */
  long peerReflexivePriority() {
    return candidate.isTcp() ? Priorities.active(CandidateType.PEER_REFLEXIVE, localPreference)
      : Priorities.candidate(CandidateType.PEER_REFLEXIVE, localPreference);
  }
}
