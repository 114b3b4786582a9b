package io.aiconexus.webrtc;

import io.aiconexus.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** A data channel (W3C WebRTC, RTCDataChannel). Every call on the connection's context. */
public interface DataChannel {

  /** Its label, not necessarily unique. */
  String label();

  /** How it delivers. */
  DataChannelOptions options();

  /** Its SCTP stream, or -1 before that is known. */
  int id();

  /** Its state. */
  DataChannelState state();

  /**
   * Sends one message; a text is its UTF-8 bytes.
   * <p>
   * Succeeds once the engine has taken it; until then the buffer must stay as it is. Fails with
   * {@link Failure#NOT_CONNECTED} unless open, with {@link Failure#MESSAGE_TOO_LARGE} over
   * {@link PeerConnection#maxMessageSize}, with {@link Failure#OVERLOADED} when more than the engine's hard cap is
   * queued, and with {@link Failure#CANCELLED} when the channel closes first; a message that failed was not sent.
   */
  Future<Void> send(Buffer data, boolean binary);

  /** Bytes handed over and not yet given to the network. */
  long bufferedAmount();

  /**
   * Sets the amount at which {@link DataChannelListener#onBufferedAmountLow} tells that there is room; 0 by default.
   */
  void bufferedAmountLowThreshold(long bytes);

  /** Holds {@link DataChannelListener#onMessage} back; the other end is slowed down where the engine can. */
  void pause();

  /** Lets messages come again. */
  void resume();

  /** Closes it once what is queued has been sent (RFC 8831, section 6.7). */
  void close();
}
