package io.aiconexus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aiconexus.cli.Checkout.Result;
import java.io.FileOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class LauncherBuildTest {

  @TempDir
  private Path directory;
  private Checkout checkout;

  @BeforeEach
  void makeACheckout() throws Exception {
    checkout = Checkout.in(directory);
  }

  @Test
  void itBuildsOnceAndAgainWhenAFileChangesComesOrGoes() throws Exception {
    Result first = checkout.run("version");
    Result second = checkout.run("version");
    assertThat(first.err()).hasLineCount(1).contains("building");
    assertThat(second.err()).isEmpty();
    assertThat(checkout.mavenRuns()).hasSize(1);

    checkout.write("src/main/java/A.java", "class A { int a; }");
    checkout.run("version");
    assertThat(checkout.mavenRuns()).as("changed").hasSize(2);

    Files.delete(checkout.home.resolve("src/main/java/B.java"));
    checkout.run("version");
    assertThat(checkout.mavenRuns()).as("deleted").hasSize(3);

    checkout.write("src/main/resources/c.txt", "");
    Files.setLastModifiedTime(checkout.home.resolve("src/main/resources/c.txt"), FileTime.from(Instant.EPOCH));
    checkout.run("version");
    assertThat(checkout.mavenRuns()).as("came, with an old date").hasSize(4);

    Files.setLastModifiedTime(checkout.home.resolve("pom.xml"), FileTime.from(Instant.now()));
    checkout.run("version");
    assertThat(checkout.mavenRuns()).as("touched").hasSize(4);
  }

  @Test
  void whatAnotherBuildLeftIsBuiltAgain() throws Exception {
    checkout.run("version");
    Path jar = checkout.home.resolve("target/aiconexus-1-all.jar");
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));

    checkout.run("version");

    assertThat(checkout.mavenRuns()).hasSize(2);
  }

  @Test
  void aBuildThatFailsShowsWhyAndIsTriedAgain() throws Exception {
    checkout.run("version");
    checkout.write("pom.xml", "<project>");
    checkout.maven("echo no such symbol; exit 1");

    Result failed = checkout.run("version");
    Result again = checkout.run("version");

    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err()).contains("no such symbol", "the build failed, see above");
    assertThat(again.status()).isEqualTo(1);
    assertThat(checkout.mavenRuns()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void twoAtOnceBuildOnce(boolean flock) throws Exception {
    if (flock) {
      assumeTrue(Files.exists(Path.of("/usr/bin/flock")), "needs flock");
      checkout.systemTool("flock");
    }
    Path gate = directory.resolve("gate");
    assertThat(new ProcessBuilder("mkfifo", gate.toString()).start().waitFor()).isZero();
    checkout.maven("read -r go <'" + gate + "'; mkdir -p target; echo jar >target/aiconexus-1-all.jar");

    Process one = checkout.start("version");
    Process two = checkout.start("version");
    try (var open = new FileOutputStream(gate.toFile())) {
      open.write("go\ngo\n".getBytes());
    }

    assertThat(Checkout.result(one).status()).isZero();
    assertThat(Checkout.result(two).status()).isZero();
    assertThat(checkout.mavenRuns()).hasSize(1);
    assertThat(checkout.home.resolve("target/launcher.lock.d")).doesNotExist();
  }

  @Test
  void aLockThatAKilledBuildLeftIsSaidWithTheCommandThatRemovesIt() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    checkout.write("target/launcher.lock.d/pid", dead.pid() + "\n");

    Result result = checkout.run("version");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("type: rm -r '" + checkout.home + "/target/launcher.lock.d'");
  }
}
