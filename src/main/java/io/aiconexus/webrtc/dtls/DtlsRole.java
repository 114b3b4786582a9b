package io.aiconexus.webrtc.dtls;

/** Which end of the handshake this node plays: {@code a=setup} of the session description (RFC 8842, section 5). */
public enum DtlsRole {
  /** Sends the first message: {@code a=setup:active}. */
  CLIENT,
  /** Waits for it: {@code a=setup:passive}. */
  SERVER
}
