package io.aiconexus.peer;

import java.util.Locale;
import java.util.Set;

/**
 * State of a link, in the names of W3C WebRTC's RTCPeerConnectionState.
 * <p>
 * {@code new} until there is something to negotiate, {@code connecting} while ICE, DTLS and SCTP come up,
 * {@code connected} once channels can carry data, {@code disconnected} while the path is lost and may come back,
 * {@code failed} when it will not come back by itself, {@code closed} when it is gone for good.
 */
public enum LinkState {

  NEW, CONNECTING, CONNECTED, DISCONNECTED, FAILED, CLOSED;

  /** Whether a link in this state may go to {@code next}. */
  public boolean mayBecome(LinkState next) {
    return switch (this) {
      case NEW -> Set.of(CONNECTING, FAILED, CLOSED).contains(next);
      case CONNECTING -> Set.of(CONNECTED, FAILED, CLOSED).contains(next);
      case CONNECTED -> Set.of(CONNECTING, DISCONNECTED, FAILED, CLOSED).contains(next);
      case DISCONNECTED -> Set.of(CONNECTING, CONNECTED, FAILED, CLOSED).contains(next);
      case FAILED -> Set.of(CONNECTING, CLOSED).contains(next);
      case CLOSED -> false;
    };
  }

  /** The name on the event bus, in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
