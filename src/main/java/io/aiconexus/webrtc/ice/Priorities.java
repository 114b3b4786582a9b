package io.aiconexus.webrtc.ice;

/** The formulas of RFC 8445 and RFC 6544 for what to try first. */
final class Priorities {
  /** Data channels have this component only. */
  private static final int COMPONENT = 1;
  /** How much less a type is preferred over TCP: enough for UDP through a NAT to come before TCP without one. */
  private static final int TCP_PENALTY = 27;
  /** How much each type likes to open connections, from 0 to 7 (RFC 6544 section 4.2). */
  private static final int ACTIVE_HOST = 6;
  private static final int ACTIVE_REFLEXIVE = 4;

  private Priorities() {
  }

  /** Section 5.1.2.1; {@code localPreference} is from 0 to 65,535. */
  static long candidate(CandidateType type, int localPreference) {
    return of(type.preference(), localPreference);
  }

  /** RFC 6544 section 4.2, of a host or peer-reflexive one; {@code otherPreference} is from 0 to 8,191. */
  static long active(CandidateType type, int otherPreference) {
    int direction = type == CandidateType.HOST ? ACTIVE_HOST : ACTIVE_REFLEXIVE;
    return of(type.preference() - TCP_PENALTY, (direction << 13) + otherPreference);
  }

  private static long of(int typePreference, int localPreference) {
    return ((long) typePreference << 24) + ((long) localPreference << 8) + (256 - COMPONENT);
  }

  /** Section 6.1.2.3, of the priorities that the candidates of the two agents have, by their role. */
  static long pair(long controlling, long controlled) {
    return (Math.min(controlling, controlled) << 32) + 2 * Math.max(controlling, controlled)
      + (controlling > controlled ? 1 : 0);
  }
}
