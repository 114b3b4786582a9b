package io.aiconexus.health;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Looks at what the process has of its machine; every method may block on a file for a moment. */
final class Machine {

  private static final long MIB = 1 << 20;
  private static final Path CONTAINER = Path.of("/sys/fs/cgroup");

  private final HealthOptions options;
  private final Path container;
  private final Callable<FileStore> disk;

  /** The disk with the working directory, and the container that this process is in. */
  Machine(HealthOptions options) {
    this(options, CONTAINER, () -> Files.getFileStore(Path.of("").toAbsolutePath()));
  }

  /**
   * @param container the directory with the files of a cgroup v2
   * @param disk finds the disk anew for each look
   */
  Machine(HealthOptions options, Path container, Callable<FileStore> disk) {
    this.options = options;
    this.container = container;
    this.disk = disk;
  }

  /** The heap as the last collection left it, and the container's memory where there is a limit (cgroup v2). */
  Finding memory() throws IOException {
    long heapMax = Runtime.getRuntime().maxMemory();
    long heap = heapAfterCollection();
    long percent = 100 * heap / heapMax;
    String message = "heap %d of %d MiB (%d %%)".formatted(heap / MIB, heapMax / MIB, percent);
    long limit = number(container.resolve("memory.max"));
    if (limit > 0) {
      long used = number(container.resolve("memory.current")) - inactiveFile();
      percent = Math.max(percent, 100 * used / limit);
      message += ", container %d of %d MiB (%d %%)".formatted(used / MIB, limit / MIB, 100 * used / limit);
    }
    return Finding.of(percent, options.memory().degraded(), options.memory().unhealthy(), message);
  }

  /** The disk that holds the working directory. */
  Finding disk() throws Exception {
    FileStore store = disk.call();
    long total = store.getTotalSpace();
    long free = store.getUsableSpace();
    long percent = total == 0 ? 0 : 100 * (total - free) / total;
    return Finding.of(percent, options.disk().degraded(), options.disk().unhealthy(),
      "%d of %d MiB free (%d %% used)".formatted(free / MIB, total / MIB, percent));
  }

  /** What the process has open, against its limit. */
  Finding descriptors() {
    if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix)) {
      return Finding.healthy("this system does not count them");
    }
    long open = unix.getOpenFileDescriptorCount();
    long max = unix.getMaxFileDescriptorCount();
    return Finding.of(100 * open / max, options.descriptors().degraded(), options.descriptors().unhealthy(),
      "%d of %d open (%d %%)".formatted(open, max, 100 * open / max));
  }

  private static long heapAfterCollection() {
    long used = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage left = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
      used += left == null ? 0 : left.getUsed();
    }
    return used;
  }

  /** The page cache counts as used in cgroups, and its inactive part is given back as soon as anyone needs it. */
  private long inactiveFile() throws IOException {
    Path statistics = container.resolve("memory.stat");
    if (!Files.isReadable(statistics)) {
      return 0;
    }
    return Files.readAllLines(statistics).stream().filter(line -> line.startsWith("inactive_file "))
      .mapToLong(line -> Long.parseLong(line.substring("inactive_file ".length()))).findFirst().orElse(0);
  }

  /** The number in the file; 0 when there is none, or when it says that there is no limit. */
  private static long number(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      return 0;
    }
    String text = Files.readString(file).strip();
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }
}
