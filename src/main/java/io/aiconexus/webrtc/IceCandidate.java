package io.aiconexus.webrtc;

/**
 * A way to reach one end (W3C WebRTC, RTCIceCandidate).
 *
 * @param candidate the candidate line (RFC 8839, section 5.1), empty = end of candidates
 * @param sdpMid the media section, or null
 * @param sdpMLineIndex index of the media section, or null
 * @param usernameFragment the ICE generation it belongs to, or null
 */
public record IceCandidate(String candidate, String sdpMid, Integer sdpMLineIndex, String usernameFragment) {

  /** Whether it says that no more come. */
  public boolean isEnd() {
    return candidate.isEmpty();
  }
}
