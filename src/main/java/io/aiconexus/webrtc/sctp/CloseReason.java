package io.aiconexus.webrtc.sctp;

/**
 * Why an association ended.
 *
 * @param kind   who ended it, and how
 * @param cause  the error cause code of the ABORT (RFC 9260 section 3.3.10), or 0
 * @param detail one line for a log; text from the peer has its control characters replaced
 */
public record CloseReason(Kind kind, int cause, String detail) {

  /** Who ended the association, and how. */
  public enum Kind {
    /** Both sides agreed: all data was acknowledged. */
    SHUTDOWN,
    /** {@link SctpAssociation#abort} was called. */
    ABORTED,
    /** The peer sent ABORT. */
    ABORTED_BY_PEER,
    /** The peer broke the protocol; it was told so. */
    PROTOCOL_VIOLATION,
    /** The peer did not answer any more. */
    UNREACHABLE,
    /** The peer forgot this association and asked for a new one. */
    PEER_RESTARTED
  }
}
