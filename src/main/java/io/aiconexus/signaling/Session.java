package io.aiconexus.signaling;

import static io.aiconexus.signaling.SessionState.CHALLENGED;
import static io.aiconexus.signaling.SessionState.CLOSED;
import static io.aiconexus.signaling.SessionState.CLOSING;
import static io.aiconexus.signaling.SessionState.DETACHED;
import static io.aiconexus.signaling.SessionState.REGISTERED;
import static io.aiconexus.signaling.SessionState.REGISTERING;

import io.aiconexus.identity.Did;
import io.aiconexus.protocol.CloseCode;
import io.aiconexus.protocol.Envelope;
import io.aiconexus.protocol.ErrorCode;
import io.aiconexus.protocol.Fault;
import io.aiconexus.protocol.MessageType;
import io.aiconexus.protocol.Messages;
import io.aiconexus.protocol.Payload;
import io.aiconexus.protocol.Register;
import io.aiconexus.protocol.Registered;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent's session: what comes in from its socket is checked here, what goes out waits here.
 * <p>
 * Belongs to one context. Its clock, its socket and what it tells are parameters; {@link #tick} makes its time pass.
 */
final class Session {

  private static final Logger log = LoggerFactory.getLogger(Session.class);

  /** How long a socket may take to close before it is dropped. */
  private static final long CLOSE_NANOS = Duration.ofSeconds(2).toNanos();
  /** The same when a newer session waits for what this one could not send. */
  private static final long SURRENDER_NANOS = Duration.ofMillis(500).toNanos();
  private static final int PONGS_MISSED = 2;

  private final SessionSocket socket;
  private final SessionScope scope;
  private final Proof proof;
  private final Intake intake;
  private final Outbox outbox;
  private SessionState state = CHALLENGED;
  private Entry entry;
  private ResumeToken token;
  private boolean socketClosed;
  private long sinceNanos;
  private long pingedNanos;
  private int pongsMissed;
  private long lastActivityMillis;
  private boolean counts;
  private long taken;
  private Promise<List<Delivery>> surrendered;

  Session(SessionSocket socket, Proof proof, SessionScope scope) {
    this.socket = socket;
    this.proof = proof;
    this.scope = scope;
    this.intake = new Intake(this, scope, proof);
    this.outbox = new Outbox(socket, scope.tally());
    this.sinceNanos = scope.nanos().getAsLong();
    this.pingedNanos = sinceNanos;
  }

  /** Asks the agent for its proof; call it once the socket's handlers are set. */
  void challenge() {
    answer(proof.challenge(), null);
  }

  /** A text frame came. */
  void onText(String text) {
    take(() -> intake.text(text));
  }

  /** A binary frame came. */
  void onBinary() {
    take(intake::binary);
  }

  /** A frame came that was too long even to be put together. */
  void onTooLarge() {
    take(intake::tooLarge);
  }

  /** A pong came that answers {@code socket.ping(mark)}. */
  void onPong(long mark) {
    pongsMissed = 0;
    outbox.confirmed(mark);
    if (mark > 0 && token != null) {
      token.handedOver();
    }
  }

  private void take(Runnable frame) {
    if (state == REGISTERED) {
      taken++;
      token.handedOver();
    }
    if (state == CHALLENGED || state == REGISTERING || state == REGISTERED) {
      try {
        frame.run();
      } catch (Refused refused) {
        refuse(refused);
      }
    }
  }

  private void refuse(Refused refused) {
    if (refused.close() != null) {
      close(refused.close(), error(refused.fault(), refused.about()));
    } else {
      outbox.add(error(refused.fault(), refused.about()));
    }
  }

  /** Tells the agent something in the gateway's own name. */
  void answer(Payload payload, String about) {
    Did did = entry == null ? null : entry.did();
    outbox.add(Delivery.ofGateway(scope.gateway(), did, payload.type(),
      Messages.fromGateway(scope.gateway(), did, payload, about, scope.millis().getAsLong())));
  }

  /** The agent has proved its DID; what comes for it from now on waits for {@link #registered}. */
  void proved(Envelope envelope, Register register) {
    become(REGISTERING);
    outbox.hold();
    scope.listener().proved(this, envelope, register);
  }

  /** The agent counts what it gets from {@link #registered} on. */
  void awaitReceipts() {
    counts = true;
    outbox.awaitReceipts();
  }

  /** The agent has sent something. */
  void heard() {
    lastActivityMillis = scope.millis().getAsLong();
  }

  /**
   * The directory knows the session: it is {@code entry}'s now.
   *
   * @param resumeToken what the agent can come back with
   * @param welcome says so to the agent
   * @param queue what an earlier session leaves to it
   */
  void registered(Entry itsEntry, ResumeToken resumeToken, Registered welcome, List<Delivery> queue) {
    entry = itsEntry;
    token = resumeToken;
    lastActivityMillis = itsEntry.connectedAt();
    become(REGISTERED);
    if (socketClosed) {
      outbox.release(queue);
      detach();
    } else {
      String text = Messages.fromGateway(scope.gateway(), entry.did(), welcome, null, scope.millis().getAsLong());
      Future<Void> written = socket.write(text);
      if (!counts) {
        written.onSuccess(left -> token.handedOver());
      }
      outbox.release(queue);
    }
  }

  /** Hands over a message for this agent. */
  Outcome deliver(Delivery delivery) {
    SessionOptions limits = scope.limits();
    if (outbox.size() > 0 && scope.tally().isFullFor(delivery.size())) {
      return state == CHALLENGED || state == CLOSED ? Outcome.MOVED : Outcome.OVERLOADED;
    }
    return switch (state) {
      case REGISTERED -> {
        if (outbox.offer(delivery, limits.outboxBytes())) {
          yield Outcome.DELIVERED;
        }
        close(CloseCode.SLOW_READER, error(Fault.of(ErrorCode.RECIPIENT_OVERLOADED,
          "more than " + limits.outboxBytes() + " bytes wait for you"), null));
        yield Outcome.OVERLOADED;
      }
      case REGISTERING, CLOSING, DETACHED ->
        outbox.size() < limits.resumeMessages() && outbox.offer(delivery, limits.resumeBytes())
          ? Outcome.DELIVERED : Outcome.OVERLOADED;
      case CHALLENGED, CLOSED -> Outcome.MOVED;
    };
  }

  /**
   * Gives the DID up to a newer session of the same agent.
   *
   * @param offeredToken the resume token that the newer session came with, or null
   * @param received what the agent says to have received from the session of that token, or null when it does not count
   * @return what waits here in order, each once, or null when the token is not this session's
   */
  Future<Legacy> surrender(String offeredToken, Long received) {
    boolean resumes = token != null && token.is(offeredToken);
    boolean exact = resumes && counts && received != null;
    List<Delivery> missing = exact ? outbox.drainBut(token.isUnseenBy(offeredToken) ? 0 : received) : null;
    if (state == DETACHED) {
      List<Delivery> queue = exact ? missing : resumes ? outbox.drain() : null;
      end(CloseCode.REPLACED);
      return legacy(queue, offeredToken);
    }
    String text = "a newer session of this DID has taken over";
    closeForGood(CloseCode.REPLACED, error(Fault.of(ErrorCode.NOT_REGISTERED, text), null));
    if (exact || !resumes || outbox.isSettled()) {
      return legacy(exact ? missing : resumes ? outbox.drain() : null, offeredToken);
    }
    surrendered = Promise.promise();
    return surrendered.future().compose(queue -> legacy(queue, offeredToken));
  }

  private Future<Legacy> legacy(List<Delivery> queue, String offeredToken) {
    return Future.succeededFuture(queue == null ? null
      : new Legacy(queue, token.isUnseenBy(offeredToken) ? token.takenBefore() : taken));
  }

  /** Closes the session; {@code lastWords} may be null. An agent that may come back finds its queue. */
  void close(CloseCode code, Delivery lastWords) {
    if (state == REGISTERED && code.reconnect() && code != CloseCode.GOING_AWAY) {
      become(CLOSING);
      closeSocket(code, lastWords);
    } else if (state == DETACHED) {
      end(code);
    } else if (state != CLOSED && state != CLOSING) {
      closeForGood(code, lastWords);
    }
  }

  /** Drops the socket without a word. */
  void abort() {
    socket.abort();
  }

  /** An ERROR to this session's agent. */
  Delivery error(Fault fault, String about) {
    Did did = entry == null ? null : entry.did();
    return Delivery.ofGateway(scope.gateway(), did, MessageType.ERROR,
      Messages.fromGateway(scope.gateway(), did, fault, about, scope.millis().getAsLong()));
  }

  /** The socket is closed, whoever closed it. */
  void onSocketClosed(int code) {
    if (socketClosed) {
      return;
    }
    socketClosed = true;
    outbox.settle();
    switch (state) {
      case REGISTERED, CLOSING -> detach();
      case CHALLENGED -> {
        become(CLOSED);
        scope.listener().ended(this, code);
        vanish();
      }
      case CLOSED -> vanish();
      case REGISTERING, DETACHED -> log.debug("{}: lost its socket while {}", this, state);
    }
  }

  /** Lets time pass: REGISTER timeout, heartbeat, resume window, sockets that do not close. */
  void tick() {
    long age = scope.nanos().getAsLong() - sinceNanos;
    switch (state) {
      case CHALLENGED -> {
        if (age >= scope.limits().registerTimeout().toNanos()) {
          close(CloseCode.REGISTER_TIMEOUT, error(Fault.of(ErrorCode.NOT_REGISTERED,
            "no REGISTER within " + scope.limits().registerTimeout().toMillis() + " ms"), null));
        }
      }
      case REGISTERED -> {
        outbox.tick(scope.nanos().getAsLong());
        beat();
      }
      case DETACHED -> {
        if (age >= scope.limits().resumeWindow().toNanos()) {
          end(CloseCode.GOING_AWAY);
        }
      }
      case CLOSING, CLOSED -> {
        if (age >= (surrendered == null ? CLOSE_NANOS : SURRENDER_NANOS)) {
          socket.abort();
        }
      }
      case REGISTERING -> log.trace("{}: still registering", this);
    }
  }

  private void beat() {
    long now = scope.nanos().getAsLong();
    if (now - pingedNanos < scope.limits().heartbeat().toNanos()) {
      return;
    }
    pingedNanos = now;
    if (pongsMissed >= PONGS_MISSED) {
      close(CloseCode.HEARTBEAT_LOST, error(Fault.of(ErrorCode.TIMEOUT, "two pongs were missed"), null));
    } else {
      pongsMissed++;
      socket.ping(outbox.handed());
    }
  }

  private void closeForGood(CloseCode code, Delivery lastWords) {
    become(CLOSED);
    closeSocket(code, lastWords);
    scope.listener().ended(this, code.number());
    if (socketClosed) {
      vanish();
    }
  }

  private void closeSocket(CloseCode code, Delivery lastWords) {
    sinceNanos = scope.nanos().getAsLong();
    if (lastWords == null) {
      outbox.shut();
    } else {
      outbox.last(lastWords);
    }
    socket.close(code);
  }

  private void detach() {
    become(DETACHED);
    sinceNanos = scope.nanos().getAsLong();
    if (scope.limits().resumeWindow().isZero()) {
      end(CloseCode.GOING_AWAY);
    } else {
      scope.listener().detached(this);
    }
  }

  private void end(CloseCode code) {
    become(CLOSED);
    scope.listener().ended(this, code.number());
    scope.listener().unconfirmed(outbox.drainUnconfirmed());
    vanish();
  }

  private void vanish() {
    if (surrendered != null) {
      surrendered.complete(outbox.drain());
    }
    scope.listener().undelivered(outbox.drain());
    outbox.drainUnconfirmed();
    scope.listener().gone(this);
  }

  private void become(SessionState next) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException(this + " cannot become " + next);
    }
    log.debug("{}: {} -> {}", this, state, next);
    state = next;
  }

  SessionState state() {
    return state;
  }

  /** What the directory has about it; null before {@link #registered}. */
  Entry entry() {
    return entry;
  }

  /** The client's IP address, or null when the agent sits on the event bus. */
  String address() {
    return socket.address();
  }

  /** Where the agent is, for the log. */
  String remote() {
    return address() == null ? "the event bus" : address();
  }

  /** When the agent last sent something, in milliseconds since 1970. */
  long lastActivityMillis() {
    return lastActivityMillis;
  }

  @Override
  public String toString() {
    return entry == null ? "stranger at " + remote() : entry.did() + "/" + entry.epoch();
  }
}
