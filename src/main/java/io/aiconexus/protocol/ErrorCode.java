package io.aiconexus.protocol;

/**
 * What went wrong with a message, as the {@code code} of an ERROR payload says it; whether to try again goes with it.
 */
public enum ErrorCode {

  /** Not JSON, a duplicate or missing field, a wrong type, a bad DID, an unknown message type. */
  MALFORMED_MESSAGE(false),
  /** The message speaks another major version than 1. */
  UNSUPPORTED_VERSION(false),
  /** A signature does not verify, or a REGISTER has a wrong nonce or audience. */
  INVALID_SIGNATURE(false),
  /** Something other than REGISTER came first. */
  NOT_REGISTERED(false),
  /** {@code from} is not the DID of the session. */
  FORBIDDEN(false),
  /** The recipient is present nowhere in the cluster. */
  UNKNOWN_AGENT(true),
  /** The recipient does not want this connection. */
  CONNECTION_REFUSED(false),
  /** The recipient's outbound or resume queue is full. */
  RECIPIENT_OVERLOADED(true),
  /** The sender is over its rate. */
  RATE_LIMITED(true),
  /** The message is longer than {@code max_message_bytes}. */
  MESSAGE_TOO_LARGE(false),
  /** The node that holds the recipient did not answer in time. */
  TIMEOUT(true),
  /** Anything else; the log has the details under the message's id. */
  INTERNAL_ERROR(true);

  private final boolean retryable;

  ErrorCode(boolean retryable) {
    this.retryable = retryable;
  }

  /** Whether the same message can succeed later. */
  public boolean retryable() {
    return retryable;
  }
}
