package io.aiconexus.webrtc.ice;

import java.net.InetSocketAddress;

/**
 * What an {@link IceAgent} tells its owner.
 * <p>
 * Called from within the agent's own methods, on their thread. Any of the agent's methods may be called from here.
 */
public interface IceEvents {
  /** A candidate of ours to tell the peer of. */
  void onLocalCandidate(Candidate candidate);

  /** Every candidate of ours is known: tell the peer {@code end-of-candidates}. */
  void onGatheringDone();

  /** The state has changed; never called twice with the same one in a row. */
  void onStateChange(IceState state);

  /**
   * From now on data goes out on this path; called again whenever a better one is found.
   * <p>
   * The path is one from which an authenticated answer came, so that sending on it is allowed even before nomination.
   */
  void onSelectedPair(SelectedPair pair);

  /**
   * The peer, who has proved to know a password, was heard from this address.
   * <p>
   * A shared socket can route datagrams from this address to the agent's connection. An address that leads elsewhere
   * already should be taken over only when {@link #onSelectedPair} names it, because a recorded request can be sent
   * again with a false source. Called once for each address and generation, so about as often as
   * {@link IceSettings#maxPairs} at most.
   */
  void onPath(SocketHandle local, InetSocketAddress remote);

  /**
   * The peer's candidate has a name: look it up and give {@link Candidate#resolved} back to the agent, or let it be.
   * <p>
   * Only names that end in {@code .local} should be looked up, and only by multicast DNS (RFC 8828).
   */
  void onHostname(Candidate candidate);

  /**
   * A STUN server that was asked with {@link IceAgent#gather} has not answered, however often; does nothing by default.
   * Called before the {@link #onGatheringDone} that had to wait for it.
   */
  default void onServerSilent(InetSocketAddress server) {
  }
}
