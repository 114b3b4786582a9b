package io.aiconexus.signaling;

import io.aiconexus.protocol.CloseCode;
import io.aiconexus.protocol.ErrorCode;
import io.aiconexus.protocol.Fault;

/** A message that a session does not take: what its sender is told, and if the session ends. No stack trace. */
final class Refused extends RuntimeException {

  private final transient Fault fault;
  private final String about;
  private final CloseCode close;

  Refused(Fault fault, String about, CloseCode close) {
    super(fault.message(), null, false, false);
    this.fault = fault;
    this.about = about;
    this.close = close;
  }

  static Refused because(ErrorCode code, String text, String about) {
    return new Refused(Fault.of(code, text), about, null);
  }

  static Refused andClose(CloseCode close, ErrorCode code, String text, String about) {
    return new Refused(Fault.of(code, text), about, close);
  }

  Fault fault() {
    return fault;
  }

  /** The id of the message it is about, or null. */
  String about() {
    return about;
  }

  /** With which code the session ends, or null when it stays. */
  CloseCode close() {
    return close;
  }
}
