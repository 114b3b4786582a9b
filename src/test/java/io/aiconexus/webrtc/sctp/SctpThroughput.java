package io.aiconexus.webrtc.sctp;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How fast two associations in one thread are, without a network between them: {@code main} prints messages and bytes
 * per second for several message sizes, for someone who sends as long as little is queued.
 */
public final class SctpThroughput {

  private static final int PACKETS = 1 << 12;

  private final byte[][] ring = new byte[2 * PACKETS][1_200];
  private final int[] lengths = new int[2 * PACKETS];
  private final int[] heads = new int[2];
  private final int[] tails = new int[2];
  private final SctpAssociation[] ends = new SctpAssociation[2];
  private long messages;
  private long bytes;

  private SctpThroughput() {
    SctpOptions options = SctpOptions.DEFAULTS.withHeartbeat(Duration.ZERO);
    for (int i = 0; i < 2; i++) {
      int side = i;
      ends[i] = new SctpAssociation(options, new SplittableRandom(i), (packet, length) -> put(side, packet, length),
        new Counter(side));
    }
    ends[0].connect(now());
    while (ends[0].state() != SctpState.ESTABLISHED || ends[1].state() != SctpState.ESTABLISHED) {
      carry();
    }
  }

  private static long now() {
    return System.nanoTime();
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private void put(int side, byte[] packet, int length) {
    int slot = side * PACKETS + (tails[side]++ & PACKETS - 1);
    if (tails[side] - heads[side] > PACKETS) {
      throw new IllegalStateException("more packets in flight than there is room for");
    }
    System.arraycopy(packet, 0, ring[slot], 0, length);
    lengths[slot] = length;
  }

  /** Carries what is under way, in bursts as a socket would, and lets timers fire. */
  private void carry() {
    for (int side = 0; side < 2; side++) {
      SctpAssociation to = ends[1 - side];
      long now = now();
      for (int burst = 0; burst < 64 && heads[side] != tails[side]; burst++) {
        int slot = side * PACKETS + (heads[side]++ & PACKETS - 1);
        to.receive(ring[slot], 0, lengths[slot], now);
      }
      if (to.nextDeadline() <= now) {
        to.onTimer(now);
      }
      to.flush(now);
    }
  }

  private void run(int size, Delivery delivery, long nanos) {
    long end = now() + nanos;
    long start = now();
    long startCpu = cpu();
    long startMessages = messages;
    long startBytes = bytes;
    long packets = ends[0].statistics().packetsSent();
    while (now() < end) {
      for (int i = 0; i < 2_000 && ends[0].bufferedAmount() < 1 << 20; i++) {
        ends[0].send(0, 53, new byte[size], delivery, end);
      }
      ends[0].flush(now());
      carry();
    }
    double seconds = (now() - start) / 1e9;
    double busy = (cpu() - startCpu) / 1e9;
    long done = messages - startMessages;
    System.out.printf("%6d B %-9s %,12.0f msg/s %8.1f MB/s; %,12.0f msg per second of CPU; %.1f messages a packet%n",
      size, delivery.ordered() ? "ordered" : "unordered", done / seconds, (bytes - startBytes) / seconds / 1e6,
      done / busy, (double) done / (ends[0].statistics().packetsSent() - packets));
  }

  public static void main(String[] arguments) {
    SctpThroughput pair = new SctpThroughput();
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2;
    for (int round = 0; round < 2; round++) {
      for (int size : new int[] {64, 1_024, 16_384, 65_536}) {
        pair.run(size, Delivery.RELIABLE, seconds * 1_000_000_000L);
      }
      pair.run(64, Delivery.UNORDERED, seconds * 1_000_000_000L);
    }
    System.out.println(pair.ends[0].statistics());
  }

  private final class Counter implements SctpListener {
    private final int side;

    private Counter(int side) {
      this.side = side;
    }

    @Override
    public void connected() {
      // The loop looks at the state.
    }

    @Override
    public void message(int stream, int ppid, byte[] data) {
      messages++;
      bytes += data.length;
      ends[side].consumed(data.length);
    }

    @Override
    public void streamsReset(int[] streams) {
      throw new IllegalStateException("nobody asked for that");
    }

    @Override
    public void streamsResetByUs(int[] streams, boolean performed) {
      throw new IllegalStateException("nobody asked for that");
    }

    @Override
    public void bufferedAmountLow(int stream) {
      // The loop polls.
    }

    @Override
    public void closed(CloseReason reason) {
      throw new IllegalStateException(reason.toString());
    }
  }
}
