package io.aiconexus.trouble;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A JVM of its own that is talked to by lines, and can be killed, stopped and let go on; gone when closed. */
final class Child implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 90;
  private static final int UNSAFE_WARNS = 24;
  private static final String END = "\0end";

  private final long bornNanos = System.nanoTime();
  private final Process process;
  private final Writer input;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

  private Child(Process process) {
    this.process = process;
    this.input = new OutputStreamWriter(process.getOutputStream(), UTF_8);
    Thread reader = new Thread(this::read, "output of " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /** Runs a main class; {@code before} are the words of the command that come before {@code java}. */
  static Child start(List<String> before, String main, String... arguments) {
    List<String> command = new ArrayList<>(before);
    command.addAll(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx256m", "-XX:TieredStopAtLevel=1",
      "-XX:-UsePerfData"));
    if (Runtime.version().feature() >= UNSAFE_WARNS) {
      command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path").replace(File.pathSeparator + File.pathSeparator,
      File.pathSeparator), main));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("AICONEXUS_LOG_LEVEL", "warn");
    try {
      return new Child(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rest of the next line that begins so; others before it are passed over. */
  String line(String beginning) {
    return line(line -> line.startsWith(beginning)).substring(beginning.length()).strip();
  }

  /** The next line that fits; others before it are passed over. */
  String line(Predicate<String> fits) {
    return line(fits, PATIENCE_SECONDS);
  }

  String line(Predicate<String> fits, long patienceSeconds) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(patienceSeconds);
    while (true) {
      String line = poll(until - System.nanoTime());
      if (line == null || line.equals(END)) {
        throw new AssertionError("the wanted line did not come; there was:\n" + String.join("\n", seen));
      }
      if (fits.test(line)) {
        return line;
      }
    }
  }

  private String poll(long nanos) {
    try {
      return lines.poll(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  void type(String line) {
    try {
      input.write(line + "\n");
      input.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything it has said. */
  String said() {
    return String.join("\n", seen);
  }

  /** {@code kill -9}; succeeds when it is gone. */
  void kill() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("process " + process.pid() + " cannot be killed");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** SIGSTOP: it holds everything and does nothing. */
  void freeze() {
    Shell.run("kill", "-STOP", String.valueOf(process.pid()));
  }

  /** SIGCONT. */
  void thaw() {
    Shell.run("kill", "-CONT", String.valueOf(process.pid()));
  }

  @Override
  public void close() {
    kill();
  }

  private void read() {
    try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      reader.lines().forEach(line -> {
        seen.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - bornNanos) + " ms: " + line);
        lines.add(line);
      });
    } catch (IOException | UncheckedIOException e) {
      lines.add("output lost: " + e.getMessage());
    }
    lines.add(END);
  }
}
