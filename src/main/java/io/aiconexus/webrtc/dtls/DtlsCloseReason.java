package io.aiconexus.webrtc.dtls;

/** Why a {@link DtlsTransport} ended. A closed set, fit to be a metric's label. */
public enum DtlsCloseReason {
  /** {@link DtlsTransport#close()} was called. */
  CLOSED_HERE,
  /** The peer said {@code close_notify}. */
  CLOSED_BY_PEER,
  /**
   * The peer showed no certificate, or one that the session description does not name; no application data was
   * accepted.
   */
  FINGERPRINT_MISMATCH,
  /** No handshake came about: nothing in common, a message that breaks the protocol, or the peer's alert. */
  HANDSHAKE_FAILED,
  /** The handshake was not done within {@link DtlsSettings#handshakeTimeout()}. */
  HANDSHAKE_TIMEOUT,
  /** A fatal alert, or an error of the record layer, after the handshake. */
  CONNECTION_FAILED,
  /** {@link DtlsWorkers} had no room for one more handshake. */
  OVERLOADED
}
