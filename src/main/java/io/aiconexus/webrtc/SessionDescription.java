package io.aiconexus.webrtc;

/**
 * An offer or an answer (W3C WebRTC, RTCSessionDescription).
 *
 * @param type which of the two
 * @param sdp its text (RFC 8866)
 */
public record SessionDescription(Type type, String sdp) {

  /** What a description is for. */
  public enum Type { OFFER, ANSWER }

  /** An offer of that text. */
  public static SessionDescription offer(String sdp) {
    return new SessionDescription(Type.OFFER, sdp);
  }

  /** An answer of that text. */
  public static SessionDescription answer(String sdp) {
    return new SessionDescription(Type.ANSWER, sdp);
  }
}
