package io.aiconexus.webrtc;

import io.aiconexus.bus.Failure;
import io.aiconexus.webrtc.SessionDescription.Type;

/** Where offer and answer are (W3C WebRTC, RTCSignalingState, without provisional answers). */
public enum SignalingState {

  STABLE, HAVE_LOCAL_OFFER, HAVE_REMOTE_OFFER;

  /** What the next local description is. */
  public Type nextLocal() {
    return this == HAVE_REMOTE_OFFER ? Type.ANSWER : Type.OFFER;
  }

  /** Where a local description of that type leads. */
  public SignalingState afterLocal(Type type) {
    return type == Type.OFFER ? HAVE_LOCAL_OFFER : STABLE;
  }

  /** Throws {@code BAD_REQUEST} when such a description of the other end has no place here. */
  public SignalingState afterRemote(Type type) {
    if (type == Type.OFFER && this == HAVE_LOCAL_OFFER) {
      throw Failure.BAD_REQUEST.because("an offer came while an own offer is out: roll back first");
    }
    if (type == Type.ANSWER && this != HAVE_LOCAL_OFFER) {
      throw Failure.BAD_REQUEST.because("an answer came and no offer of ours is out");
    }
    return type == Type.OFFER ? HAVE_REMOTE_OFFER : STABLE;
  }

  /** Throws {@code BAD_REQUEST} when there is nothing to roll back. */
  public SignalingState afterRollback() {
    if (this != HAVE_LOCAL_OFFER) {
      throw Failure.BAD_REQUEST.because("there is no offer of ours to roll back");
    }
    return STABLE;
  }
}
