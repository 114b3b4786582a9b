package io.aiconexus.webrtc.sctp;

/** The cause codes of ERROR and ABORT that are sent or understood here (RFC 9260 section 3.3.10). */
final class ErrorCause {

  static final int NONE = 0;
  static final int STALE_COOKIE = 3;
  static final int OUT_OF_RESOURCE = 4;
  static final int UNRECOGNIZED_CHUNK = 6;
  static final int INVALID_MANDATORY_PARAMETER = 7;
  static final int NO_USER_DATA = 9;
  static final int USER_INITIATED_ABORT = 12;
  static final int PROTOCOL_VIOLATION = 13;

  private ErrorCause() {
  }
}
