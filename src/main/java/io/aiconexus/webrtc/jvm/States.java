package io.aiconexus.webrtc.jvm;

import io.aiconexus.webrtc.ConnectionState;
import io.aiconexus.webrtc.IceConnectionState;
import io.aiconexus.webrtc.ice.IceState;
import java.util.function.Consumer;

/** The states of a connection as W3C WebRTC derives them from those of its transports; tells of each change once. */
final class States {

  private final Consumer<IceConnectionState> iceChanged;
  private final Consumer<ConnectionState> changed;
  private IceConnectionState ice = IceConnectionState.NEW;
  private ConnectionState whole = ConnectionState.NEW;

  States(Consumer<IceConnectionState> iceChanged, Consumer<ConnectionState> changed) {
    this.iceChanged = iceChanged;
    this.changed = changed;
  }

  ConnectionState whole() {
    return whole;
  }

  /** Takes the state of the agent; one that is complete at once was connected before. */
  void ice(IceState state) {
    if (state == IceState.COMPLETED && ice == IceConnectionState.CHECKING) {
      becomeIce(IceConnectionState.CONNECTED);
    }
    becomeIce(IceConnectionState.valueOf(state.name()));
  }

  /** Derives the state of the whole (W3C WebRTC, section 4.3.3); a connection that nothing can save has failed. */
  void derive(DtlsProgress dtls, boolean hopeless) {
    ConnectionState next = hopeless ? ConnectionState.FAILED : switch (ice) {
      case FAILED -> ConnectionState.FAILED;
      case DISCONNECTED -> ConnectionState.DISCONNECTED;
      case NEW -> ConnectionState.NEW;
      case CHECKING -> ConnectionState.CONNECTING;
      case CLOSED -> whole;
      case CONNECTED, COMPLETED -> ofDtls(dtls);
    };
    if (next != whole) {
      whole = next;
      changed.accept(next);
    }
  }

  private static ConnectionState ofDtls(DtlsProgress dtls) {
    return switch (dtls) {
      case NEW, CONNECTING -> ConnectionState.CONNECTING;
      case CONNECTED -> ConnectionState.CONNECTED;
      case GONE -> ConnectionState.DISCONNECTED;
      case FAILED -> ConnectionState.FAILED;
    };
  }

  private void becomeIce(IceConnectionState next) {
    if (next != ice) {
      ice = next;
      iceChanged.accept(next);
    }
  }
}
