package io.aiconexus.webrtc.sctp;

/** The peer broke a rule that ends the association; {@link SctpAssociation} turns it into an ABORT with this cause. */
final class Violation extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int cause;

  Violation(int cause, String detail) {
    super(detail, null, false, false);
    this.cause = cause;
  }

  Violation(String detail) {
    this(ErrorCause.PROTOCOL_VIOLATION, detail);
  }

  int cause() {
    return cause;
  }
}
