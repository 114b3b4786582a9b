package io.aiconexus.webrtc;

import io.vertx.core.buffer.Buffer;

/** Learns what happens to a data channel; every call comes on the connection's context. */
public interface DataChannelListener {

  /** The reason that {@link #onClose} gives when the other end closed the channel in order. */
  String CLOSED_THERE = "closed by the other end";

  /** It can be sent on. */
  void onOpen();

  /** A message arrived; it is the receiver's own. A text is its UTF-8 bytes. */
  void onMessage(Buffer data, boolean binary);

  /** The buffered amount fell to the threshold. */
  void onBufferedAmountLow();

  /**
   * It is closed; the last event.
   *
   * @param reason why, when it was not asked for, else null
   */
  void onClose(String reason);
}
