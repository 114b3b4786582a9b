package io.aiconexus.webrtc;

import io.aiconexus.protocol.IceServer;
import java.util.List;

/**
 * What one connection may use (W3C WebRTC, RTCConfiguration).
 *
 * @param iceServers STUN and TURN servers
 * @param relayOnly whether only relayed candidates count ({@code iceTransportPolicy} "relay")
 */
public record PeerConnectionOptions(List<IceServer> iceServers, boolean relayOnly) {

  /** No servers, every kind of candidate. */
  public static final PeerConnectionOptions DEFAULTS = new PeerConnectionOptions(List.of(), false);

  /** Copies the list. */
  public PeerConnectionOptions {
    iceServers = List.copyOf(iceServers);
  }
}
