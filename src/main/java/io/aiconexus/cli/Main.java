package io.aiconexus.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The command line.
 * <p>
 * Exit status: 0 done, 1 failed, 2 wrong usage or a wrong setting, which trying again does not mend.
 */
@Command(
  name = "aiconexus",
  description = "AI agents find each other and talk directly over WebRTC data channels.",
  synopsisSubcommandLabel = "COMMAND",
  subcommands = {DemoCommand.class, ServeCommand.class, AgentCommand.class, KeygenCommand.class, DoctorCommand.class,
    VersionCommand.class, HelpCommand.class},
  versionProvider = Version.class,
  mixinStandardHelpOptions = true,
  exitCodeListHeading = "%nExit status:%n",
  exitCodeList = {"0:done", "1:failed", "2:wrong usage, or a wrong setting"},
  scope = ScopeType.INHERIT)
public final class Main {

  private static final String LEVEL_PROPERTY = "aiconexus.log.level";
  private static final String LEVEL_VARIABLE = "AICONEXUS_LOG_LEVEL";
  private static final List<String> LEVELS = List.of("error", "warn", "info", "debug", "trace");
  private static final String FORMAT_PROPERTY = "aiconexus.log.format";
  private static final String FORMAT_VARIABLE = "AICONEXUS_LOG_FORMAT";
  private static final List<String> FORMATS = List.of("plain", "json");

  @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show the stack trace of a failure.")
  private boolean verbose;

  private Main() {
  }

  /** Runs one command and ends the process with its exit status. */
  public static void main(String[] arguments) {
    try {
      configureLog(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("aiconexus: " + e.getMessage());
      System.exit(CommandLine.ExitCode.USAGE);
    }
    int status = commandLine().execute(arguments);
    closeOutput();
    System.exit(status);
  }

  /**
   * Ends what this process says. The native WebRTC library writes "VM attach current thread failed" to standard output
   * when the JVM goes; a JDK that closes descriptor 1 points it to the null device, and so that text with it.
   */
  static void closeOutput() {
    System.out.close();
  }

  /** The command line with all its commands, not yet run; its output can be redirected. */
  static CommandLine commandLine() {
    Main main = new Main();
    CommandLine commandLine = new CommandLine(main);
    commandLine.setExecutionExceptionHandler(new Failures(() -> main.verbose));
    commandLine.setParameterExceptionHandler(new UsageMistakes());
    commandLine.setUsageHelpWidth(100);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    return commandLine;
  }

  /**
   * Makes the log of the command line, before anything has a logger: its configuration has a name of its own, because
   * {@code logback.xml} in the jar would overrule that of an application which embeds AIConexus. The demo tells all by
   * itself.
   */
  private static void configureLog(String... arguments) {
    String level = arguments.length > 0 && arguments[0].equals("demo") ? "warn" : "info";
    System.setProperty(LEVEL_PROPERTY, oneOf(LEVELS, LEVEL_PROPERTY, LEVEL_VARIABLE, level));
    String format = oneOf(FORMATS, FORMAT_PROPERTY, FORMAT_VARIABLE, "plain");
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile",
        "io/aiconexus/cli/" + (format.equals("json") ? "logback-json.xml" : "logback.xml"));
    }
  }

  private static String oneOf(List<String> known, String property, String variable, String otherwise) {
    String given = System.getProperty(property, System.getenv(variable));
    String value = given == null || given.isBlank() ? otherwise : given.toLowerCase(Locale.ROOT);
    if (!known.contains(value)) {
      throw new IllegalArgumentException(
        variable + " must be one of " + String.join(", ", known) + ", was \"" + given + "\"");
    }
    return value;
  }
}
