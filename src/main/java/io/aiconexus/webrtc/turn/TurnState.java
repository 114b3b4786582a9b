package io.aiconexus.webrtc.turn;

/** How far an allocation has come. */
public enum TurnState {
  /** Not begun. */
  NEW,
  /** The server has been asked. */
  ALLOCATING,
  /** There is a relayed address. */
  ALLOCATED,
  /** The server has been told to give the address up, and has not answered yet. */
  CLOSING,
  /** Given up from this side; the end. */
  CLOSED,
  /** Refused, lost or unreachable; the end. */
  FAILED;

  /** Tells whether nothing will happen any more. */
  public boolean isFinal() {
    return this == CLOSED || this == FAILED;
  }
}
