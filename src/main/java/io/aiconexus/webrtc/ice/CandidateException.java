package io.aiconexus.webrtc.ice;

/** A candidate line that cannot be used; the text names the rule of RFC 8839 section 5.1 that it breaks. */
public final class CandidateException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final boolean ignorable;

  CandidateException(String rule, boolean ignorable) {
    super(rule);
    this.ignorable = ignorable;
  }

  /** Tells whether the line is well formed but of a kind invented later: to be passed over, not to be refused. */
  public boolean ignorable() {
    return ignorable;
  }
}
