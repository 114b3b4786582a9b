package io.aiconexus.webrtc.turn;

/** The way to the server: the connected socket of one allocation, whatever its transport. */
public interface ServerLink {
  /**
   * Sends one packet, or drops it if the transport loses packets anyway.
   * <p>
   * Must not fail, and must not call back. On a stream the bytes go out as they are, padding included, in order.
   *
   * @param packet not changed afterwards, by neither side; the same array may come again
   */
  void send(byte[] packet);
}
