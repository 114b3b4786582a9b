package io.aiconexus.webrtc;

/** Learns what happens to a connection; every call comes on the connection's context. */
public interface PeerConnectionListener {

  /** A local candidate was found; the one that {@link IceCandidate#isEnd} is the last of this gathering. */
  void onIceCandidate(IceCandidate candidate);

  /** The state of ICE and DTLS together changed. */
  void onConnectionState(ConnectionState state);

  /** The state of ICE changed. */
  void onIceConnectionState(IceConnectionState state);

  /**
   * The other end made a channel.
   *
   * @return who gets its events; asked before the first of them
   */
  DataChannelListener onDataChannel(DataChannel channel);

  /** A STUN or TURN server could not be used (W3C WebRTC, RTCPeerConnectionIceErrorEvent). */
  void onIceCandidateError(String url, int errorCode, String errorText);
}
