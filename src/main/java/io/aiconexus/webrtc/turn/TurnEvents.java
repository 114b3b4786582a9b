package io.aiconexus.webrtc.turn;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * What a {@link TurnAllocation} tells its owner.
 * <p>
 * Called from within the allocation's own methods, on their thread. Any of its methods may be called from here.
 */
public interface TurnEvents {
  /** There is a relayed address; called at most once. */
  void onAllocated(TurnAllocation allocation);

  /** There is none, or none any more; the last call. */
  void onFailed(TurnAllocation allocation, TurnFailure failure);

  /** After {@link TurnAllocation#close} the server has answered or not: its socket can go. The last call. */
  void onClosed(TurnAllocation allocation);

  /**
   * A datagram has come through the relay.
   *
   * @param peer who sent it to the relayed address; one that a permission is held for
   * @param datagram a view that is good for as long as the call lasts
   * @param now as given to {@link TurnAllocation#receive}
   */
  void onData(TurnAllocation allocation, InetSocketAddress peer, ByteBuffer datagram, long now);

  /**
   * The server does not let this peer through, by its own rules (403) or because the family is another one (443).
   * <p>
   * What is sent to it is dropped; nothing else changes.
   */
  void onPeerRefused(TurnAllocation allocation, InetAddress peer, int code);
}
