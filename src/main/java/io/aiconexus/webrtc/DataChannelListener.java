package io.aiconexus.webrtc;

import io.vertx.core.buffer.Buffer;

/** Learns what happens to a data channel; every call comes on the connection's context. */
public interface DataChannelListener {

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
