package io.aiconexus.bus;

import io.aiconexus.protocol.ErrorCode;
import io.aiconexus.protocol.ProtocolException;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every failure that a caller can see, on the event bus and in the Java API: its number, and whether to try again.
 * <p>
 * It travels as a {@link ReplyException} whose code is {@link #number}; {@code docs/event-bus.md} has the table.
 */
public enum Failure {

  /** The command is wrong: a field is missing, of a wrong type or out of range. */
  BAD_REQUEST(400, false),
  /** The other side's signature does not verify, or this side's registration was refused. */
  INVALID_SIGNATURE(401, false),
  /** The remote agent refuses the connection, or something is not allowed. */
  CONNECTION_REFUSED(403, false),
  /** No such hosted agent, link, channel or capability is here. */
  NOT_FOUND(404, false),
  /** The remote agent is present nowhere in the cluster. */
  UNKNOWN_AGENT(4041, true),
  /** There is no open link or channel to send on. */
  NOT_CONNECTED(409, true),
  /** What was asked for was ended before it was done. */
  CANCELLED(410, false),
  /** A message is longer than the other side takes. */
  MESSAGE_TOO_LARGE(413, false),
  /** Too much is queued already; wait for room. */
  OVERLOADED(429, true),
  /** Something of ours broke; the log has the details. */
  INTERNAL(500, false),
  /** The remote agent ran the capability and it failed. */
  REMOTE_ERROR(502, false),
  /** The part of the node that would do this is not there. */
  UNAVAILABLE(503, true),
  /** No WebRTC engine works on this node; the text says why. */
  ENGINE_UNAVAILABLE(5031, false),
  /** The gateway cannot be reached or has not registered the agent. */
  SIGNALING_UNAVAILABLE(5032, true),
  /** No answer came in time. */
  TIMEOUT(504, true),
  /** ICE, DTLS or SCTP did not come up. */
  CONNECT_FAILED(5041, true);

  private static final Map<Integer, Failure> BY_NUMBER =
    Stream.of(values()).collect(Collectors.toUnmodifiableMap(Failure::number, Function.identity()));

  private final int number;
  private final boolean retryable;

  Failure(int number, boolean retryable) {
    this.number = number;
    this.retryable = retryable;
  }

  /** The code of the {@link ReplyException}. */
  public int number() {
    return number;
  }

  /** Whether the same call can succeed later. */
  public boolean retryable() {
    return retryable;
  }

  /** The exception that carries this failure; {@code detail} says what, where, which rule, what to do. */
  public ReplyException because(String detail) {
    return new ReplyException(ReplyFailure.RECIPIENT_FAILURE, number, detail);
  }

  /** What went wrong, whichever layer noticed it. */
  public static Failure of(Throwable cause) {
    if (cause instanceof ProtocolException refusal) {
      return of(refusal.code());
    }
    if (!(cause instanceof ReplyException reply)) {
      return cause instanceof IllegalArgumentException ? BAD_REQUEST : INTERNAL;
    }
    return switch (reply.failureType()) {
      case NO_HANDLERS -> UNAVAILABLE;
      case TIMEOUT -> TIMEOUT;
      case RECIPIENT_FAILURE -> BY_NUMBER.getOrDefault(reply.failureCode(), INTERNAL);
      case ERROR -> INTERNAL;
    };
  }

  /** The failure that an ERROR of the protocol becomes for a caller. */
  public static Failure of(ErrorCode code) {
    return switch (code) {
      case MALFORMED_MESSAGE, UNSUPPORTED_VERSION -> BAD_REQUEST;
      case INVALID_SIGNATURE -> INVALID_SIGNATURE;
      case NOT_REGISTERED -> SIGNALING_UNAVAILABLE;
      case FORBIDDEN, CONNECTION_REFUSED -> CONNECTION_REFUSED;
      case UNKNOWN_AGENT -> UNKNOWN_AGENT;
      case RECIPIENT_OVERLOADED, RATE_LIMITED -> OVERLOADED;
      case MESSAGE_TOO_LARGE -> MESSAGE_TOO_LARGE;
      case TIMEOUT -> TIMEOUT;
      case INTERNAL_ERROR -> UNAVAILABLE;
    };
  }
}
