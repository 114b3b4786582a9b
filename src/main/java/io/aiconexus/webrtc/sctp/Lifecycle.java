package io.aiconexus.webrtc.sctp;

/** The state of an association, and its end. */
final class Lifecycle {

  private final SctpListener listener;
  private final Deadlines deadlines;
  private SctpState state = SctpState.CLOSED;

  Lifecycle(SctpListener listener, Deadlines deadlines) {
    this.listener = listener;
    this.deadlines = deadlines;
  }

  SctpState state() {
    return state;
  }

  boolean isOver() {
    return state == SctpState.ENDED;
  }

  void become(SctpState next) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException("an association does not go from " + state + " to " + next);
    }
    state = next;
  }

  /** Ends the association and says why, once. */
  void end(CloseReason reason) {
    if (!isOver()) {
      become(SctpState.ENDED);
      deadlines.clearAll();
      listener.closed(reason);
    }
  }
}
