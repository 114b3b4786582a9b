package io.aiconexus.webrtc.jvm;

import java.util.function.Consumer;

/** What a datagram passes on its way out; the one place where a test can lose, delay and reorder. */
@FunctionalInterface
interface DatagramFilter {

  /** Everything passes. */
  DatagramFilter NONE = (datagram, network) -> network.accept(datagram);

  /**
   * Takes one datagram, on the socket's loop.
   *
   * @param datagram its own to keep
   * @param network sends what it is given, on the same loop
   */
  void pass(byte[] datagram, Consumer<byte[]> network);
}
