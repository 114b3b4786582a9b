package io.aiconexus.webrtc.dtls;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;

import com.sun.management.OperatingSystemMXBean;

/**
 * Measures this package in memory, both ends in this process: {@code handshakes}, {@code loss}, {@code records},
 * {@code memory}; several may be named. Run with the test class path after {@code mvn test-compile}.
 */
public final class DtlsBenchmark {

  private static final int RECORD_BYTES = 1163;

  private DtlsBenchmark() {
  }

  public static void main(String[] names) throws Exception {
    try (Rig rig = new Rig(64, 4096)) {
      for (String name : names) {
        switch (name) {
          case "handshakes" -> handshakes(rig);
          case "loss" -> loss(rig);
          case "records" -> records(rig);
          case "memory" -> memory(rig);
          default -> throw new IllegalArgumentException("handshakes, loss, records or memory, not " + name);
        }
      }
    }
  }

  private static void handshakes(Rig rig) throws Exception {
    for (int atOnce : new int[] {16, 16, 1, 16, 100}) {
      int pairs = 2000;
      long cpu = cpuNanos();
      long start = System.nanoTime();
      double[] millis = run(rig, pairs, atOnce, number -> Network.PERFECT);
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf("handshakes, %d at once: %.0f pairs/s, %.2f ms CPU a pair, p50 %.1f p99 %.1f ms%n",
        atOnce, pairs / seconds, (cpuNanos() - cpu) / 1e6 / pairs, at(millis, 0.5), at(millis, 0.99));
    }
  }

  private static void loss(Rig rig) throws Exception {
    for (double loss : new double[] {0, 0.05, 0.2}) {
      double[] millis = run(rig, 200, 32, number -> Network.faulty(new Random(number), loss, 0, 0));
      System.out.printf("loss %.0f %%: %d of 200, p50 %.0f p90 %.0f p99 %.0f max %.0f ms%n",
        loss * 100, millis.length, at(millis, 0.5), at(millis, 0.9), at(millis, 0.99), at(millis, 1));
    }
  }

  private interface Networks {
    Network of(int number);
  }

  /** Milliseconds until both ends were connected, sorted; failures are missing. */
  private static double[] run(Rig rig, int pairs, int atOnce, Networks networks) throws InterruptedException {
    Semaphore room = new Semaphore(atOnce);
    double[] millis = new double[pairs];
    for (int number = 0; number < pairs; number++) {
      room.acquire();
      int mine = number;
      long start = System.nanoTime();
      Pair pair = rig.pair(networks.of(number)).start();
      pair.client.connected.runAfterBoth(pair.server.connected, () -> millis[mine] = (System.nanoTime() - start) / 1e6)
        .whenComplete((done, failure) -> {
          pair.client.close();
          pair.server.close();
          room.release();
        });
    }
    room.acquire(atOnce);
    return Arrays.stream(millis).filter(one -> one > 0).sorted().toArray();
  }

  private static void records(Rig rig) throws Exception {
    Pair pair = rig.pair(Network.PERFECT).connect();
    for (int round = 0; round < 8; round++) {
      System.out.println(pair.client.onLoop(() -> burst(pair)));
    }
  }

  /** Encrypts and decrypts in turns, timed apart. */
  private static String burst(Pair pair) {
    ByteBuffer data = ByteBuffer.allocate(RECORD_BYTES);
    ByteBuffer[] wire = new ByteBuffer[100];
    int[] sent = new int[1];
    pair.client.out = datagram -> wire[sent[0]++] = datagram;
    long[] got = new long[1];
    pair.server.taker = arrived -> got[0]++;
    long writing = 0;
    long reading = 0;
    int bursts = 2000;
    for (int burst = 0; burst < bursts; burst++) {
      sent[0] = 0;
      long start = System.nanoTime();
      for (int i = 0; i < wire.length; i++) {
        pair.client.transport.send(data.clear());
      }
      long middle = System.nanoTime();
      for (ByteBuffer datagram : wire) {
        pair.server.deliver(datagram);
      }
      writing += middle - start;
      reading += System.nanoTime() - middle;
      pair.client.sent.clear();
    }
    double bytes = (double) bursts * wire.length * RECORD_BYTES;
    return String.format("records: write %.0f MB/s, read %.0f MB/s, %d of %d arrived",
      bytes / writing * 1e3, bytes / reading * 1e3, got[0], bursts * wire.length);
  }

  /** Heap of idle connections, once data went through them and without what the test collects. */
  private static void memory(Rig rig) throws Exception {
    int pairs = 500;
    List<Pair> kept = new ArrayList<>();
    rig.pair(Network.PERFECT).connect();
    long before = usedHeap();
    for (int i = 0; i < pairs; i++) {
      Pair pair = rig.pair(Network.PERFECT).connect();
      pair.client.say("ping");
      pair.settle();
      pair.client.sent.clear();
      pair.server.sent.clear();
      kept.add(pair);
    }
    System.out.printf("memory: %.1f KiB heap a connection%n", (usedHeap() - before) / 1024.0 / 2 / kept.size());
  }

  private static long usedHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static double at(double[] sorted, double share) {
    return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
  }
}
