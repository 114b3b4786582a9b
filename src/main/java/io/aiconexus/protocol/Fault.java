package io.aiconexus.protocol;

import io.vertx.core.json.JsonObject;

/**
 * The payload of an ERROR.
 *
 * @param code the code as it was sent; newer peers may use codes that {@link ErrorCode} does not have
 * @param message for a person
 * @param retryable whether the same message can succeed later
 * @param retryAfterMs when, in milliseconds, or null
 * @param details more for programs, or null
 */
public record Fault(String code, String message, boolean retryable, Long retryAfterMs, JsonObject details)
  implements Payload {

  /** The fault of that code, retryable as its table says. */
  public static Fault of(ErrorCode code, String message) {
    return new Fault(code.name(), shown(message), code.retryable(), null, null);
  }

  /** The same with a hint when to try again, in milliseconds. */
  public Fault retryAfter(long millis) {
    return new Fault(code, message, retryable, millis, details);
  }

  /** The same with details. */
  public Fault with(JsonObject moreDetails) {
    return new Fault(code, message, retryable, retryAfterMs, moreDetails);
  }

  /** Whether it is of that code. */
  public boolean is(ErrorCode other) {
    return code.equals(other.name());
  }

  private static String shown(String message) {
    if (message.length() <= Limits.ERROR_TEXT_LENGTH) {
      return message;
    }
    boolean insidePair = Character.isHighSurrogate(message.charAt(Limits.ERROR_TEXT_LENGTH - 1));
    return message.substring(0, insidePair ? Limits.ERROR_TEXT_LENGTH - 1 : Limits.ERROR_TEXT_LENGTH);
  }

  static Fault read(Fields fields) {
    JsonObject details = fields.objectOrNull("details");
    return new Fault(fields.id("code"), fields.string("message", 0, Limits.MESSAGE_BYTES),
      fields.flag("retryable", false), fields.integerOrNull("retry_after_ms", 0, Limits.INTEGER_MAX),
      details);
  }

  @Override
  public MessageType type() {
    return MessageType.ERROR;
  }

  @Override
  public JsonObject toJson() {
    JsonObject json = new JsonObject().put("code", code).put("message", message).put("retryable", retryable);
    if (retryAfterMs != null) {
      json.put("retry_after_ms", retryAfterMs);
    }
    return details == null ? json : json.put("details", details);
  }
}
