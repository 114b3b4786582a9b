package io.aiconexus.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The command line in a process of its own, as a user has it on a terminal; gone when closed. */
final class CommandProcess implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;
  /** From this JDK on the launcher says that Netty may use memory and the native library may be loaded. */
  private static final int UNSAFE_WARNS = 24;
  private static final String END = "\0end";

  private final Process process;
  private final Writer input;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();

  private CommandProcess(Process process) {
    this.process = process;
    this.input = new OutputStreamWriter(process.getOutputStream(), UTF_8);
    Thread reader = new Thread(this::read, "output of a command");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts the command line; it hears ctrl-C though a script may have begun the tests in the background, deaf to it. */
  static CommandProcess start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT",
      System.getProperty("java.home") + "/bin/java", "-Xmx512m"));
    if (Runtime.version().feature() >= UNSAFE_WARNS) {
      command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("AICONEXUS_LOG_LEVEL", "error");
    return new CommandProcess(builder.start());
  }

  /** The next line for which {@code wanted} holds. */
  String line(Predicate<String> wanted) throws InterruptedException {
    while (true) {
      String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (line == null || line.equals(END)) {
        throw new AssertionError("the wanted line did not come; there was:\n" + String.join("\n", seen));
      }
      seen.add(line);
      if (wanted.test(line)) {
        return line;
      }
    }
  }

  void type(String line) throws IOException {
    input.write(line + "\n");
    input.flush();
  }

  void endOfInput() throws IOException {
    input.close();
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** Ctrl-C. */
  void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
  }

  int exitStatus() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the command did not end; there was:\n" + output());
    }
    return process.exitValue();
  }

  /** Everything it printed until it ended. */
  String output() throws InterruptedException {
    for (String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS); line != null && !line.equals(END);
      line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      seen.add(line);
    }
    return String.join("\n", seen);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private void read() {
    try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      reader.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      lines.add("output lost: " + e.getMessage());
    }
    lines.add(END);
  }
}
