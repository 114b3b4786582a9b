package io.aiconexus.webrtc.sctp;

/**
 * What an association tells its owner.
 * <p>
 * Called from inside {@code receive}, {@code flush} and {@code onTimer}, on their thread. Every method may call back
 * into the association. What a listener throws reaches the caller of those methods.
 */
public interface SctpListener {

  /** Both sides know each other; sending is possible. Called once. */
  void connected();

  /**
   * A whole message arrived.
   * <p>
   * It occupies the receive window until {@link SctpAssociation#consumed} is called for it, which may happen in here.
   *
   * @param stream the stream it came on
   * @param ppid   the payload protocol identifier, as sent
   * @param data   the message; the listener's own from here on
   */
  void message(int stream, int ppid, byte[] data);

  /** The peer reset these streams of its own: it sends nothing more on them until their ids are used anew. */
  void streamsReset(int[] streams);

  /**
   * Our request to reset these streams was answered.
   *
   * @param streams   the ids of the request
   * @param performed false when the peer refused
   */
  void streamsResetByUs(int[] streams, boolean performed);

  /** The stream's buffered amount fell to its threshold or below (W3C {@code onbufferedamountlow}). */
  void bufferedAmountLow(int stream);

  /** The association ended; no event follows. Called once. */
  void closed(CloseReason reason);
}
