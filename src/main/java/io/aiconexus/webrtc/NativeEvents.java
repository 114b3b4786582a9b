package io.aiconexus.webrtc;

import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCIceConnectionState;
import dev.onvoid.webrtc.RTCIceGatheringState;
import dev.onvoid.webrtc.RTCPeerConnectionIceErrorEvent;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Takes libwebrtc's callbacks, on its threads: copies, hops, and calls nothing native.
 * <p>
 * The binding may keep this object for ever, so it lets go of its connection when that closes.
 */
final class NativeEvents implements PeerConnectionObserver {

  private final NativeLane lane;
  private final AtomicInteger arriving = new AtomicInteger();
  private volatile NativeConnection connection;

  NativeEvents(NativeLane lane, NativeConnection connection) {
    this.lane = lane;
    this.connection = connection;
  }

  /** Channels of the other end that are there natively and not known to the lane yet. */
  int arriving() {
    return arriving.get();
  }

  void adopted() {
    arriving.decrementAndGet();
  }

  void silence() {
    connection = null;
  }

  @Override
  public void onIceCandidate(RTCIceCandidate found) {
    tell(to -> to.onCandidate(new IceCandidate(found.sdp, found.sdpMid, found.sdpMLineIndex,
      CandidateLine.ufrag(found.sdp))));
  }

  @Override
  public void onIceGatheringChange(RTCIceGatheringState state) {
    if (state == RTCIceGatheringState.COMPLETE) {
      tell(NativeConnection::onGathered);
    }
  }

  @Override
  public void onConnectionChange(RTCPeerConnectionState state) {
    tell(to -> to.onState(ConnectionState.valueOf(state.name())));
  }

  @Override
  public void onIceConnectionChange(RTCIceConnectionState state) {
    tell(to -> to.onIceState(IceConnectionState.valueOf(state.name())));
  }

  @Override
  public void onIceCandidateError(RTCPeerConnectionIceErrorEvent event) {
    tell(to -> to.onCandidateError(event.getUrl(), event.getErrorCode(), event.getErrorText()));
  }

  @Override
  public void onDataChannel(RTCDataChannel channel) {
    arriving.incrementAndGet();
    tell(to -> to.onRemoteChannel(channel));
  }

  private void tell(Consumer<NativeConnection> event) {
    lane.callback(() -> {
      NativeConnection to = connection;
      if (to != null) {
        event.accept(to);
      }
    });
  }
}
