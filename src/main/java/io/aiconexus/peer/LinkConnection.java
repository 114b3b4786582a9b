package io.aiconexus.peer;

import io.aiconexus.bus.Failure;
import io.aiconexus.webrtc.ConnectionState;
import io.aiconexus.webrtc.DataChannel;
import io.aiconexus.webrtc.DataChannelListener;
import io.aiconexus.webrtc.IceCandidate;
import io.aiconexus.webrtc.IceConnectionState;
import io.aiconexus.webrtc.PeerConnectionListener;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** Hands the events of one connection to its link, as long as the link has not moved to another connection. */
final class LinkConnection implements PeerConnectionListener {

  private final Link link;
  private final LinkSignaling signaling;
  private Negotiation negotiation;

  LinkConnection(Link link, LinkSignaling signaling) {
    this.link = link;
    this.signaling = signaling;
  }

  void carries(Negotiation current) {
    negotiation = current;
  }

  @Override
  public void onIceCandidate(IceCandidate candidate) {
    if (isCurrent() && candidate.isEnd() && !link.attempt().foundAllHere() && !link.attempt().isUp()) {
      link.failed(Failure.CONNECT_FAILED.because("this end has no candidate for the way to " + link.remote()));
      return;
    }
    if (isCurrent()) {
      link.attempt().foundHere(candidate.candidate());
    }
    negotiation.onLocalCandidate(candidate);
  }

  @Override
  public void onConnectionState(ConnectionState state) {
    if (!isCurrent()) {
      return;
    }
    switch (state) {
      case CONNECTED -> link.onConnected();
      case DISCONNECTED -> link.onDisconnected();
      case FAILED -> link.failed(Failure.CONNECT_FAILED.because("ICE or DTLS failed on the way to " + link.remote()));
      case CLOSED -> link.failed(Failure.CONNECT_FAILED.because("the connection to " + link.remote() + " was closed"));
      case NEW, CONNECTING -> { }
    }
  }

  @Override
  public void onIceConnectionState(IceConnectionState state) {
    if (isCurrent()) {
      link.attempt().ice(state);
      link.owner().event(new JsonObject().put("event", "ice").put("remote", link.remote().toString())
        .put("state", state.name().toLowerCase(Locale.ROOT)));
    }
  }

  @Override
  public DataChannelListener onDataChannel(DataChannel channel) {
    return link.channels().onDataChannel(channel);
  }

  @Override
  public void onIceCandidateError(String url, int errorCode, String errorText) {
    if (isCurrent()) {
      link.attempt().serverFailed(url, errorCode, errorText);
    }
    link.owner().event(new JsonObject().put("event", "ice_error").put("remote", link.remote().toString())
      .put("url", url).put("code", errorCode).put("text", errorText));
  }

  private boolean isCurrent() {
    return signaling.isCurrent(negotiation);
  }
}
