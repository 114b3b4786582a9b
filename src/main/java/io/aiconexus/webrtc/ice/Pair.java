package io.aiconexus.webrtc.ice;

import io.aiconexus.webrtc.stun.TransactionId;
import java.net.InetSocketAddress;

/**
 * One path: from a handle of ours to an address of the peer (RFC 8445 section 6.1.2).
 * <p>
 * Both ends of the path are fixed; which candidates it has them from can become known better later.
 */
final class Pair {
  /** How the checks of a pair are going (RFC 8445 section 6.1.2.6, without Frozen). */
  enum State { WAITING, IN_PROGRESS, SUCCEEDED, FAILED }

  final SocketHandle socket;
  final InetSocketAddress to;
  LocalCandidate local;
  Candidate remote;
  long priority;
  State state = State.WAITING;
  /** The next success on this pair agrees on it: the peer has asked for that, or our next check does. */
  boolean nominate;
  boolean announced;
  /** The check that is in progress had its turn before all others. */
  boolean urgent;
  int conflicts;
  TransactionId current;
  TransactionId earlier;

  Pair(LocalCandidate local, Candidate remote) {
    this.socket = local.socket();
    this.to = remote.address();
    this.local = local;
    this.remote = remote;
  }

  void prioritise(IceRole role) {
    long ours = local.candidate().priority();
    long theirs = remote.priority();
    priority = role == IceRole.CONTROLLING ? Priorities.pair(ours, theirs) : Priorities.pair(theirs, ours);
  }

  boolean isPending() {
    return state == State.WAITING || state == State.IN_PROGRESS;
  }

  boolean isValid() {
    return state == State.SUCCEEDED;
  }

  /** Whether it goes through a relay or over TCP, so that nearly anything else is better. */
  boolean isLastResort() {
    return remote.isTcp() || local.candidate().type() == CandidateType.RELAYED
      || remote.type() == CandidateType.RELAYED;
  }

  SelectedPair view(boolean nominated) {
    return new SelectedPair(socket, to, local.candidate(), remote, nominated);
  }
}
