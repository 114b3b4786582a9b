package io.aiconexus.webrtc.jvm;

import io.aiconexus.protocol.IceServer;
import io.vertx.core.Future;
import io.vertx.core.internal.VertxInternal;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the addresses of the STUN servers that a connection may ask; never blocks. */
final class IceServers {

  /** Who hears of servers that cannot be used. */
  @FunctionalInterface
  interface Complaints {
    void add(String url, int code, String text);
  }

  /** Code for a server that could not be reached (W3C WebRTC, RTCPeerConnectionIceErrorEvent). */
  static final int NOT_REACHED = 701;

  private static final int DEFAULT_PORT = 3_478;
  private static final int MAX_PORT = 65_535;
  /** RFC 7064, section 3.1. */
  private static final Pattern STUN = Pattern.compile("stun:(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]?/]+)(?::(\\d{1,5}))?");

  private final VertxInternal vertx;

  IceServers(VertxInternal vertx) {
    this.vertx = vertx;
  }

  /** The addresses of those that can be used. */
  Future<List<InetSocketAddress>> resolve(List<IceServer> servers, Complaints complaints) {
    List<InetSocketAddress> found = new ArrayList<>();
    List<Future<Void>> lookups = new ArrayList<>();
    for (IceServer server : servers) {
      for (String url : server.urls()) {
        if (url.startsWith("stun:")) {
          lookups.add(lookUp(url, found, complaints));
        } else {
          complaints.add(url, NOT_REACHED, "the engine in Java asks stun: servers only, it has no TURN and no TLS yet");
        }
      }
    }
    return Future.join(lookups).map(done -> found).otherwise(found);
  }

  private Future<Void> lookUp(String url, List<InetSocketAddress> found, Complaints complaints) {
    Matcher matcher = STUN.matcher(url);
    int port = !matcher.matches() ? 0 : matcher.group(2) == null ? DEFAULT_PORT : Integer.parseInt(matcher.group(2));
    if (port < 1 || port > MAX_PORT) {
      complaints.add(url, NOT_REACHED, "not a stun: URL (RFC 7064): stun:host or stun:host:port");
      return Future.succeededFuture();
    }
    String host = matcher.group(1).replaceAll("[\\[\\]]", "");
    return vertx.nameResolver().resolve(host)
      .onFailure(e -> complaints.add(url, NOT_REACHED, "the name " + host + " cannot be resolved: " + e.getMessage()))
      .onSuccess(address -> found.add(new InetSocketAddress(address, port))).mapEmpty();
  }
}
