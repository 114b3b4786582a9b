package io.aiconexus.webrtc.sctp;

import io.aiconexus.webrtc.sctp.Deadlines.Timer;

/** T3-rtx (RFC 9260 section 6.3.2), and before it a probe for the loss of a last packet (RFC 8985 section 7). */
final class RetransmissionTimers {

  private static final long SHORTEST_PROBE = 10_000_000;

  private final Deadlines deadlines;
  private final RtoEstimator rto;
  private final Outstanding outstanding;
  private boolean probed;
  private int timeouts;

  RetransmissionTimers(Deadlines deadlines, RtoEstimator rto, Outstanding outstanding) {
    this.deadlines = deadlines;
    this.rto = rto;
    this.outstanding = outstanding;
  }

  /** Something was sent. */
  void sent(long now) {
    if (deadlines.isSet(Timer.RETRANSMIT)) {
      armProbe(now);
    } else {
      arm(now);
    }
  }

  private void arm(long now) {
    deadlines.set(Timer.RETRANSMIT, now + rto.rto());
    armProbe(now);
  }

  /** One probe for each time that the peer goes quiet. */
  private void armProbe(long now) {
    if (probed || rto.smoothed() == 0 || outstanding.flight() == 0) {
      deadlines.clear(Timer.PROBE);
    } else {
      deadlines.set(Timer.PROBE, now + Math.max(SHORTEST_PROBE, 2 * rto.smoothed()));
    }
  }

  /** Something new was acknowledged; with {@code advanced}, also the oldest of what was outstanding. */
  void acknowledged(boolean advanced, long now) {
    timeouts = 0;
    probed = false;
    if (!advanced) {
      armProbe(now);
    } else if (outstanding.isEmpty()) {
      deadlines.clear(Timer.RETRANSMIT);
      deadlines.clear(Timer.PROBE);
    } else {
      arm(now);
    }
  }

  void probed() {
    probed = true;
  }

  /** T3-rtx fired; returns how often in a row. */
  int timedOut() {
    rto.backOff();
    probed = true;
    return ++timeouts;
  }

  /** Starts again after a timeout if there is still something to wait for. */
  void restart(long now) {
    if (!outstanding.isEmpty()) {
      arm(now);
    }
  }

  /** The peer answered in some other way. */
  void peerIsAlive() {
    timeouts = 0;
  }
}
