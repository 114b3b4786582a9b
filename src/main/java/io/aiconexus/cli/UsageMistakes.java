package io.aiconexus.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Answers a wrong command line with one line, what may have been meant, and where to read on. */
final class UsageMistakes implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException mistake, String[] arguments) {
    CommandLine command = mistake.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("aiconexus: " + describe(mistake));
    UnmatchedArgumentException.printSuggestions(mistake, err);
    err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }

  private static String describe(ParameterException mistake) {
    boolean command = mistake.getCommandLine().getParent() == null
      && mistake instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption();
    return command
      ? "there is no command " + ((UnmatchedArgumentException) mistake).getUnmatched().get(0)
      : mistake.getMessage().lines().findFirst().orElse("wrong usage");
  }
}
