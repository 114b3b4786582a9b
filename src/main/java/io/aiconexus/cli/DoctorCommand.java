package io.aiconexus.cli;

import io.aiconexus.cli.doctor.Doctor;
import io.aiconexus.cli.doctor.Finding;
import io.aiconexus.cli.doctor.Finding.Verdict;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.aiconexus.identity.KeyFile;
import io.vertx.core.json.JsonArray;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code aiconexus doctor}: can a node run here, and what to do when not. */
@Command(
  name = "doctor",
  description = {
    "Check this machine for what a node needs, and say what to do about what is amiss.",
    "",
    "OK: as it should be. WARN: a node runs, but not with everything. FAIL: a node cannot run like this; the exit "
      + "status is 1."},
  footer = {"%nExamples:",
    "  aiconexus doctor",
    "  aiconexus doctor --config /etc/aiconexus.json",
    "  aiconexus doctor --json",
    "  aiconexus doctor --connect did:key:z6Mk... --gateway wss://gateway.example/ws"})
final class DoctorCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Mixin
  private NodeArguments configuration;

  @Option(names = "--json", description = "Print the findings as a JSON list; with --connect, the report as an object.")
  private boolean json;

  @Option(names = "--connect", paramLabel = "DID",
    description = "Instead, join a gateway, try to reach that agent, and say how far that came and what it failed for.")
  private String remote;

  @Option(names = "--gateway", paramLabel = "URL", defaultValue = "ws://127.0.0.1:8000/ws",
    description = "Gateway to join with --connect (default: ${DEFAULT-VALUE}).")
  private URI gateway;

  @Option(names = "--key", paramLabel = "FILE",
    description = "Key file of the agent that connects; made when it is not there. Without it: a new key.")
  private Path keyFile;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    if (remote != null) {
      Did to = did();
      AgentKey key = keyFile == null ? AgentKey.generate() : KeyFile.readOrCreate(keyFile);
      boolean reached = new ConnectTrial(configuration.load(), out, json).run(gateway, key, to);
      return reached ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
    List<Finding> findings = Doctor.examine(configuration::configuration);
    if (json) {
      out.println(new JsonArray(findings.stream().map(Finding::toJson).toList()).encodePrettily());
    } else {
      findings.forEach(finding -> print(finding, out));
    }
    out.flush();
    boolean failed = findings.stream().anyMatch(finding -> finding.verdict() == Verdict.FAIL);
    return failed ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
  }

  private Did did() {
    try {
      return Did.parse(remote);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--connect: " + e.getMessage());
    }
  }

  private static void print(Finding finding, PrintWriter out) {
    out.printf("%-4s  %-9s %s%n", finding.verdict(), finding.topic(), finding.text());
    if (finding.remedy() != null) {
      out.printf("%16sto do: %s%n", "", finding.remedy());
    }
  }
}
