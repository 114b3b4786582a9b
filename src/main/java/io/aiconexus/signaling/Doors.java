package io.aiconexus.signaling;

import io.aiconexus.bus.Addresses;
import io.aiconexus.bus.BusSocket;
import io.aiconexus.protocol.CloseCode;
import io.aiconexus.protocol.ErrorCode;
import io.aiconexus.protocol.Fault;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two doors of a gateway, WebSocket and event bus: whoever comes in by either gets a session and a challenge. */
final class Doors {

  private static final Logger log = LoggerFactory.getLogger(Doors.class);

  private final SessionScope scope;
  private final Supplier<Audiences> audiences;
  private final Admission admission;
  private final Sessions sessions;
  private final Announcements announcements;
  private final ClientAddress clients;
  private boolean closed;

  Doors(SessionScope scope, Supplier<Audiences> audiences, Admission admission, Sessions sessions,
        Announcements announcements) {
    this.scope = scope;
    this.audiences = audiences;
    this.admission = admission;
    this.sessions = sessions;
    this.announcements = announcements;
    this.clients = new ClientAddress(scope.options().admission().trustedProxies());
  }

  /** Lets nobody in any more. */
  void close() {
    closed = true;
  }

  /** A request for the WebSocket path: answered before the upgrade when it is not let in. */
  void onHandshake(RoutingContext context) {
    HttpServerRequest request = context.request();
    String address = clients.of(request.remoteAddress().hostAddress(), request.headers().getAll("X-Forwarded-For"));
    Problem problem = objection(request);
    if (problem == null) {
      problem = admission.admit(address);
    }
    if (problem != null) {
      log.warn("{}: refused with {}: {}", address, problem.status(), problem.detail());
      announcements.refused(problem.status());
      problem.answer(request.response());
      return;
    }
    request.toWebSocket().onComplete(socket -> open(socket, address), cause -> {
      admission.release(address);
      log.warn("{}: not a WebSocket handshake: {}", address, cause.getMessage());
    });
  }

  private Problem objection(HttpServerRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    String offered = String.join(",", request.headers().getAll("Sec-WebSocket-Protocol"));
    if (closed) {
      return new Problem(503, "this node stops", 1);
    }
    if (!request.canUpgradeToWebSocket()) {
      return Problem.of(426, "this path takes WebSocket handshakes");
    }
    if (origin != null && !mayConnect(origin)) {
      return Problem.of(403, "pages of this origin may not connect; signaling.allowed_origins lists those that may");
    }
    if (!offered.isEmpty() && Arrays.stream(offered.split(",")).map(String::strip).noneMatch(Listening.SUBPROTOCOL::equals)) {
      return Problem.of(400, "this gateway speaks the subprotocol " + Listening.SUBPROTOCOL + ", which was not offered");
    }
    return null;
  }

  private boolean mayConnect(String origin) {
    List<String> allowed = scope.options().admission().allowedOrigins();
    return allowed.contains("*") || allowed.contains(origin) || allowed.isEmpty() && audiences.get().isOwnOrigin(origin);
  }

  private void open(ServerWebSocket socket, String address) {
    Session session = session(new GatewayWebSocket(socket, address), name -> audiences.get().accept(name));
    socket.textMessageHandler(session::onText);
    socket.binaryMessageHandler(binary -> session.onBinary());
    socket.pongHandler(pong -> session.onPong());
    socket.closeHandler(end -> session.onSocketClosed(socket.closeStatusCode()));
    socket.exceptionHandler(cause -> {
      if (cause instanceof IllegalStateException) {
        session.onTooLarge();
      } else {
        log.debug("{}: {}", session, cause.getMessage());
      }
    });
    session.challenge();
  }

  /** An agent comes in over the event bus. */
  void onBusSocket(BusSocket socket) {
    Problem problem = closed ? Problem.of(503, "this node stops") : admission.admit(null);
    Session[] opened = new Session[1];
    Session session = session(new GatewayBusSocket(socket, () -> opened[0].onPong()), Addresses.SIGNALING_SESSIONS::equals);
    opened[0] = session;
    socket.textHandler(session::onText);
    socket.closeHandler(session::onSocketClosed);
    if (problem == null) {
      session.challenge();
    } else {
      session.close(closed ? CloseCode.GOING_AWAY : CloseCode.NODE_FULL,
        session.error(Fault.of(ErrorCode.INTERNAL_ERROR, problem.detail()), null));
    }
  }

  private Session session(SessionSocket socket, Predicate<String> acceptedAudiences) {
    Proof proof = new Proof(scope.limits().registerTimeout(), acceptedAudiences, scope.nanos());
    Session session = new Session(socket, proof, scope);
    sessions.opened(session);
    return session;
  }
}
