package io.aiconexus.webrtc.sctp;

/** What became of a message given to {@link SctpAssociation#send}. */
public enum SendOutcome {
  /** It waits in its stream's queue, or is already on its way. */
  QUEUED,
  /** The send buffer is full; try again after {@link SctpListener#bufferedAmountLow}. */
  FULL,
  /** The stream is being reset, or the association is not connected yet, closing or closed. */
  CLOSED
}
