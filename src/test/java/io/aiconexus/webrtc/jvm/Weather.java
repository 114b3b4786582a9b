package io.aiconexus.webrtc.jvm;

import io.aiconexus.webrtc.Engine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A network that loses datagrams and lets others overtake them, between engines and their sockets. */
public final class Weather {

  private final double loss;
  private final double delay;
  private final Random random;
  private volatile boolean cut;
  private final AtomicLong lost = new AtomicLong();

  /** What share of datagrams is lost, and what share comes after one that was sent later. */
  public Weather(double loss, double delay, long seed) {
    this.loss = loss;
    this.delay = delay;
    this.random = new Random(seed);
  }

  /** An engine whose every datagram goes through this weather. */
  public Future<Engine> engine(Vertx vertx, JvmOptions options) {
    Late late = new Late();
    return JvmEngine.start(vertx, options, late);
  }

  /** How many datagrams did not arrive. */
  public long lost() {
    return lost.get();
  }

  /** Loses every datagram, or as few as at first. */
  public void cut(boolean everything) {
    cut = everything;
  }

  private synchronized double next() {
    return random.nextDouble();
  }

  private record Held(byte[] datagram, Consumer<byte[]> network) { }

  /** Holds one datagram of all until the next one was sent. */
  private final class Late implements DatagramFilter {

    private final ThreadLocal<Held> held = new ThreadLocal<>();

    @Override
    public void pass(byte[] datagram, Consumer<byte[]> network) {
      if (cut || next() < loss) {
        lost.incrementAndGet();
        return;
      }
      Held before = held.get();
      if (before == null && next() < delay) {
        held.set(new Held(datagram, network));
        return;
      }
      network.accept(datagram);
      if (before != null) {
        held.remove();
        before.network().accept(before.datagram());
      }
    }
  }
}
