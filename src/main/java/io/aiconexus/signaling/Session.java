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
import io.aiconexus.protocol.Payload;
import io.aiconexus.protocol.Register;
import io.aiconexus.protocol.Registered;
import io.vertx.core.Future;
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

  private final SessionSocket socket;
  private final SessionScope scope;
  private final Intake intake;
  private final Outbox outbox;
  private final Heartbeat heartbeat;
  private final Departure departure;
  private SessionState state = CHALLENGED;
  private Entry entry;
  private ResumeToken token;
  private boolean socketClosed;
  private long sinceNanos;
  private long lastActivityMillis;

  Session(SessionSocket socket, Proof proof, SessionScope scope) {
    this.socket = socket;
    this.scope = scope;
    this.intake = new Intake(this, scope, proof);
    this.outbox = new Outbox(socket, scope.tally());
    this.heartbeat = new Heartbeat(socket, scope.limits().heartbeat(), scope.nanos());
    this.departure = new Departure(socket, outbox, scope.nanos());
    this.sinceNanos = scope.nanos().getAsLong();
  }

  /** Takes what its agent sends. */
  Intake intake() {
    return intake;
  }

  /** A pong came. */
  void onPong() {
    heartbeat.onPong();
  }

  /** Tells the agent something in the gateway's own name. */
  void answer(Payload payload, String about) {
    outbox.add(scope.ofGateway(did(), payload, about));
  }

  /** The agent has proved its DID; what comes for it from now on waits for {@link #registered}. */
  void proved(Envelope envelope, Register register) {
    become(REGISTERING);
    outbox.hold();
    scope.listener().proved(this, envelope, register);
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
      socket.write(scope.ofGateway(did(), welcome, null).text()).onSuccess(left -> token.handedOver());
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
        close(CloseCode.SLOW_READER, ErrorCode.RECIPIENT_OVERLOADED,
          "more than " + limits.outboxBytes() + " bytes wait for you");
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
   * @return what waits here in order, each once, or null when the token is not this session's
   */
  Future<List<Delivery>> surrender(String offeredToken) {
    boolean resumes = token != null && token.is(offeredToken);
    if (state == DETACHED) {
      List<Delivery> queue = resumes ? outbox.drain() : null;
      end(CloseCode.REPLACED.number());
      return Future.succeededFuture(queue);
    }
    String text = "a newer session of this DID has taken over";
    closeForGood(CloseCode.REPLACED, error(Fault.of(ErrorCode.NOT_REGISTERED, text), null));
    return resumes ? departure.inheritance() : Future.succeededFuture();
  }

  /**
   * The node drains: the agent is sent away when nothing waits for it any more, at the latest at the deadline. Null: it
   * may stay after all, unless it was sent away already.
   */
  void leave(Leave plan) {
    departure.plan(plan);
    leaveIfDue();
  }

  /** Closes the session; {@code lastWords} may be null. An agent that may come back finds its queue. */
  void close(CloseCode code, Delivery lastWords) {
    if (state == REGISTERED && code.reconnect() && code != CloseCode.GOING_AWAY) {
      become(CLOSING);
      departure.begin(code, lastWords);
    } else if (state == DETACHED) {
      end(code.number());
    } else if (state != CLOSED && state != CLOSING) {
      closeForGood(code, lastWords);
    }
  }

  private void close(CloseCode code, ErrorCode error, String text) {
    close(code, error(Fault.of(error, text), null));
  }

  /** Drops the socket without a word. */
  void abort() {
    socket.abort();
  }

  /** An ERROR to this session's agent. */
  Delivery error(Fault fault, String about) {
    return scope.ofGateway(did(), fault, about);
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
      case CHALLENGED -> end(code);
      case CLOSED -> vanish();
      case REGISTERING, DETACHED -> log.debug("{}: lost its socket while {}", this, state);
    }
  }

  /** Lets time pass: REGISTER timeout, heartbeat, resume window, sockets that do not close. */
  void tick() {
    leaveIfDue();
    long age = scope.nanos().getAsLong() - sinceNanos;
    switch (state) {
      case CHALLENGED -> {
        if (age >= scope.limits().registerTimeout().toNanos()) {
          close(CloseCode.REGISTER_TIMEOUT, ErrorCode.NOT_REGISTERED,
            "no REGISTER within " + scope.limits().registerTimeout().toMillis() + " ms");
        }
      }
      case REGISTERED -> {
        if (!heartbeat.beat()) {
          close(CloseCode.HEARTBEAT_LOST, ErrorCode.TIMEOUT, "two pongs were missed");
        }
      }
      case DETACHED -> {
        if (age >= scope.limits().resumeWindow().toNanos()) {
          end(CloseCode.GOING_AWAY.number());
        }
      }
      case CLOSING, CLOSED -> departure.tick();
      case REGISTERING -> log.trace("{}: still registering", this);
    }
  }

  private void leaveIfDue() {
    if ((state == CHALLENGED || state == REGISTERED) && departure.isDue()) {
      close(CloseCode.DRAINING, error(departure.farewell(), null));
    }
  }

  private void closeForGood(CloseCode code, Delivery lastWords) {
    become(CLOSED);
    departure.begin(code, lastWords);
    scope.listener().ended(this, code.number());
    if (socketClosed) {
      vanish();
    }
  }

  private void detach() {
    become(DETACHED);
    sinceNanos = departure.expectedNanos();
    if (scope.limits().resumeWindow().isZero()) {
      end(CloseCode.GOING_AWAY.number());
    } else {
      scope.listener().detached(this);
    }
  }

  private void end(int code) {
    become(CLOSED);
    scope.listener().ended(this, code);
    vanish();
  }

  private void vanish() {
    departure.end();
    scope.listener().undelivered(outbox.drain());
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

  private Did did() {
    return entry == null ? null : entry.did();
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
