package io.aiconexus.webrtc.sctp;

/** The state of an association, and its end. */
final class Lifecycle {

  private final SctpListener listener;
  private final Deadlines deadlines;
  private final PacketWriter writer;
  private SctpState state = SctpState.CLOSED;

  Lifecycle(SctpListener listener, Deadlines deadlines, PacketWriter writer) {
    this.listener = listener;
    this.deadlines = deadlines;
    this.writer = writer;
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

  /** Tells the peer why, if it is known, and ends the association. */
  void abort(CloseReason.Kind kind, int cause, String detail) {
    if (isOver()) {
      return;
    }
    writer.discard();
    if (writer.tag() != 0) {
      writer.failure(ChunkType.ABORT, 0, cause, detail);
      writer.send();
    }
    end(new CloseReason(kind, cause, detail));
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
