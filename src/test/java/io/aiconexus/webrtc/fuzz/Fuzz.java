package io.aiconexus.webrtc.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Gives a parser damaged inputs: each must be taken, or refused with the parser's own exception, within bounds of
 * memory and time.
 * <p>
 * Input {@code n} depends on {@code -Dfuzz.seed}, {@code n} and, if it keeps any, the state of the source: the same run
 * gives the same inputs, and a failure names the seed and shows the input.
 */
public final class Fuzz {
  /** How many inputs a long run has, unless a parser is too slow for it. */
  public static final long LONG = 10_000_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long SEED = Long.getLong("fuzz.seed", 1);
  private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;
  /** Of processor time, which a busy machine does not add to. */
  private static final long SLOWEST_NANOS = 1_000_000_000;
  private static final int TRIES = 4;
  private static final int MOST_SHOWN = 4_096;

  /** Where inputs come from; neither its time nor its memory counts. */
  public interface Source {
    byte[] next(SplittableRandom random) throws Exception;
  }

  /** What inputs are given to; says whether it took one. */
  public interface Target {
    boolean takes(byte[] input) throws Exception;
  }

  /** What came of a run. */
  public record Report(String name, long inputs, long taken, long mostAllocated, double seconds) {

    /** Fails when hardly any input was taken, or all were: then half of the target was not tried. */
    public void assertMixed() {
      if (taken < inputs / 20 || taken == inputs) {
        throw new AssertionError("hardly a mixture: " + this);
      }
    }

    @Override
    public String toString() {
      return String.format("fuzz %s: %,d inputs of seed %d, %,d taken, at most %,d bytes for one, %.1f s", name,
        inputs, SEED, taken, mostAllocated, seconds);
    }
  }

  private final String name;
  private final Source source;
  private final Class<? extends Exception> refusal;
  private final Target target;
  private long fixedBytes = 16 * 1024;
  private long bytesPerByte = 20;
  private byte[] current = new byte[0];
  private volatile long number;
  private long taken;
  private long mostAllocated;

  public Fuzz(String name, Source source, Class<? extends Exception> refusal, Target target) {
    this.name = name;
    this.source = source;
    this.refusal = refusal;
    this.target = target;
  }

  /** One whose target refuses nothing by an exception. */
  public Fuzz(String name, Source source, Target target) {
    this(name, source, null, target);
  }

  /** Sets what one input may make the target allocate: so many bytes, and so many for each byte of the input. */
  public Fuzz allocating(long fixed, long each) {
    fixedBytes = fixed;
    bytesPerByte = each;
    return this;
  }

  /**
   * Gives the target so many inputs, or {@code -Dfuzz.inputs}, on a thread of its own, and fails for the first one that
   * goes wrong.
   */
  public Report run(long usually) throws Exception {
    long inputs = Long.getLong("fuzz.inputs", usually);
    long began = System.nanoTime();
    FutureTask<Void> work = new FutureTask<>(() -> feed(inputs), null);
    Thread thread = new Thread(work, "fuzz");
    thread.setDaemon(true);   // one that loops cannot be stopped
    thread.start();
    watch(thread);
    try {
      work.get();
    } catch (ExecutionException failed) {
      throw new AssertionError(failed.getCause().getMessage(), failed.getCause());
    }
    Report report = new Report(name, inputs, taken, mostAllocated, (System.nanoTime() - began) / 1e9);
    System.out.println(report);
    return report;
  }

  private void watch(Thread thread) throws Exception {
    long seen = -1;
    long usedBefore = 0;
    while (thread.isAlive()) {
      thread.join(100);
      long used = THREADS.getThreadCpuTime(thread.getId());
      if (number != seen) {
        seen = number;
        usedBefore = used;
      } else if (used - usedBefore > SLOWEST_NANOS) {
        throw failure(seen, "takes more than a second", null);
      }
    }
  }

  private void feed(long inputs) {
    for (long which = 0; which < inputs; which++) {
      try {
        current = source.next(new SplittableRandom(SEED * GOLDEN ^ which));
        number = which;
        taken += isTaken(current) ? 1 : 0;
      } catch (Throwable unexpected) {
        throw failure(which, unexpected.toString(), unexpected);
      }
    }
  }

  /** Measures again what allocated too much: the first time a path is taken, the JVM itself allocates on it. */
  private boolean isTaken(byte[] input) throws Exception {
    long most = fixedBytes + bytesPerByte * input.length;
    long allocated = Long.MAX_VALUE;
    boolean result = false;
    for (int attempt = 0; attempt < TRIES && allocated > most; attempt++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      boolean once = tries(input);
      allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      result = attempt == 0 ? once : result;
    }
    mostAllocated = Math.max(mostAllocated, allocated);
    if (allocated > most) {
      throw new AssertionError("allocates " + allocated + " bytes, more than " + most);
    }
    return result;
  }

  private boolean tries(byte[] input) throws Exception {
    try {
      return target.takes(input);
    } catch (Exception refused) {
      if (refusal == null || !refusal.isInstance(refused)) {
        throw refused;
      }
      return false;
    }
  }

  private AssertionError failure(long which, String why, Throwable cause) {
    byte[] shown = Arrays.copyOf(current, Math.min(current.length, MOST_SHOWN));
    return new AssertionError(String.format("%s, input %d of -Dfuzz.seed=%d: %s; %d bytes: %s", name, which, SEED, why,
      current.length, HexFormat.of().formatHex(shown)), cause);
  }
}
