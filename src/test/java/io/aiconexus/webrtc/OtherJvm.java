package io.aiconexus.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Runs a main class in a JVM of its own, to its own end. */
record OtherJvm(int exit, String output) {

  private static final int PATIENCE_SECONDS = 90;

  /** Everything on this class path whose file name is kept. */
  static String classPath(Predicate<String> kept) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
      .filter(entry -> kept.test(Path.of(entry).getFileName().toString()))
      .collect(Collectors.joining(File.pathSeparator));
  }

  /** Waits for its end; {@code options} come before the class. */
  static OtherJvm run(String classPath, List<String> options, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    return run(PATIENCE_SECONDS, classPath, options, main, arguments);
  }

  /** Waits for its end, that many seconds at most. */
  static OtherJvm run(int patience, String classPath, List<String> options, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
      "-Xmx64m", "-XX:-UsePerfData", "-cp", classPath));
    command.addAll(options);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    File output = File.createTempFile("other-jvm", ".txt");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
    try {
      assertThat(process.waitFor(patience, TimeUnit.SECONDS)).as("the other JVM ends by itself").isTrue();
      String text = Files.readString(output.toPath(), StandardCharsets.UTF_8);
      return new OtherJvm(process.exitValue(), text);
    } finally {
      process.destroyForcibly();
      assertThat(output.delete()).isTrue();
    }
  }

  /** The rest of the line that begins so. */
  String line(String beginning) {
    return output.lines().filter(line -> line.startsWith(beginning)).findFirst()
      .orElseThrow(() -> new AssertionError("no line begins with " + beginning + " in:\n" + output))
      .substring(beginning.length()).strip();
  }
}
