package io.aiconexus.bench;

import dev.onvoid.webrtc.RTCDataChannelBuffer;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Semaphore;

/**
 * One channel: 64-byte messages per second, 16 KiB messages in MB/s, and the round trip of 64 bytes one at a time; the
 * same on bare webrtc-java, in turns.
 * <p>
 * Arguments: engine (native), seconds' worth of work as a factor (1). The engine's sender minds its buffered amount;
 * the bare one keeps at most 1 MiB between sent and received, or it would lose messages without a word.
 */
public final class ChannelBench {

  private static final int SMALL = 64;
  private static final int LARGE = 16_384;
  private static final int WINDOW = 1 << 20;
  private static final int TURNS = 3;

  private ChannelBench() {
  }

  private record Trip(double p50, double p99) {
    static Trip of(double[] micros) {
      Arrays.sort(micros);
      return new Trip(micros[micros.length / 2], micros[micros.length * 99 / 100]);
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "p50 %4.0f us, p99 %4.0f us", p50, p99);
    }
  }

  /** Runs it and prints a line for each. */
  public static void main(String[] args) throws Exception {
    String name = args.length > 0 ? args[0] : "native";
    int factor = args.length > 1 ? Integer.parseInt(args[1]) : 1;
    try (BenchEngine bench = BenchEngine.named(name); BareLane lane = new BareLane()) {
      BenchPair pair = BenchEngine.await(BenchPair.connect(bench.vertx(), bench.engine()));
      BarePair bare = BenchEngine.await(BarePair.connect(lane));
      flood(pair, SMALL, 5_000);
      flood(bare, SMALL, 5_000);
      for (int i = 0; i < TURNS; i++) {
        print(SMALL, name, flood(pair, SMALL, 30_000 * factor), flood(bare, SMALL, 30_000 * factor));
        print(LARGE, name, flood(pair, LARGE, 10_000 * factor), flood(bare, LARGE, 10_000 * factor));
        System.out.printf("round trip: %s %s; bare %s%n", name, trips(pair, 3_000 * factor),
          trips(bare, 3_000 * factor));
      }
      BenchEngine.await(pair.close());
      BenchEngine.await(bare.close());
    }
  }

  private static void print(int size, String name, double ours, double theirs) {
    System.out.printf(Locale.ROOT, "%5d B: %s %8.0f msg/s %6.1f MB/s; bare %8.0f msg/s %6.1f MB/s; ratio %.2f%n", size,
      name, ours, ours * size / 1e6, theirs, theirs * size / 1e6, ours / theirs);
  }

  private static double flood(BenchPair pair, int size, int count) {
    Promise<Void> all = Promise.promise();
    int[] got = {0};
    long start = System.nanoTime();
    pair.context.runOnContext(now -> {
      pair.b.onMessage = data -> {
        if (++got[0] == count) {
          all.complete();
        }
      };
      pair.a.channel.bufferedAmountLowThreshold(WINDOW / 4);
      new Flood(pair, Buffer.buffer(new byte[size]), count).go();
    });
    BenchEngine.await(all.future());
    return count / ((System.nanoTime() - start) / 1e9);
  }

  /** A sender that stops at the window and goes on when told that there is room. */
  private static final class Flood {

    private final BenchPair pair;
    private final Buffer message;
    private int left;

    Flood(BenchPair pair, Buffer message, int count) {
      this.pair = pair;
      this.message = message;
      this.left = count;
      pair.a.onLow = this::go;
    }

    void go() {
      while (left > 0 && pair.a.channel.bufferedAmount() < WINDOW) {
        left--;
        pair.a.channel.send(message, true).onFailure(Throwable::printStackTrace);
      }
    }
  }

  private static double flood(BarePair pair, int size, int count) throws InterruptedException {
    Promise<Void> all = Promise.promise();
    Semaphore room = new Semaphore(WINDOW);
    int[] got = {0};
    pair.b.onMessage = data -> {
      room.release(size);
      if (++got[0] == count) {
        all.complete();
      }
    };
    ByteBuffer message = ByteBuffer.allocateDirect(size);
    long start = System.nanoTime();
    pair.lane.execute(() -> {
      for (int i = 0; i < count; i++) {
        room.acquireUninterruptibly(size);
        send(pair.a, message);
      }
    });
    BenchEngine.await(all.future());
    return count / ((System.nanoTime() - start) / 1e9);
  }

  private static void send(BarePair.Side side, ByteBuffer message) {
    try {
      side.channel.send(new RTCDataChannelBuffer(message, true));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Trip trips(BenchPair pair, int count) {
    Promise<Void> all = Promise.promise();
    double[] micros = new double[count];
    int[] done = {0};
    long[] began = {0};
    Buffer message = Buffer.buffer(new byte[SMALL]);
    pair.context.runOnContext(now -> {
      pair.b.onMessage = data -> pair.b.channel.send(data, true);
      pair.a.onMessage = data -> {
        micros[done[0]] = (System.nanoTime() - began[0]) / 1e3;
        if (++done[0] == count) {
          all.complete();
        } else {
          began[0] = System.nanoTime();
          pair.a.channel.send(message, true);
        }
      };
      began[0] = System.nanoTime();
      pair.a.channel.send(message, true);
    });
    BenchEngine.await(all.future());
    return Trip.of(micros);
  }

  private static Trip trips(BarePair pair, int count) {
    Promise<Void> all = Promise.promise();
    double[] micros = new double[count];
    int[] done = {0};
    long[] began = {0};
    ByteBuffer message = ByteBuffer.allocateDirect(SMALL);
    pair.b.onMessage = data -> pair.lane.execute(() -> send(pair.b, message));
    pair.a.onMessage = data -> pair.lane.execute(() -> {
      micros[done[0]] = (System.nanoTime() - began[0]) / 1e3;
      if (++done[0] == count) {
        all.complete();
      } else {
        began[0] = System.nanoTime();
        send(pair.a, message);
      }
    });
    pair.lane.execute(() -> {
      began[0] = System.nanoTime();
      send(pair.a, message);
    });
    BenchEngine.await(all.future());
    return Trip.of(micros);
  }
}
