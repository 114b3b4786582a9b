package io.aiconexus.webrtc;

import io.aiconexus.bus.Failure;
import io.aiconexus.protocol.IceServer;
import io.vertx.core.Future;
import java.util.List;

/**
 * One end of a connection (W3C WebRTC, RTCPeerConnection).
 * <p>
 * Operations on descriptions and candidates are carried out in the order of the calls. After {@link #close} every
 * operation fails with {@link Failure#CANCELLED} and no event follows.
 */
public interface PeerConnection {

  /**
   * Makes the description that the signaling state asks for (an offer when stable, an answer to a remote offer),
   * applies it locally, and starts gathering candidates.
   */
  Future<SessionDescription> setLocalDescription();

  /** Gives up an offer of our own that was not answered (perfect negotiation: the polite side yields). */
  Future<Void> rollback();

  /** Applies what the other end sent; fails with {@link Failure#BAD_REQUEST} when it is not usable, without harm. */
  Future<Void> setRemoteDescription(SessionDescription description);

  /**
   * Takes one candidate of the other end; fails with {@link Failure#BAD_REQUEST} when it is not usable, without harm.
   */
  Future<Void> addIceCandidate(IceCandidate candidate);

  /**
   * Makes a data channel. Before the first offer at least one is needed, so that there is something to negotiate.
   *
   * @param listener gets its events on the connection's context
   */
  Future<DataChannel> createDataChannel(String label, DataChannelOptions options, DataChannelListener listener);

  /** Makes the next offer renew the ICE credentials and gather anew (RFC 8445, section 9). */
  void restartIce();

  /** Replaces the ICE servers; they count from the next gathering on. Unusable ones are logged and change nothing. */
  void setIceServers(List<IceServer> servers);

  /**
   * Longest message that the other end takes, in bytes ({@code a=max-message-size}, RFC 8841); 0 before it is known.
   */
  int maxMessageSize();

  /** What carries the connection at the moment. */
  Future<ConnectionStats> stats();

  /** Ends it, its channels included, and releases everything it holds. */
  Future<Void> close();
}
