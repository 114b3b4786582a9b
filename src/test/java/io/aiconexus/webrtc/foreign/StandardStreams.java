package io.aiconexus.webrtc.foreign;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.function.Consumer;

/** A child process that reads a line of JSON for each command and writes one for whatever it has to say. */
final class StandardStreams implements Program {

  private final Process process;
  private final Thread listener;

  private StandardStreams(Process process, Consumer<JsonObject> hear) {
    this.process = process;
    this.listener = new Thread(() -> listen(hear), "ears-" + process.pid());
    listener.setDaemon(true);
    listener.start();
  }

  static StandardStreams start(List<String> command, Consumer<JsonObject> hear) throws IOException {
    return new StandardStreams(new ProcessBuilder(command).redirectError(Redirect.INHERIT).start(), hear);
  }

  private void listen(Consumer<JsonObject> hear) {
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        hear.accept(new JsonObject(line));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void say(JsonObject command) {
    try {
      synchronized (process) {
        process.getOutputStream().write((command.encode() + "\n").getBytes(UTF_8));
        process.getOutputStream().flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("process " + process.pid() + " takes no commands any more", e);
    }
  }

  @Override
  public void close() {
    Program.end(process);
    try {
      listener.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
