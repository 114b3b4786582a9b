package io.aiconexus.peer;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.Challenge;
import io.aiconexus.protocol.CloseCode;
import io.aiconexus.protocol.Envelope;
import io.aiconexus.protocol.ErrorCode;
import io.aiconexus.protocol.Fault;
import io.aiconexus.protocol.MessageType;
import io.aiconexus.protocol.Messages;
import io.aiconexus.protocol.Payload;
import io.aiconexus.protocol.Ping;
import io.aiconexus.protocol.Pong;
import io.aiconexus.protocol.ProtocolException;
import io.aiconexus.protocol.Register;
import io.aiconexus.protocol.Registered;
import io.aiconexus.protocol.Unregister;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent's session with a gateway: proves the DID, sends and receives, and comes back when the socket is lost.
 * <p>
 * Belongs to the context it is started on.
 */
final class SignalingClient implements SignalingDoor.Listener {

  private static final Logger log = LoggerFactory.getLogger(SignalingClient.class);
  private static final long REGISTER_TIMEOUT_MS = 10_000;
  private static final long FAREWELL_MS = 1_000;
  private static final int PONGS_WAITING_MAX = 100;

  private final Vertx vertx;
  private final AgentKey key;
  private final SignalingDoor door;
  private final Supplier<Collection<String>> capabilities;
  private final Listener listener;
  private final ReconnectDelay reconnectDelay;
  private final Outgoing outgoing;
  private final Promise<Registered> firstRegistration = Promise.promise();
  private SignalingDoor.Socket socket;
  private Did gateway;
  private Registered session;
  private Fault lastFault;
  private long heard;
  private long timer = -1;
  private boolean challenged;
  private boolean registered;
  private boolean stopped;

  /** Learns what the gateway says; on the client's context. */
  interface Listener {

    /** The agent is registered, for the first time or again. */
    void onRegistered(Registered session);

    /** A message of another agent arrived; nothing about it is verified. */
    void onMessage(Envelope message);

    /** The gateway could not do what the message called {@code correlationId} (or null) asked for. */
    void onFault(String correlationId, Fault fault);

    /** The session is lost; the client tries to get it back after so many milliseconds, or not when that is empty. */
    void onLost(int closeCode, OptionalLong returningInMs);
  }

  /**
   * @param capabilities asked at each registration
   */
  SignalingClient(Vertx vertx, AgentKey key, SignalingDoor door, ReconnectDelay reconnectDelay,
                  Supplier<Collection<String>> capabilities, Listener listener) {
    this.vertx = vertx;
    this.key = key;
    this.door = door;
    this.reconnectDelay = reconnectDelay;
    this.capabilities = capabilities;
    this.listener = listener;
    this.outgoing = new Outgoing(new ClientTimers(vertx),
      sequence -> sign(gateway, new Ping(sequence), Messages.newId(), null), this::onSilence);
  }

  /** Registers; fails when the first attempt does. Later losses are repaired by reconnecting. */
  Future<Registered> start() {
    open();
    return firstRegistration.future();
  }

  /** Leaves the gateway for good, once what waits has left or a second has passed. */
  Future<Void> stop() {
    stopped = true;
    vertx.cancelTimer(timer);
    Promise<Void> patience = Promise.promise();
    long late = vertx.setTimer(FAREWELL_MS, now -> patience.complete());
    return Future.any(outgoing.idle(), patience.future()).transform(idle -> {
      vertx.cancelTimer(late);
      outgoing.leave();
      outgoing.fail(Failure.CANCELLED.because("the agent is no longer hosted"));
      return unregister();
    });
  }

  private Future<Void> unregister() {
    SignalingDoor.Socket last = socket;
    if (last == null) {
      return Future.succeededFuture();
    }
    Future<Void> told = registered ? last.write(sign(gateway, new Unregister(null), Messages.newId(), null))
      : Future.succeededFuture();
    return told.transform(written -> {
      last.close(CloseCode.NORMAL.number());
      return Future.succeededFuture();
    });
  }

  /** Whether the gateway counts this agent as present at this moment. */
  boolean isRegistered() {
    return registered;
  }

  /** What the gateway said at the last registration, or null before the first. */
  Registered session() {
    return session;
  }

  /** The gateway's DID, or null before it spoke. */
  Did gateway() {
    return gateway;
  }

  /**
   * Signs a message and sends it at the rate that the gateway allows; while the session is lost it waits, and what a
   * lost session took along is sent again in the next.
   *
   * @return the future succeeds when the gateway has it, which takes a quarter of a second; it fails with
   *     {@link Failure#OVERLOADED} when too many wait, with {@link Failure#MESSAGE_TOO_LARGE}
   *     over the gateway's limit, with {@link Failure#SIGNALING_UNAVAILABLE} when the session ended for good, and with
   *     {@link Failure#BAD_REQUEST} when the content breaks a rule of the protocol
   */
  Future<Void> send(Did to, Payload payload, String id, String correlationId) {
    if (stopped) {
      return Future.failedFuture(Failure.SIGNALING_UNAVAILABLE.because("the agent has left its gateway"));
    }
    return outgoing.add(() -> sign(to, payload, id, correlationId));
  }

  /** Finds out now whether the gateway still answers; the session is lost when it does not. */
  void probe() {
    outgoing.probe();
  }

  /** Messages that wait for their turn. */
  int waiting() {
    return outgoing.size();
  }

  @Override
  public void onText(String text) {
    if (registered) {
      heard++;
    }
    try {
      onEnvelope(Envelope.read(text));
    } catch (ProtocolException e) {
      log.warn("{}: dropped a message of the gateway: {}", key.did(), e.getMessage());
    }
  }

  @Override
  public void onClose(int code) {
    vertx.cancelTimer(timer);
    socket = null;
    registered = false;
    outgoing.hold();
    boolean returning = !stopped && firstRegistration.future().succeeded()
      // This end did send its REGISTER: a gateway that says otherwise was too busy to read it, as after a restart.
      && (CloseCode.mayReconnect(code) || code == CloseCode.REGISTER_TIMEOUT.number() && challenged);
    OptionalLong delay = returning ? OptionalLong.of(reconnectDelay.next(lastFault)) : OptionalLong.empty();
    if (!stopped) {
      log.info("{}: lost the gateway, close code {}", key.did(), code);
      listener.onLost(code, delay);
    }
    if (returning) {
      reconnectIn(delay.getAsLong());
      return;
    }
    Failure failure = lastFault != null && lastFault.is(ErrorCode.INVALID_SIGNATURE)
      ? Failure.INVALID_SIGNATURE : Failure.SIGNALING_UNAVAILABLE;
    RuntimeException cause = failure.because("the gateway closed the session with code " + code
      + (lastFault == null ? "" : ": " + lastFault.code() + ", " + lastFault.message()));
    outgoing.fail(cause);
    firstRegistration.tryFail(cause);
  }

  private void open() {
    lastFault = null;
    challenged = false;
    door.open(this).onComplete(this::opened, this::unreachable);
  }

  private void opened(SignalingDoor.Socket open) {
    socket = open;
    if (stopped) {
      closeSocket(CloseCode.NORMAL.number());
      return;
    }
    timer = vertx.setTimer(REGISTER_TIMEOUT_MS, late -> {
      log.warn("{}: the gateway did not register this agent within {} ms", key.did(), REGISTER_TIMEOUT_MS);
      open.abort();
    });
  }

  private void onSilence() {
    log.info("{}: the gateway does not answer", key.did());
    if (socket != null) {
      socket.abort();
    }
  }

  private void unreachable(Throwable cause) {
    if (firstRegistration.tryFail(cause) || stopped) {
      return;
    }
    log.info("{}: {}", key.did(), cause.getMessage());
    reconnectIn(reconnectDelay.next(lastFault));
  }

  private void reconnectIn(long delay) {
    log.info("{}: reconnects in {} ms", key.did(), delay);
    timer = vertx.setTimer(Math.max(1, delay), now -> open());
  }

  private void onEnvelope(Envelope message) {
    if (message.type() == MessageType.CHALLENGE) {
      if (challenged) {
        log.warn("{}: ignored a second challenge of the gateway", key.did());
        return;
      }
      challenged = true;
      gateway = message.from();
      register(((Challenge) Payload.of(message)).nonce());
    } else if (!message.from().equals(gateway)) {
      listener.onMessage(message);
    } else {
      onGatewayMessage(message, Payload.of(message));
    }
  }

  private void onGatewayMessage(Envelope message, Payload payload) {
    if (payload instanceof Registered welcome) {
      registered(welcome);
    } else if (payload instanceof Fault fault) {
      lastFault = fault;
      listener.onFault(message.correlationId(), fault);
    } else if (payload instanceof Pong pong && pong.sequence() != null) {
      outgoing.confirm(pong.sequence());
    } else if (payload instanceof Ping ping && outgoing.size() < PONGS_WAITING_MAX) {
      send(gateway, new Pong(ping.sequence()), Messages.newId(), message.id());
    }
  }

  private void register(String nonce) {
    String resume = session == null ? null : session.resumeToken();
    Register register = new Register(nonce, door.audience(), key.did().publicKeyBase58(),
      List.copyOf(capabilities.get()), resume, heard);
    socket.write(sign(gateway, register, Messages.newId(), null));
  }

  private void registered(Registered welcome) {
    vertx.cancelTimer(timer);
    session = welcome;
    registered = true;
    heard = 0;
    reconnectDelay.reset();
    listener.onRegistered(welcome);
    outgoing.flowThrough(socket, welcome);
    firstRegistration.tryComplete(welcome);
  }

  private String sign(Did to, Payload payload, String id, String correlationId) {
    return SignedText.of(key, to, payload, id, correlationId);
  }

  private void closeSocket(int code) {
    if (socket != null) {
      socket.close(code);
    }
  }
}
