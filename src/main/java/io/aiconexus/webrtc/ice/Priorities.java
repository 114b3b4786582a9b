package io.aiconexus.webrtc.ice;

/** The formulas of RFC 8445 for what to try first. */
final class Priorities {
  /** Data channels have this component only. */
  private static final int COMPONENT = 1;

  private Priorities() {
  }

  /** Section 5.1.2.1; {@code localPreference} is from 0 to 65,535. */
  static long candidate(CandidateType type, int localPreference) {
    return ((long) type.preference() << 24) + ((long) localPreference << 8) + (256 - COMPONENT);
  }

  /** Section 6.1.2.3, of the priorities that the candidates of the two agents have, by their role. */
  static long pair(long controlling, long controlled) {
    return (Math.min(controlling, controlled) << 32) + 2 * Math.max(controlling, controlled)
      + (controlling > controlled ? 1 : 0);
  }
}
