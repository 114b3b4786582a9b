package io.aiconexus.trouble;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs a command of the system to its end. */
final class Shell {

  private Shell() {
  }

  /** What it printed; an error when it failed. */
  static String run(String... command) {
    Result result = attempt(command);
    if (result.exit != 0) {
      throw new AssertionError(String.join(" ", command) + ": " + result.output);
    }
    return result.output;
  }

  static Result attempt(String... command) {
    try {
      Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      return new Result(127, e.getMessage());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** How a command ended. */
  record Result(int exit, String output) { }
}
