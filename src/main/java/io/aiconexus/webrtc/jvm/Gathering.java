package io.aiconexus.webrtc.jvm;

import io.aiconexus.protocol.IceServer;
import io.aiconexus.webrtc.ice.Candidate;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the candidates of one ICE generation: of the interfaces at once, of STUN servers as they answer. */
final class Gathering {

  private static final Logger log = LoggerFactory.getLogger(Gathering.class);

  private final Transport transport;
  private final JvmEngine engine;
  private final List<IceServer> servers;
  private final JvmConnection owner;

  Gathering(Transport transport, JvmEngine engine, List<IceServer> servers, JvmConnection owner) {
    this.transport = transport;
    this.engine = engine;
    this.servers = servers;
    this.owner = owner;
  }

  /** Begins in a task of its own: whoever asked for the description sends it first; its candidates follow. */
  void later(ContextInternal context) {
    context.runOnContext(now -> {
      if (isWanted()) {
        List<Candidate> known = transport.path().agent().localCandidates();
        known.forEach(owner::onLocalCandidate);
        engine.addresses().now().onComplete(found -> context.runOnContext(then -> open(found.otherwise(List.of())
          .result())));
      }
    });
  }

  private void open(List<InetAddress> addresses) {
    if (!isWanted()) {
      return;
    }
    if (addresses.isEmpty()) {
      log.warn("no candidate: this host has no usable network interface");
    }
    try {
      transport.path().open(addresses, System.nanoTime());
    } catch (IOException e) {
      log.warn("no UDP socket for a connection: {}", e.getMessage());
    }
    transport.wake();
    Future<List<InetSocketAddress>> found = servers.isEmpty() ? Future.succeededFuture(List.of())
      : engine.iceServers().resolve(servers, owner::onIceCandidateError);
    found.onSuccess(this::ask);
  }

  private void ask(List<InetSocketAddress> found) {
    if (isWanted()) {
      long now = System.nanoTime();
      found.forEach(server -> transport.path().ask(server, now));
      transport.path().agent().endOfLocalCandidates(now);
      transport.wake();
    }
  }

  private boolean isWanted() {
    return !transport.path().isClosed();
  }
}
