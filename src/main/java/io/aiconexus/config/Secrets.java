package io.aiconexus.config;

import java.util.Set;

/** Settings whose values, or parts of them, are nobody's business: no message shows them. */
final class Secrets {

  private static final Set<String> KEYS = Set.of("signaling.turn.secrets", "signaling.turn.salt",
    "signaling.ice_servers", "webrtc.ice_servers");

  private Secrets() {
  }

  /** What a message may show of {@code value}. */
  static String shown(String key, String value) {
    return KEYS.contains(key) ? "(not shown)" : value;
  }
}
