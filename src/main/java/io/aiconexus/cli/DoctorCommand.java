package io.aiconexus.cli;

import io.aiconexus.cli.doctor.Doctor;
import io.aiconexus.cli.doctor.Finding;
import io.aiconexus.cli.doctor.Finding.Verdict;
import io.vertx.core.json.JsonArray;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
    "  aiconexus doctor --json"})
final class DoctorCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Mixin
  private ConfigurationOptions configuration;

  @Option(names = "--json", description = "Print the findings as a JSON list.")
  private boolean json;

  @Override
  public Integer call() {
    List<Finding> findings = Doctor.examine(() -> configuration.load(Map.of()));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new JsonArray(findings.stream().map(Finding::toJson).toList()).encodePrettily());
    } else {
      findings.forEach(finding -> print(finding, out));
    }
    out.flush();
    boolean failed = findings.stream().anyMatch(finding -> finding.verdict() == Verdict.FAIL);
    return failed ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
  }

  private static void print(Finding finding, PrintWriter out) {
    out.printf("%-4s  %-9s %s%n", finding.verdict(), finding.topic(), finding.text());
    if (finding.remedy() != null) {
      out.printf("%16sto do: %s%n", "", finding.remedy());
    }
  }
}
