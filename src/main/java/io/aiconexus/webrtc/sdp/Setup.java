package io.aiconexus.webrtc.sdp;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who begins the DTLS handshake (RFC 8842 section 5.2). */
public enum Setup {
  /** Either: what an offer says. */
  ACTPASS,
  /** The one who says it: the DTLS client. */
  ACTIVE,
  /** The other one: the DTLS server. */
  PASSIVE;

  /** The word in a description. */
  public String token() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The answer to this: active if there is a choice, which saves half a round trip (RFC 8842 section 5.3). */
  public Setup answer() {
    return this == ACTIVE ? PASSIVE : ACTIVE;
  }

  static Optional<Setup> of(String token) {
    return Arrays.stream(values()).filter(setup -> setup.token().equals(token)).findFirst();
  }
}
