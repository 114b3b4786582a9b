package io.aiconexus.webrtc.sctp;

/** Where an association's packets go: the DTLS layer below. */
@FunctionalInterface
public interface PacketSink {

  /**
   * Takes one SCTP packet, at most {@link SctpOptions#mtu()} bytes long.
   * <p>
   * The array is the association's own and is overwritten after the call. Must not call back into the association.
   *
   * @param packet holds the packet from index 0
   * @param length the packet's length in bytes
   */
  void send(byte[] packet, int length);
}
