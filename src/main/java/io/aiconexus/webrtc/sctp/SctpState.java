package io.aiconexus.webrtc.sctp;

/** The states of an association (RFC 9260 section 4). */
public enum SctpState {
  /** Before {@code connect}; a peer's INIT is answered without leaving this state. */
  CLOSED,
  /** INIT was sent. */
  COOKIE_WAIT,
  /** The peer's cookie was sent back. */
  COOKIE_ECHOED,
  /** Data flows. */
  ESTABLISHED,
  /** {@code shutdown} was called and data is still unacknowledged. */
  SHUTDOWN_PENDING,
  /** SHUTDOWN was sent. */
  SHUTDOWN_SENT,
  /** SHUTDOWN came and data is still unacknowledged. */
  SHUTDOWN_RECEIVED,
  /** SHUTDOWN ACK was sent. */
  SHUTDOWN_ACK_SENT,
  /** Over. */
  ENDED;

  /** Whether incoming DATA is for us (RFC 9260 section 6). */
  boolean receivesData() {
    return this == ESTABLISHED || this == SHUTDOWN_PENDING || this == SHUTDOWN_SENT;
  }

  /** Whether queued messages still go out. */
  boolean sendsData() {
    return this == ESTABLISHED || this == SHUTDOWN_PENDING || this == SHUTDOWN_RECEIVED;
  }

  /** Whether the handshake is still to be done. */
  boolean connecting() {
    return this == CLOSED || this == COOKIE_WAIT || this == COOKIE_ECHOED;
  }

  boolean mayBecome(SctpState next) {
    return switch (next) {
      case CLOSED -> false;
      case COOKIE_WAIT -> this == CLOSED || this == COOKIE_ECHOED;
      case COOKIE_ECHOED -> this == COOKIE_WAIT;
      case ESTABLISHED -> connecting();
      case SHUTDOWN_PENDING -> this == ESTABLISHED;
      case SHUTDOWN_SENT -> this == SHUTDOWN_PENDING;
      case SHUTDOWN_RECEIVED -> this == ESTABLISHED || this == SHUTDOWN_PENDING;
      case SHUTDOWN_ACK_SENT -> this == SHUTDOWN_RECEIVED || this == SHUTDOWN_SENT;
      case ENDED -> this != ENDED;
    };
  }
}
