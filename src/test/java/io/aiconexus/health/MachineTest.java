package io.aiconexus.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineTest {

  private static final long MIB = 1 << 20;

  @TempDir
  private Path container;

  @ParameterizedTest
  @CsvSource({"89, HEALTHY", "90, DEGRADED", "97, DEGRADED", "98, UNHEALTHY", "99, UNHEALTHY", "100, UNHEALTHY"})
  void aDiskIsAsWellAsItIsEmpty(int used, HealthStatus expected) throws Exception {
    Finding finding = machine(new Disk(1_000 * MIB, (100 - used) * 10 * MIB)).disk();

    assertThat(finding).isEqualTo(new Finding(expected,
      (100 - used) * 10 + " of 1000 MiB free (" + used + " % used)"));
  }

  @Test
  void aDiskThatCannotBeAskedFailsItsLook() {
    Machine machine = new Machine(HealthOptions.DEFAULTS, container, () -> {
      throw new IOException("stale file handle");
    });
    assertThatThrownBy(machine::disk).hasMessage("stale file handle");
  }

  @ParameterizedTest
  @CsvSource({"800, HEALTHY", "850, DEGRADED", "950, UNHEALTHY", "1000, UNHEALTHY"})
  void memoryIsAsWellAsTheContainersLimitAllows(long usedMib, HealthStatus expected) throws Exception {
    contain("1048576000", usedMib * MIB, 0);
    Finding finding = machine(new Disk(MIB, MIB)).memory();

    assertThat(finding.status()).isEqualTo(expected);
    assertThat(finding.message()).endsWith("container " + usedMib + " of 1000 MiB (" + usedMib / 10 + " %)");
  }

  @Test
  void whatTheSystemCanTakeBackAtOnceIsNotUsed() throws Exception {
    contain("1048576000", 1_000 * MIB, 600 * MIB);
    assertThat(machine(new Disk(MIB, MIB)).memory().message()).contains("container 400 of 1000 MiB (40 %)");
  }

  @Test
  void aContainerWithoutALimitSaysNothing() throws Exception {
    contain("max", 1_000 * MIB, 0);
    assertThat(machine(new Disk(MIB, MIB)).memory().message()).startsWith("heap ").doesNotContain("container");
  }

  private void contain(String limit, long current, long inactiveFile) throws IOException {
    Files.writeString(container.resolve("memory.max"), limit + "\n");
    Files.writeString(container.resolve("memory.current"), current + "\n");
    Files.writeString(container.resolve("memory.stat"), "anon 1\ninactive_file " + inactiveFile + "\nslab 2\n");
  }

  private Machine machine(FileStore disk) {
    return new Machine(HealthOptions.DEFAULTS, container, () -> disk);
  }

  /** A disk that is as full as a test needs it. */
  private static final class Disk extends FileStore {

    private final long total;
    private final long free;

    Disk(long total, long free) {
      this.total = total;
      this.free = free;
    }

    @Override
    public String name() {
      return "disk";
    }

    @Override
    public String type() {
      return "ext4";
    }

    @Override
    public boolean isReadOnly() {
      return false;
    }

    @Override
    public long getTotalSpace() {
      return total;
    }

    @Override
    public long getUsableSpace() {
      return free;
    }

    @Override
    public long getUnallocatedSpace() {
      return free;
    }

    @Override
    public boolean supportsFileAttributeView(Class<? extends FileAttributeView> type) {
      return false;
    }

    @Override
    public boolean supportsFileAttributeView(String name) {
      return false;
    }

    @Override
    public <V extends FileStoreAttributeView> V getFileStoreAttributeView(Class<V> type) {
      return null;
    }

    @Override
    public Object getAttribute(String attribute) {
      throw new UnsupportedOperationException(attribute);
    }
  }
}
