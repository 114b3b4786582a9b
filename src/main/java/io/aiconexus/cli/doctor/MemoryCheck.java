package io.aiconexus.cli.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How much memory the machine or the container gives, and whether the heap leaves some of it to native code. */
final class MemoryCheck {

  private static final String TOPIC = "memory";
  private static final long MIB = 1024 * 1024;
  private static final long SMALL = 512 * MIB;
  /** The part of the memory that the heap may take: buffers, threads and the native engine live outside of it. */
  private static final double HEAP_SHARE = 0.75;

  private MemoryCheck() {
  }

  static Finding run() {
    // Since Java 15 this is the limit of the container, where there is one (cgroup v1 and v2).
    long total = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    return judge(total, Runtime.getRuntime().maxMemory());
  }

  static Finding judge(long total, long heap) {
    String text = "the machine or the container has " + total / MIB + " MiB, the heap may take " + heap / MIB;
    if (heap > total * HEAP_SHARE) {
      return Finding.warn(TOPIC, text, "leave a quarter to what lives outside of the heap: AICONEXUS_JAVA_OPTS=-Xmx"
        + Math.max(64, (long) (total * HEAP_SHARE) / MIB) + "m");
    } else if (total < SMALL) {
      return Finding.warn(TOPIC, text, "give it 512 MiB or more");
    }
    return Finding.ok(TOPIC, text);
  }
}
