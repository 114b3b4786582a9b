package io.aiconexus.cli.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a program that ran to its end left behind.
 *
 * @param status its exit status, {@link #TIMED_OUT} or {@link #NOT_STARTED}
 * @param output the beginning of what it said
 */
record Child(int status, String output) {

  static final int TIMED_OUT = -1;
  static final int NOT_STARTED = -2;
  private static final int OUTPUT_MAX = 16 * 1024;

  /** Runs {@code command} for at most {@code limit}, then kills it; leaves no process. */
  static Child run(List<String> command, Duration limit) {
    Process process = null;
    Path said = null;
    try {
      said = Files.createTempFile("aiconexus-doctor", ".txt");
      process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
      process.getOutputStream().close();
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      return new Child(ended ? process.exitValue() : TIMED_OUT, beginningOf(said));
    } catch (IOException e) {
      return new Child(NOT_STARTED, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Child(TIMED_OUT, "interrupted");
    } finally {
      if (process != null) {
        process.destroyForcibly().onExit().join();
      }
      delete(said);
    }
  }

  private static String beginningOf(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(OUTPUT_MAX), StandardCharsets.UTF_8).strip();
    }
  }

  private static void delete(Path file) {
    if (file != null && !file.toFile().delete()) {
      file.toFile().deleteOnExit();
    }
  }
}
