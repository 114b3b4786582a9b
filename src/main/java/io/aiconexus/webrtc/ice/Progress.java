package io.aiconexus.webrtc.ice;

/** What the owner has been told: the state, the path, and that gathering is done. Tells what is new, once. */
final class Progress {
  private final IceEvents events;
  private IceState state = IceState.NEW;
  private SelectedPair selected;
  private boolean gathered;

  Progress(IceEvents events) {
    this.events = events;
  }

  IceState state() {
    return state;
  }

  boolean isClosed() {
    return state == IceState.CLOSED;
  }

  SelectedPair selected() {
    return selected;
  }

  void select(SelectedPair path) {
    if (!path.equals(selected) && !isClosed()) {
      selected = path;
      events.onSelectedPair(path);
    }
  }

  /** The end of gathering is to be told, even if it was told of an earlier one. */
  void awaitGathering() {
    gathered = false;
  }

  void gathered() {
    if (!gathered && !isClosed()) {
      gathered = true;
      events.onGatheringDone();
    }
  }

  /** Derives the state from how search, consent and gathering stand, and becomes it. */
  void update(Generation search, Consent consent, boolean gatheringDone) {
    if (!isClosed()) {
      become(next(search, consent, gatheringDone));
    }
  }

  private IceState next(Generation search, Consent consent, boolean gatheringDone) {
    if (consent.isActive()) {
      boolean complete = search.isAgreed() && search.hasRemoteEnded() && gatheringDone;
      IceState answering = complete ? IceState.COMPLETED : IceState.CONNECTED;
      return consent.isAnswered() ? answering : IceState.DISCONNECTED;
    }
    if (search.hasFailed()) {
      return IceState.FAILED;
    }
    if (search.remote() != null) {
      return IceState.CHECKING;
    }
    boolean hadPath = state != IceState.NEW && state != IceState.CHECKING;
    return hadPath ? IceState.FAILED : state;
  }

  void become(IceState next) {
    if (next == state) {
      return;
    }
    if (!state.mayBecome(next)) {
      throw new IllegalStateException("an ICE agent cannot go from " + state + " to " + next);
    }
    state = next;
    if (next == IceState.FAILED || next == IceState.CLOSED) {
      selected = null;
    }
    events.onStateChange(next);
  }
}
