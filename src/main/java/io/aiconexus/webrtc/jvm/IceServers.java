package io.aiconexus.webrtc.jvm;

import io.aiconexus.protocol.IceServer;
import io.aiconexus.webrtc.turn.TurnCredentials;
import io.aiconexus.webrtc.turn.TurnTransport;
import io.aiconexus.webrtc.turn.TurnUri;
import io.vertx.core.Future;
import io.vertx.core.internal.VertxInternal;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the addresses of the STUN and TURN servers that a connection may ask; never blocks. */
final class IceServers {

  /** Who hears of servers that cannot be used. */
  @FunctionalInterface
  interface Complaints {
    void add(String url, int code, String text);
  }

  /** Those that can be used; of STUN servers the address and the URL. */
  record Found(Map<InetSocketAddress, String> stun, List<TurnServer> turn) {
  }

  /** Code for a server that could not be reached (W3C WebRTC, RTCPeerConnectionIceErrorEvent). */
  static final int NOT_REACHED = 701;

  private final VertxInternal vertx;

  IceServers(VertxInternal vertx) {
    this.vertx = vertx;
  }

  /** Looks all of them up; never fails. */
  Future<Found> resolve(List<IceServer> servers, Complaints complaints) {
    Found found = new Found(new LinkedHashMap<>(), new ArrayList<>());
    List<Future<Void>> lookups = new ArrayList<>();
    for (IceServer server : servers) {
      for (String url : server.urls()) {
        try {
          lookups.add(lookUp(server, url, found, complaints));
        } catch (IllegalArgumentException e) {
          complaints.add(url, NOT_REACHED, e.getMessage());
        }
      }
    }
    return Future.join(lookups).map(done -> found).otherwise(found);
  }

  private Future<Void> lookUp(IceServer server, String url, Found found, Complaints complaints) {
    TurnUri uri = TurnUri.parse(url);
    if (uri.transport() != TurnTransport.UDP && uri.transport() != TurnTransport.TCP) {
      throw new IllegalArgumentException("the engine in Java asks STUN and TURN servers without TLS only");
    }
    TurnCredentials credentials = uri.relay() ? credentials(server) : null;
    return vertx.nameResolver().resolve(uri.host())
      .onFailure(e -> complaints.add(url, NOT_REACHED,
        "the name " + uri.host() + " cannot be resolved: " + e.getMessage()))
      .onSuccess(host -> {
        InetSocketAddress address = new InetSocketAddress(host, uri.port());
        if (uri.relay()) {
          found.turn().add(new TurnServer(url, address, uri.transport(), credentials));
        } else {
          found.stun().put(address, url);
        }
      }).mapEmpty();
  }

  private static TurnCredentials credentials(IceServer server) {
    if (server.username() == null && server.credential() == null) {
      return null;
    }
    if (server.username() == null || server.credential() == null) {
      throw new IllegalArgumentException("a TURN server takes username and credential together, or neither");
    }
    return new TurnCredentials(server.username(), server.credential());
  }
}
