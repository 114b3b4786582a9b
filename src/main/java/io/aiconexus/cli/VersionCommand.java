package io.aiconexus.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code aiconexus version}. */
@Command(name = "version", description = "Print the version of AIConexus, of Java and of the system.")
final class VersionCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine command = spec.commandLine();
    command.printVersionHelp(command.getOut());
    return CommandLine.ExitCode.OK;
  }
}
