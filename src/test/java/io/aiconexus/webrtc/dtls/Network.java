package io.aiconexus.webrtc.dtls;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** What happens to datagrams on their way; used on one loop. */
interface Network {

  Network PERFECT = (datagram, delivery) -> delivery.accept(datagram);

  void carry(ByteBuffer datagram, Consumer<ByteBuffer> delivery);

  /** Loses the datagrams whose number, counted over both directions from 0, is {@code lost}. */
  static Network losing(int lost) {
    int[] count = new int[1];
    return (datagram, delivery) -> {
      if (count[0]++ != lost) {
        delivery.accept(datagram);
      }
    };
  }

  /** Loses, repeats and delays a share of the datagrams; a delayed one comes after its successor. */
  static Network faulty(RandomGenerator random, double loss, double repetition, double delay) {
    Runnable[] held = new Runnable[1];
    return (datagram, delivery) -> {
      if (random.nextDouble() < loss) {
        return;
      }
      if (held[0] == null && random.nextDouble() < delay) {
        held[0] = () -> delivery.accept(datagram);
        return;
      }
      delivery.accept(datagram.duplicate());
      if (random.nextDouble() < repetition) {
        delivery.accept(datagram.duplicate());
      }
      if (held[0] != null) {
        Runnable late = held[0];
        held[0] = null;
        late.run();
      }
    };
  }
}
