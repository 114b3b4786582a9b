package io.aiconexus.signaling;

import io.aiconexus.identity.Did;
import io.aiconexus.protocol.CloseCode;
import io.aiconexus.protocol.ErrorCode;
import io.aiconexus.protocol.Fault;
import io.aiconexus.protocol.Register;
import io.aiconexus.protocol.Registered;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a session of a proof: claims the DID in the directory, takes the earlier session's place and, with its token,
 * its queue; then welcomes the agent. Two registrations of one DID take their turns.
 */
final class Registrar {

  private static final Logger log = LoggerFactory.getLogger(Registrar.class);

  private final SessionScope scope;
  private final String node;
  private final String inbox;
  private final Directory directory;
  private final Sessions sessions;
  private final Inboxes inboxes;
  private final Announcements announcements;
  private final Map<Did, Future<?>> turns = new HashMap<>();

  Registrar(SessionScope scope, String node, String inbox, Directory directory, Sessions sessions, Inboxes inboxes,
            Announcements announcements) {
    this.scope = scope;
    this.node = node;
    this.inbox = inbox;
    this.directory = directory;
    this.sessions = sessions;
    this.inboxes = inboxes;
    this.announcements = announcements;
  }

  /** Registers a session whose agent has proved {@code did}; the session is told how it went. */
  void register(Session session, Did did, Register register) {
    Future<?> before = turns.getOrDefault(did, Future.succeededFuture());
    Future<?> mine = before.transform(ready -> inTurn(session, did, register));
    turns.put(did, mine);
    mine.onComplete(done -> turns.remove(did, mine));
  }

  private Future<Void> inTurn(Session session, Did did, Register register) {
    if (session.state() != SessionState.REGISTERING) {
      return Future.succeededFuture();
    }
    sessions.arriving(did, session);
    Entry wanted = new Entry(did, inbox, node, 0, UUID.randomUUID().toString(), register.capabilities(),
      scope.millis().getAsLong());
    return directory.claim(wanted)
      .compose(claim -> takeOver(claim, register)
        .<Void>map(legacy -> welcome(session, claim.entry(), register, legacy)))
      .onFailure(cause -> fail(session, did, cause));
  }

  private Future<Legacy> takeOver(Directory.Claim claim, Register register) {
    Entry previous = claim.previous();
    if (previous == null) {
      return Future.succeededFuture();
    }
    if (previous.inbox().equals(inbox)) {
      Session old = sessions.find(previous.did(), previous.epoch());
      return old == null ? Future.succeededFuture() : old.surrender(register.resume(), register.received());
    }
    return inboxes.surrender(previous, register).otherwise(cause -> {
      log.warn("{}: its session at {} could not be asked: {}", previous.did(), previous.node(), cause.getMessage());
      return null;
    });
  }

  private Void welcome(Session session, Entry entry, Register register, Legacy legacy) {
    boolean resumed = legacy != null;
    List<Delivery> queue = resumed ? legacy.queue() : List.of();
    if (session.state() != SessionState.REGISTERING) {
      sessions.notArrived(entry.did(), session);
      scope.listener().undelivered(queue);
      directory.remove(entry).onFailure(cause -> log.error("{}: not removed from the directory", entry.did(), cause));
      return null;
    }
    ResumeToken token = new ResumeToken(Proof.secret(), resumed ? register.resume() : null,
      resumed ? legacy.taken() : 0, register.received() != null);
    SessionOptions limits = scope.limits();
    Registered welcome = new Registered(entry.sessionId(), node, token.fresh(), limits.resumeWindow().toMillis(),
      resumed, scope.servers().of(entry.did()), limits.heartbeat().toMillis(), limits.maxMessageBytes(),
      limits.messagesPerSecond(), scope.servers().ttlMs(),
      resumed && register.received() != null ? legacy.taken() : null);
    session.registered(entry, token, welcome, queue);
    sessions.arrived(session);
    log.info("{}: {} from {}", session, resumed ? "resumed" : "registered", session.remote());
    announcements.registered(entry, resumed);
    return null;
  }

  private void fail(Session session, Did did, Throwable cause) {
    log.error("{}: registration failed", did, cause);
    sessions.notArrived(did, session);
    Fault fault = Fault.of(ErrorCode.INTERNAL_ERROR, "registration failed, come back later");
    session.close(CloseCode.GOING_AWAY, session.error(fault, null));
  }
}
