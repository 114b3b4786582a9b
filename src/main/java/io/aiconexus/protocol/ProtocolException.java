package io.aiconexus.protocol;

/**
 * A message that breaks a rule of the protocol: which code answers it, and in words which field breaks which rule.
 * <p>
 * It is somebody else's mistake and can arrive ten thousand times a second, so it carries no stack trace.
 */
public final class ProtocolException extends RuntimeException {

  private final ErrorCode code;
  private final String messageId;

  ProtocolException(ErrorCode code, String messageId, String text) {
    super(text, null, false, false);
    this.code = code;
    this.messageId = messageId;
  }

  static ProtocolException malformed(String text) {
    return new ProtocolException(ErrorCode.MALFORMED_MESSAGE, null, text);
  }

  /** The code that an ERROR answers this with. */
  public ErrorCode code() {
    return code;
  }

  /** The {@code id} of the message, or null when the reader had not seen a valid one. */
  public String messageId() {
    return messageId;
  }
}
