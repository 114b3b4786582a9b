package io.aiconexus.webrtc;

import java.util.Locale;

/** What ended a transport (W3C WebRTC, RTCErrorDetailType). */
public enum ErrorDetail {

  /** The DTLS handshake failed, or DTLS broke afterwards. */
  DTLS_FAILURE,
  /** The other end's certificate is not the one that its description names. */
  FINGERPRINT_FAILURE;

  /** The name in W3C WebRTC, such as {@code dtls-failure}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
