package io.aiconexus.peer;

import java.util.Locale;

/** How far connecting to another agent came; each phase begins when the one before is done. */
public enum ConnectPhase {

  /** The engine makes a connection and its channels. */
  ENGINE,
  /** The ends tell each other what they offer, through the gateway. */
  SIGNALING,
  /** ICE looks for a path. */
  ICE,
  /** The ends prove who they are on it. */
  DTLS,
  /** SCTP comes up and channels open. */
  CHANNEL,
  /** The link could carry data. */
  UP;

  /** The name on the event bus, in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
