package io.aiconexus.signaling;

import io.aiconexus.bus.Addresses;
import io.aiconexus.bus.BusSocket;
import io.aiconexus.protocol.CloseCode;
import io.aiconexus.protocol.ErrorCode;
import io.aiconexus.protocol.Fault;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two doors of a gateway, WebSocket and event bus: whoever comes in by either gets a session and a challenge. */
final class Doors {

  private static final Logger log = LoggerFactory.getLogger(Doors.class);
  private static final int WARNINGS_PER_SECOND = 5;
  private static final int WARNINGS_AT_ONCE = 50;

  private final SessionScope scope;
  private final Supplier<Audiences> audiences;
  private final Admission admission;
  private final Sessions sessions;
  private final Announcements announcements;
  private final Drain drain;
  private final ClientAddress clients;
  /** Strangers must not be able to fill a disk. */
  private final RateLimit warnings;
  private boolean closed;

  Doors(SessionScope scope, Supplier<Audiences> audiences, Admission admission, Sessions sessions,
        Announcements announcements, Drain drain) {
    this.scope = scope;
    this.audiences = audiences;
    this.admission = admission;
    this.sessions = sessions;
    this.announcements = announcements;
    this.drain = drain;
    this.clients = new ClientAddress(scope.options().admission().trustedProxies());
    this.warnings = new RateLimit(WARNINGS_PER_SECOND, WARNINGS_AT_ONCE, scope.nanos());
  }

  /** Logs that somebody was refused, but not for everybody when there are too many. */
  void warn(String format, Object who, String why) {
    if (warnings.tryTake()) {
      log.warn(format, who, why);
    }
  }

  /** Lets nobody in any more. */
  void close() {
    closed = true;
  }

  /** A request for the WebSocket path: answered before the upgrade when it is not let in. */
  void onHandshake(HttpServerRequest request) {
    String address = clients.of(request.remoteAddress().hostAddress(), request.headers().getAll("X-Forwarded-For"));
    Problem problem = objection(request);
    if (problem == null) {
      problem = admission.admit(address);
    }
    if (problem != null) {
      warn("{}: connection refused: {}", address, problem.detail());
      announcements.refused(problem.status());
      problem.answer(request.response());
      return;
    }
    request.toWebSocket().onComplete(socket -> open(socket, address), cause -> {
      admission.release(address);
      warn("{}: not a WebSocket handshake: {}", address, cause.getMessage());
    });
  }

  private Problem objection(HttpServerRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    String offered = String.join(",", request.headers().getAll("Sec-WebSocket-Protocol"));
    if (closed) {
      return new Problem(503, "this node stops", 1);
    }
    if (drain.isOn()) {
      return drain.problem();
    }
    if (!request.canUpgradeToWebSocket()) {
      return Problem.of(426, "this path takes WebSocket handshakes");
    }
    if (origin != null && !mayConnect(origin)) {
      return Problem.of(403, "pages of this origin may not connect; signaling.allowed_origins lists those that may");
    }
    if (!offered.isEmpty() && !List.of(offered.strip().split("\\s*,\\s*")).contains(Listening.SUBPROTOCOL)) {
      return Problem.of(400, "this gateway speaks the subprotocol " + Listening.SUBPROTOCOL + ", which is not offered");
    }
    return null;
  }

  private boolean mayConnect(String origin) {
    List<String> allowed = scope.options().admission().allowedOrigins();
    return allowed.isEmpty()
      ? audiences.get().isOwnOrigin(origin)
      : allowed.contains("*") || allowed.contains(origin);
  }

  private void open(ServerWebSocket socket, String address) {
    Session session = session(new GatewayWebSocket(socket, address), name -> audiences.get().accept(name));
    socket.textMessageHandler(session.intake()::text);
    socket.binaryMessageHandler(binary -> session.intake().binary());
    socket.pongHandler(pong -> session.onPong());
    socket.closeHandler(end -> session.onSocketClosed(socket.closeStatusCode()));
    socket.exceptionHandler(cause -> {
      if (cause instanceof IllegalStateException) {
        session.intake().tooLarge();
      } else {
        log.debug("{}: {}", session, cause.getMessage());
      }
    });
    session.intake().challenge();
    drain.onLate(session);
  }

  /** An agent comes in over the event bus. */
  void onBusSocket(BusSocket socket) {
    Problem problem = closed ? Problem.of(503, "this node stops") : admission.admit(null);
    GatewayBusSocket door = new GatewayBusSocket(socket);
    Session session = session(door, Addresses.SIGNALING_SESSIONS::equals);
    door.pongHandler(session::onPong);
    socket.textHandler(session.intake()::text);
    socket.closeHandler(session::onSocketClosed);
    if (problem == null) {
      session.intake().challenge();
      drain.onLate(session);
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
