package io.aiconexus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aiconexus.cli.Checkout.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

  @TempDir
  private Path directory;
  private Checkout checkout;

  @BeforeEach
  void makeACheckout() throws Exception {
    checkout = Checkout.in(directory);
  }

  @Test
  void helpNamesEveryCommandAndNeedsNothing() throws Exception {
    Result help = checkout.with("JAVA_HOME", null).run("help");

    assertThat(help.status()).isZero();
    assertThat(help.err()).isEmpty();
    for (String command : Main.commandLine().getSubcommands().keySet()) {
      assertThat(help.out()).containsPattern("(?m)^  " + command + " ");
    }
    assertThat(checkout.mavenRuns()).isEmpty();
  }

  @Test
  void everyCommandThatHelpNamesReachesJavaOrIsTheLaunchersOwn() throws Exception {
    for (String command : List.of("demo", "serve", "agent", "keygen", "doctor", "version")) {
      assertThat(checkout.run(command, "--help").out()).containsSubsequence("-jar\n", command + "\n--help\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"serv", "--serve", ""})
  void anUnknownCommandIsWrongUsage(String command) throws Exception {
    Result result = checkout.run(command);

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).hasLineCount(1).contains("unknown command " + command);
  }

  @Test
  void noCommandIsWrongUsageAndShowsTheCommands() throws Exception {
    Result result = checkout.run();

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).startsWith("Usage: ");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void withoutAJdkItPrintsTheCommandThatBringsOneAndFails() throws Exception {
    checkout.tool("apt-get", "exit 1");
    checkout.tool("apt-cache", "[ \"$2\" = openjdk-21-jdk-headless ]");

    Result result = checkout.with("JAVA_HOME", null).run("serve", "--engine", "jvm");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err().strip())
      .isEqualTo("aiconexus: missing: jdk. To go on, type: sudo apt-get install -y openjdk-21-jdk-headless");
  }

  @Test
  void withoutAJdkAndMavenOneCommandBringsBoth() throws Exception {
    Files.delete(checkout.bin.resolve("mvn"));
    checkout.tool("dnf", "exit 1");

    Result result = checkout.with("JAVA_HOME", null).run("serve", "--engine", "jvm");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err().strip())
      .isEqualTo("aiconexus: missing: jdk maven. To go on, type: sudo dnf install -y java-21-openjdk-devel maven");
  }

  @Test
  void whereItMayInstallItInstallsWhatIsMissingAndGoesOn() throws Exception {
    Path log = directory.resolve("apt.log");
    checkout.tool("id", "echo 0");
    checkout.tool("env", "shift; exec \"$@\"");
    checkout.tool("apt-cache", "[ \"$2\" = openjdk-17-jdk-headless ]");
    checkout.tool("ln", "exec /bin/ln \"$@\"");
    checkout.tool("apt-get", "echo \"$*\" >>'" + log + "'; case $* in *install*) mkdir -p \"$JVM_ROOT\"; "
      + "ln -s '" + checkout.jdk + "' \"$JVM_ROOT/jdk\" ;; esac");

    Result result = checkout.with("JAVA_HOME", null).with("AICONEXUS_NO_INSTALL", null).run("keygen", "a.pem");

    assertThat(result.status()).isZero();
    assertThat(result.out()).endsWith("keygen\na.pem\n");
    assertThat(result.err()).startsWith("aiconexus: installing openjdk-17-jdk-headless\naiconexus: building with");
    assertThat(Files.readAllLines(log)).hasSize(2).last().asString().endsWith(" openjdk-17-jdk-headless");
  }

  @Test
  void anInstallationThatFailsShowsWhyAndTheCommandToType() throws Exception {
    checkout.tool("id", "echo 0");
    checkout.tool("env", "shift; exec \"$@\"");
    checkout.tool("apt-cache", "exit 0");
    checkout.tool("apt-get", "case $* in *install*) echo 'E: no space left'; exit 100 ;; esac");

    Result result = checkout.with("JAVA_HOME", null).with("AICONEXUS_NO_INSTALL", null).run("keygen", "a.pem");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("E: no space left", "type: sudo apt-get install -y openjdk-17-jdk-headless");
  }

  @Test
  void aJavaHomeThatIsTooOldIsSaidAndTheJdkOfThePathIsUsed() throws Exception {
    Path old = Files.createDirectories(directory.resolve("old/bin"));
    Files.writeString(directory.resolve("old/release"), "JAVA_VERSION=\"1.8.0_402\"\n");
    Files.copy(checkout.jdk.resolve("bin/java"), old.resolve("java"));
    Files.copy(checkout.jdk.resolve("bin/javac"), old.resolve("javac"));
    Files.createSymbolicLink(checkout.bin.resolve("javac"), checkout.jdk.resolve("bin/javac"));

    Result result = checkout.with("JAVA_HOME", directory.resolve("old").toString()).run("version");

    assertThat(result.status()).isZero();
    assertThat(result.err()).contains("JAVA_HOME is not a JDK 17 or newer", "building with JDK 17.0.1 (");
  }

  @Test
  void aMavenThatIsTooOldIsSaid() throws Exception {
    checkout.tool("mvn", "echo Apache Maven 3.6.3");

    Result result = checkout.run("version");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("Maven 3.6.3 is too old, 3.8 is needed");
  }

  @Test
  void itWorksThroughASymbolicLinkFromAnywhere() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("a check out/aiconexus"));
    Path linked = Files.createSymbolicLink(directory.resolve("linked"), Path.of("link"));

    Result result = Checkout.result(checkout.start(List.of(linked.toString(), "keygen", "my key.pem")));

    assertThat(link).isSymbolicLink();
    assertThat(result.out()).contains("/a check out/target/aiconexus-1-all.jar\nkeygen\nmy key.pem\n");
  }

  @ParameterizedTest
  @CsvSource({"17.0.1, -Dfile.encoding=UTF-8", "25, --sun-misc-unsafe-memory-access=allow"})
  void javaGetsTheOptionsThatItsVersionKnowsAndThenThoseOfTheUser(String version, String option) throws Exception {
    checkout.jdk(version);

    checkout.with("AICONEXUS_JAVA_OPTS", "-Xmx64m -Da=*");

    List<String> arguments = checkout.run("version").out().lines().toList();

    assertThat(arguments).containsSubsequence(option, "-XX:+ExitOnOutOfMemoryError", "-Xmx64m", "-Da=*", "-jar");
    assertThat(arguments.stream().filter(each -> each.startsWith("--sun") || each.startsWith("-Dfile"))).hasSize(1);
  }

  @Test
  void aSignalReachesJava() throws Exception {
    Files.writeString(checkout.jdk.resolve("bin/java"),
      "#!/bin/sh\ntrap 'echo stopped; exit 9' TERM\necho running\nread -r line\n");
    checkout.run("version");

    Process launcher = checkout.start("serve", "--engine", "jvm");
    String running = launcher.inputReader().readLine();
    launcher.toHandle().destroy();

    assertThat(running).isEqualTo("running");
    assertThat(launcher.inputReader().readLine()).isEqualTo("stopped");
    assertThat(launcher.waitFor()).isEqualTo(9);
  }

  @Test
  void theStatusOfJavaIsTheStatus() throws Exception {
    Files.writeString(checkout.jdk.resolve("bin/java"), "#!/bin/sh\nexit 7\n");

    assertThat(checkout.run("doctor").status()).isEqualTo(7);
  }

  @Test
  void benchmarksAreListedAndRunWithTheClassPathOfTheTests() throws Exception {
    checkout.write("src/test/java/io/aiconexus/bench/EventBusBench.java", "public static void main(String[] a)");
    checkout.write("src/test/java/io/aiconexus/bench/NoMainBench.java", "");

    assertThat(checkout.run("bench").out()).isEqualTo("Usage: ./aiconexus bench NAME [ARGUMENTS]\n  event-bus\n");
    assertThat(checkout.run("bench", "no-main").status()).isEqualTo(2);
    Result result = checkout.run("bench", "event-bus", "--pairs", "1 000");
    assertThat(result.out()).contains("/target/classes:/lib/a.jar:/lib/b.jar\n")
      .endsWith("io.aiconexus.bench.EventBusBench\n--pairs\n1 000\n");
    checkout.run("bench", "event-bus");
    assertThat(checkout.mavenRuns()).hasSize(1);
  }

  @Test
  void testRunsTheWholeSuiteAndPassesArgumentsAndStatusOn() throws Exception {
    for (String tool : List.of("python3", "openssl", "ip", "nft", "turnserver")) {
      checkout.tool(tool, "exit 0");
    }
    checkout.maven("exit 1");

    assertThat(checkout.run("test", "-Dtest=A B").status()).isEqualTo(1);
    assertThat(checkout.run("test", "--all", "-Dtest=A B").status()).isEqualTo(1);
    assertThat(checkout.mavenRuns()).containsExactly("-B verify -Dtest=A B", "-B verify -Dtest.excluded= -Dtest=A B");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash -n", "bash -n", "busybox sh -n", "shellcheck"})
  void everyShellThatIsHereUnderstandsIt(String shell) throws Exception {
    String command = shell + " ./aiconexus ./.ci/run";
    assumeTrue(new ProcessBuilder("sh", "-c", "command -v " + shell.split(" ")[0]).start().waitFor() == 0, shell);

    Process process = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true).start();

    assertThat(new String(process.getInputStream().readAllBytes())).isEmpty();
    assertThat(process.waitFor()).isZero();
  }
}
