package io.aiconexus.webrtc.jvm;

import io.aiconexus.webrtc.PeerConnectionOptions;
import io.aiconexus.webrtc.ice.Candidate;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the candidates of one ICE generation: of the interfaces at once, of STUN and TURN servers as they answer. */
final class Gathering {

  private static final Logger log = LoggerFactory.getLogger(Gathering.class);
  private static final IceServers.Found NO_SERVERS = new IceServers.Found(Map.of(), List.of());

  private final Transport transport;
  private final JvmEngine engine;
  private final PeerConnectionOptions options;
  private final JvmConnection owner;

  Gathering(Transport transport, JvmEngine engine, PeerConnectionOptions options, JvmConnection owner) {
    this.transport = transport;
    this.engine = engine;
    this.options = options;
    this.owner = owner;
  }

  /** Begins in a task of its own: whoever asked for the description sends it first; its candidates follow. */
  void later(ContextInternal context) {
    context.runOnContext(now -> {
      if (isWanted()) {
        List<Candidate> known = transport.path().agent().localCandidates();
        known.forEach(owner::onLocalCandidate);
        engine.addresses().now().recover(Gathering::withoutAddresses)
          .onSuccess(found -> context.runOnContext(then -> open(found)));
      }
    });
  }

  private static Future<List<InetAddress>> withoutAddresses(Throwable cause) {
    log.warn("the network interfaces of this host cannot be read: {}", cause.getMessage());
    return Future.succeededFuture(List.of());
  }

  private void open(List<InetAddress> addresses) {
    if (!isWanted()) {
      return;
    }
    if (!options.relayOnly()) {
      openSocket(addresses);
    }
    Future<IceServers.Found> found = options.iceServers().isEmpty() ? Future.succeededFuture(NO_SERVERS)
      : engine.iceServers().resolve(options.iceServers(), owner::onIceCandidateError);
    found.onSuccess(this::ask);
  }

  private void openSocket(List<InetAddress> addresses) {
    if (addresses.isEmpty()) {
      log.warn("no candidate: this host has no usable network interface");
    }
    try {
      transport.path().open(addresses, System.nanoTime());
    } catch (IOException e) {
      log.warn("no UDP socket for a connection: {}", e.getMessage());
    }
    transport.wake();
  }

  private void ask(IceServers.Found found) {
    if (!isWanted()) {
      return;
    }
    if (options.relayOnly() && found.turn().isEmpty()) {
      log.warn("no candidate: only relayed ones count (webrtc.ice_transport_policy), and there is no TURN server");
    }
    IcePath path = transport.path();
    long now = System.nanoTime();
    found.stun().forEach((server, url) -> path.ask(server, () ->
      owner.onIceCandidateError(url, IceServers.NOT_REACHED, "the STUN server does not answer"), now));
    path.relays().open(found.turn(), options.relayOnly(), owner::onIceCandidateError,
      () -> path.agent().endOfLocalCandidates(System.nanoTime()), now);
    transport.wake();
  }

  private boolean isWanted() {
    return !transport.path().isClosed();
  }
}
