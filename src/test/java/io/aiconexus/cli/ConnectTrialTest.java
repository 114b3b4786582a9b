package io.aiconexus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code doctor --connect} as a user types it. */
class ConnectTrialTest {

  private static final String NOBODY = "did:key:z6MkvRXNYcE7MMduynWTgeKbDaT1iijDSC8pZqXZc8rHPrf2";

  @Test
  void itTellsWhichAgentsCanBeReachedAndWhatHindersOthers() throws Exception {
    try (CommandProcess node = CommandProcess.start("serve", "--port", "0")) {
      String url = word(node.line(line -> line.contains(" ready at ")), "ws://");
      try (CommandProcess echo = CommandProcess.start("agent", "--gateway", url, "--engine", "jvm")) {
        String did = word(echo.line(line -> line.startsWith("agent ")), "did:key:");
        echo.line(line -> line.startsWith("echoing"));
        try (CommandProcess doctor =
            CommandProcess.start("doctor", "--connect", did, "--gateway", url, "--engine", "jvm")) {
          assertThat(doctor.line(line -> line.contains("connect")))
            .matches("OK    connect   \\S+ udp, in .* DTLS connected");
          assertThat(doctor.exitStatus()).isZero();
        }
      }
      try (CommandProcess doctor =
          CommandProcess.start("doctor", "--connect", NOBODY, "--gateway", url, "--engine", "jvm")) {
        assertThat(doctor.line(line -> line.contains("connect"))).startsWith("FAIL  connect   PEER_ABSENT: ");
        assertThat(doctor.line(line -> line.contains("phases"))).contains("engine ", "signaling ");
        assertThat(doctor.line(line -> line.contains("to do"))).contains("docs/troubleshooting.md#peer_absent");
        assertThat(doctor.exitStatus()).isEqualTo(CommandLine.ExitCode.SOFTWARE);
      }
      try (CommandProcess doctor =
          CommandProcess.start("doctor", "--connect", NOBODY, "--gateway", url, "--engine", "jvm", "--json")) {
        assertThat(doctor.exitStatus()).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        JsonObject report = new JsonObject(doctor.output());
        assertThat(report.getBoolean("connected")).isFalse();
        assertThat(report.getString("verdict")).isEqualTo("PEER_ABSENT");
        assertThat(report.getString("remote")).isEqualTo(NOBODY);
      }
    }
  }

  @Test
  void whatIsNoDidIsAWrongArgument() {
    StringWriter errors = new StringWriter();
    CommandLine commandLine = Main.commandLine().setErr(new PrintWriter(errors));

    assertThat(commandLine.execute("doctor", "--connect", "did:web:example.com")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(errors.toString()).contains("--connect");
  }

  private static String word(String line, String beginning) {
    for (String word : line.split("[ ,]+")) {
      if (word.startsWith(beginning)) {
        return word;
      }
    }
    throw new AssertionError("no " + beginning + " in: " + line);
  }
}
