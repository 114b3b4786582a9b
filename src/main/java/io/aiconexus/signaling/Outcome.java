package io.aiconexus.signaling;

import io.aiconexus.protocol.ErrorCode;

/** How the way of one message ended. */
enum Outcome {

  /** Handed to the recipient's session. */
  DELIVERED(null),
  /** The recipient's queue is full. */
  OVERLOADED(ErrorCode.RECIPIENT_OVERLOADED),
  /** That session is not here, or not any more: ask the directory again. */
  MOVED(ErrorCode.UNKNOWN_AGENT),
  /** The recipient is nowhere. */
  UNKNOWN(ErrorCode.UNKNOWN_AGENT),
  /** The other instance did not say in time. */
  TIMEOUT(ErrorCode.TIMEOUT),
  /** Something of ours broke. */
  BROKEN(ErrorCode.INTERNAL_ERROR);

  private final ErrorCode error;

  Outcome(ErrorCode error) {
    this.error = error;
  }

  /** What the sender is told, or null when all is well. */
  ErrorCode error() {
    return error;
  }

  /** The name for metrics: {@code delivered}, or the error's. */
  String label() {
    return error == null ? "delivered" : error.name().toLowerCase(java.util.Locale.ROOT);
  }
}
