package io.aiconexus.trouble;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A wire between two namespaces that takes its time: two TAP devices, and a process that carries frames across. */
final class DelayWire implements AutoCloseable {

  private final Process process;

  DelayWire(String namespace, String device, String otherNamespace, String otherDevice, int delayMs) {
    try {
      process = new ProcessBuilder("python3", "-u", "src/test/resources/trouble/delay_wire.py", namespace, device,
        otherNamespace, otherDevice, String.valueOf(delayMs)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String line = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
        .readLine();
      if (!"ready".equals(line)) {
        process.destroyForcibly();
        throw new AssertionError("the wire is not there: " + line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
