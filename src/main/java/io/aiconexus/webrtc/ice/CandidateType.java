package io.aiconexus.webrtc.ice;

import java.util.Arrays;
import java.util.Optional;

/** Where a candidate comes from, with the type preference that RFC 8445 section 5.1.2.2 recommends. */
public enum CandidateType {
  /** An address of an interface. */
  HOST("host", 126),
  /** The address a STUN server saw. */
  SERVER_REFLEXIVE("srflx", 100),
  /** An address that a connectivity check revealed. */
  PEER_REFLEXIVE("prflx", 110),
  /** An address on a TURN server. */
  RELAYED("relay", 0);

  private final String token;
  private final int preference;

  CandidateType(String token, int preference) {
    this.token = token;
    this.preference = preference;
  }

  /** The word in a candidate line. */
  public String token() {
    return token;
  }

  int preference() {
    return preference;
  }

  static Optional<CandidateType> of(String token) {
    return Arrays.stream(values()).filter(type -> type.token.equals(token)).findFirst();
  }
}
