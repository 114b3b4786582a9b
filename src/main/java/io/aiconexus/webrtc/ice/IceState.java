package io.aiconexus.webrtc.ice;

import java.util.EnumSet;
import java.util.Set;

/** How far a connection has come: the names and meanings of W3C {@code RTCIceConnectionState}. */
public enum IceState {
  /** Knows nothing of the peer yet. */
  NEW,
  /** Looks for a pair of addresses that works, and has none. */
  CHECKING,
  /** Data can flow; a better pair may still be found. */
  CONNECTED,
  /** Data can flow on the pair that was agreed on, and nothing more is looked for. */
  COMPLETED,
  /** The peer stopped answering a few seconds ago; it may come back by itself. */
  DISCONNECTED,
  /** No pair works, or the peer's consent to be sent to has expired. Only an ICE restart helps. */
  FAILED,
  /** Closed from this side; the end. */
  CLOSED;

  private Set<IceState> next() {
    return switch (this) {
      case NEW -> EnumSet.of(CHECKING, CLOSED);
      case CHECKING -> EnumSet.of(CONNECTED, COMPLETED, FAILED, CLOSED);
      case CONNECTED -> EnumSet.of(CHECKING, COMPLETED, DISCONNECTED, FAILED, CLOSED);
      case COMPLETED -> EnumSet.of(CONNECTED, DISCONNECTED, FAILED, CLOSED);
      case DISCONNECTED -> EnumSet.of(CHECKING, CONNECTED, COMPLETED, FAILED, CLOSED);
      case FAILED -> EnumSet.of(CHECKING, CLOSED);
      case CLOSED -> EnumSet.noneOf(IceState.class);
    };
  }

  /** Tells whether a connection can go from here to there in one step. */
  public boolean mayBecome(IceState then) {
    return next().contains(then);
  }
}
