package io.aiconexus.signaling;

/** What a session is doing. */
enum SessionState {

  /** Its socket is open; the agent has not proved its DID. */
  CHALLENGED,
  /** The proof holds; the directory and the session's predecessor are being asked. */
  REGISTERING,
  /** It sends and receives. */
  REGISTERED,
  /** Its socket is closing; what comes for it waits. */
  CLOSING,
  /** Its socket is gone; what comes for it waits until the agent is back or the window ends. */
  DETACHED,
  /** It is over. */
  CLOSED;

  /** Whether what the agent sends counts. */
  boolean listens() {
    return this == CHALLENGED || this == REGISTERING || this == REGISTERED;
  }

  boolean mayBecome(SessionState next) {
    return switch (this) {
      case CHALLENGED -> next == REGISTERING || next == CLOSED;
      case REGISTERING -> next == REGISTERED || next == CLOSED;
      case REGISTERED -> next == CLOSING || next == DETACHED || next == CLOSED;
      case CLOSING -> next == DETACHED || next == CLOSED;
      case DETACHED -> next == CLOSED;
      case CLOSED -> false;
    };
  }
}
