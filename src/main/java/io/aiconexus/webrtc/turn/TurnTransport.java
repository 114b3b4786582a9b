package io.aiconexus.webrtc.turn;

/** What carries packets between a client and its STUN or TURN server. */
public enum TurnTransport {
  /** Datagrams. */
  UDP,
  /** A stream. */
  TCP,
  /** A stream inside TLS. */
  TLS,
  /** Datagrams inside DTLS. */
  DTLS;

  /** Tells whether packets have to be cut out of a stream, and are never lost. */
  public boolean isStream() {
    return this == TCP || this == TLS;
  }

  /** Tells whether the server proves with a certificate who it is. */
  public boolean isSecure() {
    return this == TLS || this == DTLS;
  }
}
