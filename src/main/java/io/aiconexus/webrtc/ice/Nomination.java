package io.aiconexus.webrtc.ice;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Chooses the pair that data takes, and as the controlling agent the one to agree on (RFC 8445 section 8.1.1).
 * <p>
 * Data takes the best pair that works so far. The controlling agent nominates the best one that works as soon as no
 * better one is still being tried, at once if the peer is lite (it sends nothing before that), and otherwise when a
 * short time has passed since the first one worked, so that one dead interface holds nobody up.
 * The controlled agent follows: of several nominated pairs, as an agent of RFC 5245 may produce them, the one with the
 * highest priority counts, unless the chosen one no longer answers.
 */
final class Nomination {
  private final IceSettings settings;
  private final Role role;
  private final CheckList list;
  private final BooleanSupplier selectedAnswers;
  private Pair selected;
  private Pair proposed;
  private boolean agreed;
  private long settlingSince = IceAgent.NEVER;

  Nomination(IceSettings settings, Role role, CheckList list, BooleanSupplier selectedAnswers) {
    this.settings = settings;
    this.role = role;
    this.list = list;
    this.selectedAnswers = selectedAnswers;
  }

  /** The pair that data takes, or null. */
  Pair selected() {
    return selected;
  }

  /** Whether both agents have agreed on {@link #selected}. */
  boolean isAgreed() {
    return agreed;
  }

  /** A pair works. */
  void valid(Pair pair, long now) {
    if (settlingSince == IceAgent.NEVER) {
      settlingSince = now;
    }
    if (!agreed && (selected == null || pair.priority > selected.priority)) {
      selected = pair;
    }
  }

  /** A pair works and has been nominated; returns whether it is the chosen one now. */
  boolean agree(Pair pair, long now) {
    valid(pair, now);
    boolean better = !agreed || pair.priority >= selected.priority || !selectedAnswers.getAsBoolean();
    if (better) {
      selected = pair;
      agreed = true;
      proposed = null;
    }
    return better;
  }

  /** Tells whether data takes this pair and the peer answers on it, whatever became of one check. */
  boolean answers(Pair pair) {
    return selected == pair && pair.isValid() && selectedAnswers.getAsBoolean();
  }

  /** A check of this pair has failed: its nomination did not come through, or it does not work after all. */
  void lost(Pair pair) {
    if (proposed == pair) {
      proposed = null;
    }
    if (selected == pair && !pair.isValid() && !agreed) {
      selected = list.bestValid();
    }
  }

  /** The role has changed: what we proposed was not ours to propose. */
  void roleChanged() {
    proposed = null;
    for (Pair pair : list.all()) {
      pair.nominate = false;
    }
  }

  /** The pair to nominate now, once; or null. */
  Pair propose(boolean lite, long now) {
    Pair best = candidate();
    if (best == null || !lite && list.isPendingAbove(best) && now < settledAt(best)) {
      return null;
    }
    proposed = best;
    return best;
  }

  /** When {@link #propose} has to be asked again. */
  long nextDeadline() {
    Pair best = candidate();
    return best == null ? IceAgent.NEVER : settledAt(best);
  }

  private Pair candidate() {
    return role.isControlling() && !agreed && proposed == null ? list.bestValid() : null;
  }

  private long settledAt(Pair best) {
    Duration wait = best.isLastResort() ? settings.relaySettle() : settings.settle();
    return settlingSince + wait.toNanos();
  }
}
