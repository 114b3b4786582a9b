package io.aiconexus.webrtc.foreign;

/** What not every stack can do. */
public enum Ability {

  /** Offers and is the DTLS client all the same. */
  CLIENT_WHEN_OFFERING,
  /** Answers an offer of a DTLS client, and is the server. */
  SERVER_WHEN_ANSWERING,
  /** Sends messages without a byte. */
  EMPTY_MESSAGES,
  /** Makes one channel after the other on the same stream. */
  REUSED_STREAMS,
  /** Renews its ICE credentials within a connection. */
  ICE_RESTART,
  /** Knows how a channel of the other end delivers. */
  OPTIONS_OF_THE_OTHER_END,
  /** Says how its own channels deliver. */
  OPTIONS_OF_ITS_OWN,
  /** Tells the other end that it closes. */
  GOODBYE
}
