package io.aiconexus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.config.ConfigurationException;
import io.aiconexus.identity.KeyFile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

class MainTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void keygenMakesAFileAndPrintsTheDidThatBelongsToIt(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("a.pem");

    assertThat(run("keygen", file.toString())).isZero();

    assertThat(out.toString().strip()).isEqualTo(KeyFile.read(file).did().toString()).startsWith("did:key:z6Mk");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void keygenNeverOverwritesAFile(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("a.pem"), "precious");

    assertThat(run("keygen", file.toString())).isEqualTo(1);

    assertThat(file).hasContent("precious");
    assertThat(err.toString()).hasLineCount(1).contains(file.toString(), "never overwritten");
  }

  @Test
  void keygenShowsTheDidOfAKeyThatExists(@TempDir Path directory) {
    String file = directory.resolve("a.pem").toString();
    run("keygen", file);
    String made = out.toString();
    out.getBuffer().setLength(0);

    assertThat(run("keygen", "--show", file)).isZero();

    assertThat(out.toString()).isEqualTo(made);
  }

  @Test
  void keygenSaysWhichDirectoryIsMissing(@TempDir Path directory) {
    assertThat(run("keygen", directory.resolve("none/a.pem").toString())).isEqualTo(1);

    assertThat(err.toString()).hasLineCount(1).contains("there is no directory " + directory.resolve("none"));
  }

  @Test
  void verboseShowsTheStackTraceOfAMistake(@TempDir Path directory) {
    assertThat(run("keygen", "--verbose", directory.resolve("none/a.pem").toString())).isEqualTo(1);

    assertThat(err.toString()).contains("\tat io.aiconexus.cli.KeygenCommand");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "serv            | there is no command serv",
    "keygen          | Missing required parameter: 'FILE'",
    "keygen a b      | Unmatched argument at index 2: 'b'",
    "doctor --jsno   | Unknown option: '--jsno'",
    "doctor --set x  | Value for option option '--set' (KEY=VALUE) should be in KEY=VALUE format but was x",
    "help nothing    | Unknown subcommand 'nothing'."})
  void wrongUsageIsOneLineAndWhereToReadOn(String line, String message) {
    assertThat(run(line.split(" "))).isEqualTo(2);

    assertThat(err.toString()).startsWith("aiconexus: " + message).contains("Try: aiconexus").doesNotContain("\tat ");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aWrongSettingIsWrongUsage() {
    CommandSpec refusing = CommandSpec.forAnnotatedObject(new Refusing());

    assertThat(execute(Main.commandLine().addSubcommand(refusing.name(), refusing), "refuse")).isEqualTo(2);

    assertThat(err.toString().strip()).isEqualTo("aiconexus: signaling.port must be a whole number, was \"x\"");
  }

  @Test
  void aBugShowsItsStackTrace() {
    CommandSpec broken = CommandSpec.forAnnotatedObject(new Broken());

    assertThat(execute(Main.commandLine().addSubcommand(broken.name(), broken), "break")).isEqualTo(1);

    assertThat(err.toString()).startsWith("aiconexus: this is a bug: java.lang.IllegalStateException: no idea")
      .contains("\tat io.aiconexus.cli.MainTest$Broken");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "help", "keygen", "doctor", "version"})
  void everyCommandExplainsItself(String command) {
    assertThat(run((command + " --help").strip().split(" "))).isZero();

    assertThat(out.toString()).contains("Usage: aiconexus", "--help", "Exit status:");
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "--version", "keygen --version"})
  void theVersionNamesJavaToo(String line) {
    assertThat(run(line.split(" "))).isZero();

    assertThat(out.toString()).startsWith("AIConexus ").contains("Java " + Runtime.version());
  }

  @Test
  void doctorPrintsALineForEachFindingAndFailsOnlyOnAFailure() {
    int status = run("doctor");

    assertThat(out.toString()).contains("OK    java ", "OK    settings ");
    assertThat(status).isEqualTo(out.toString().contains("FAIL  ") ? 1 : 0);
  }

  @Test
  void doctorReportsAWrongSettingAndGoesOn(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("a.json"), "{\"nonsense\": 1}");

    assertThat(run("doctor", "--json", "--config", file.toString())).isEqualTo(1);

    List<JsonObject> findings = new JsonArray(out.toString()).stream().map(JsonObject.class::cast).toList();
    assertThat(findings).extracting(finding -> finding.getString("topic")).contains("settings", "native", "memory");
    assertThat(findings).filteredOn(finding -> "settings".equals(finding.getString("topic"))).singleElement()
      .satisfies(finding -> assertThat(finding.getString("text")).startsWith(file + ": nonsense is not a setting"));
  }

  @Test
  void aWrongLogLevelIsWrongUsage() throws Exception {
    ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
      "-cp", System.getProperty("java.class.path"), Main.class.getName(), "version").redirectErrorStream(true);
    builder.environment().put("AICONEXUS_LOG_LEVEL", "loud");

    Process process = builder.start();

    assertThat(new String(process.getInputStream().readAllBytes()).strip()).isEqualTo(
      "aiconexus: AICONEXUS_LOG_LEVEL must be one of error, warn, info, debug, trace, was \"loud\"");
    assertThat(process.waitFor()).isEqualTo(2);
  }

  @Test
  void theLogIsOneJsonObjectALineWhenAskedFor() throws Exception {
    List<String> log = logOfTheDemo(Map.of("AICONEXUS_LOG_FORMAT", "json", "AICONEXUS_LOG_LEVEL", "info"));

    assertThat(log).isNotEmpty().allSatisfy(line -> assertThat(new JsonObject(line).fieldNames())
      .contains("timestamp", "level", "loggerName", "formattedMessage"));
  }

  @Test
  void theDemoTellsItsStoryWithoutTheLog() throws Exception {
    assertThat(logOfTheDemo(Map.of())).isEmpty();
  }

  private static List<String> logOfTheDemo(Map<String, String> environment) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
      "-cp", System.getProperty("java.class.path"), Main.class.getName(), "demo", "--once", "--engine", "loopback")
      .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    Process process = builder.start();
    List<String> log = process.errorReader().lines().toList();
    assertThat(process.waitFor()).isZero();
    return log;
  }

  @Test
  void theLogOfTheCommandLineIsNotFoundByApplicationsThatEmbed() {
    ClassLoader classes = Main.class.getClassLoader();

    assertThat(classes.getResource("logback.xml")).isNull();
    assertThat(classes.getResource("io/aiconexus/cli/logback.xml")).isNotNull();
  }

  private int run(String... arguments) {
    return execute(Main.commandLine(), arguments);
  }

  private int execute(CommandLine commandLine, String... arguments) {
    return commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(arguments);
  }

  @Command(name = "refuse")
  static final class Refusing implements Runnable {
    @Override
    public void run() {
      throw new ConfigurationException("signaling.port must be a whole number, was \"x\"");
    }
  }

  @Command(name = "break")
  static final class Broken implements Runnable {
    @Override
    public void run() {
      throw new IllegalStateException("no idea");
    }
  }
}
