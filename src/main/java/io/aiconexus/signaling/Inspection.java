package io.aiconexus.signaling;

import io.aiconexus.protocol.CloseCode;
import io.aiconexus.protocol.Envelope;
import io.aiconexus.protocol.ErrorCode;
import io.aiconexus.protocol.Fault;
import io.aiconexus.protocol.Limits;
import io.aiconexus.protocol.ProtocolException;
import java.util.function.LongSupplier;

/** What every frame of one session must pass before anybody looks at it: size, rate, form. */
final class Inspection {

  private static final int UTF8_BYTES_MAX = 3;
  private static final long MALFORMED_WINDOW_NANOS = Limits.MALFORMED_WINDOW_MS * 1_000_000;

  private final SessionOptions options;
  private final LongSupplier nanos;
  private final RateLimit rate;
  /** Frames over the rate; a session that keeps sending at twice its rate runs out of these, too. */
  private final RateLimit patience;
  /** When the last malformed messages came, as a ring; null until one does. */
  private long[] malformed;
  private int malformedCount;

  Inspection(SessionOptions options, LongSupplier nanos) {
    this.options = options;
    this.nanos = nanos;
    this.rate = new RateLimit(options.messagesPerSecond(), options.burst(), nanos);
    this.patience = new RateLimit(options.messagesPerSecond(), options.burst(), nanos);
  }

  /** Reads one frame; throws {@link Refused} when it is too long, too soon or malformed. */
  Envelope read(String text) {
    if (isTooLarge(text)) {
      throw tooLarge();
    }
    boolean inTime = rate.tryTake();
    if (!inTime && !patience.tryTake()) {
      throw Refused.andClose(CloseCode.RATE_LIMITED, ErrorCode.RATE_LIMITED,
        "more than twice " + options.messagesPerSecond() + " messages a second", null);
    }
    Envelope envelope = readEnvelope(text);
    if (!inTime) {
      Fault fault = Fault.of(ErrorCode.RATE_LIMITED, "more than " + options.messagesPerSecond() + " messages a second");
      throw new Refused(fault.retryAfter(Math.max(1, rate.retryAfterMillis())), envelope.id(), null);
    }
    return envelope;
  }

  private Envelope readEnvelope(String text) {
    Envelope envelope;
    try {
      envelope = Envelope.read(text);
    } catch (ProtocolException e) {
      throw broken(e);
    }
    if (!envelope.signed()) {
      throw malformed("signature is missing", envelope.id());
    }
    if (envelope.to() == null) {
      throw malformed("to is empty", envelope.id());
    }
    return envelope;
  }

  /** What answers a message that breaks a rule of the protocol. */
  Refused broken(ProtocolException e) {
    return e.code() == ErrorCode.MALFORMED_MESSAGE
      ? malformed(e.getMessage(), e.messageId())
      : Refused.because(e.code(), e.getMessage(), e.messageId());
  }

  /** What answers a malformed message; the tenth inside the window ends the session. */
  Refused malformed(String text, String about) {
    if (malformed == null) {
      malformed = new long[Limits.MALFORMED_MESSAGES];
    }
    long now = nanos.getAsLong();
    int slot = malformedCount++ % Limits.MALFORMED_MESSAGES;
    malformed[slot] = now;
    int oldest = malformedCount % Limits.MALFORMED_MESSAGES;
    boolean tooMany = malformedCount >= Limits.MALFORMED_MESSAGES && now - malformed[oldest] <= MALFORMED_WINDOW_NANOS;
    return new Refused(Fault.of(ErrorCode.MALFORMED_MESSAGE, text), about, tooMany ? CloseCode.PROTOCOL_ERRORS : null);
  }

  /** What answers a message over the limit. */
  Refused tooLarge() {
    return Refused.andClose(CloseCode.TOO_LARGE, ErrorCode.MESSAGE_TOO_LARGE,
      "a message has at most " + options.maxMessageBytes() + " bytes", null);
  }

  private boolean isTooLarge(String text) {
    int limit = options.maxMessageBytes();
    if (text.length() > limit) {
      return true;
    }
    return (long) text.length() * UTF8_BYTES_MAX > limit && utf8Length(text) > limit;
  }

  private static int utf8Length(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : UTF8_BYTES_MAX;
    }
    return bytes;
  }
}
