package io.aiconexus.webrtc.dtls;

import java.nio.ByteBuffer;

/**
 * Hears of one {@link DtlsTransport}. Every method is called on the transport's loop, {@link #connected} before any
 * {@link #data}, and {@link #closed} exactly once and last. Each may call back into the transport.
 */
public interface DtlsListener {

  /** The handshake is done, and the peer holds the key of a certificate that was named. */
  void connected(DtlsCipherSuite cipherSuite);

  /**
   * One record of application data, in the order of arrival, which the network may have changed.
   *
   * @param data valid until this method returns
   */
  void data(ByteBuffer data);

  /**
   * The transport ended; nothing follows.
   *
   * @param detail what happened, for a log
   */
  void closed(DtlsCloseReason reason, String detail);
}
