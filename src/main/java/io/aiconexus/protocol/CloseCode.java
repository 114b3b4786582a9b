package io.aiconexus.protocol;

import java.util.Locale;
import java.util.Optional;

/**
 * Why a WebSocket was closed. The number tells a client what to do: 4000 to 4499 come back with backoff and the resume
 * token, 4500 to 4999 stay away.
 */
public enum CloseCode {

  /** The agent is done. */
  NORMAL(1000, false),
  /** The server stops. */
  GOING_AWAY(1001, true),
  /** A message was longer than allowed (RFC 6455, section 7.4.1). */
  TOO_LARGE(1009, false),
  /** The node drains; {@code reconnect_after_ms} says when to come back. */
  DRAINING(4001, true),
  /** Two pongs were missed. */
  HEARTBEAT_LOST(4002, true),
  /** The reader is too slow: its outbound queue is over the limit. */
  SLOW_READER(4003, true),
  /** The rate limit was ignored for too long. */
  RATE_LIMITED(4005, true),
  /** The node holds as many sessions as it may. */
  NODE_FULL(4006, true),
  /** The session did not prove its DID. */
  NOT_AUTHENTICATED(4500, false),
  /** Too many protocol errors. */
  PROTOCOL_ERRORS(4501, false),
  /** No REGISTER came in time. */
  REGISTER_TIMEOUT(4503, false),
  /** A newer session of the same DID took over. */
  REPLACED(4504, false);

  private final int number;
  private final boolean reconnect;

  CloseCode(int number, boolean reconnect) {
    this.number = number;
    this.reconnect = reconnect;
  }

  /** The code of the WebSocket close frame. */
  public int number() {
    return number;
  }

  /** Whether a client may come back. */
  public boolean reconnect() {
    return reconnect;
  }

  /** The text that goes into the close frame, at most 123 bytes (RFC 6455, section 5.5). */
  public String reason() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Whether a client that saw {@code number} may come back: the rule for numbers that are not in this table, too. */
  public static boolean mayReconnect(int number) {
    return of(number).map(CloseCode::reconnect).orElse(number < 4500);
  }

  private static Optional<CloseCode> of(int number) {
    for (CloseCode code : values()) {
      if (code.number == number) {
        return Optional.of(code);
      }
    }
    return Optional.empty();
  }
}
