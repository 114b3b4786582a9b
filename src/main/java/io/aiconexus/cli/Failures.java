package io.aiconexus.cli;

import io.aiconexus.bus.Failure;
import io.aiconexus.config.ConfigurationException;
import io.vertx.core.eventbus.ReplyException;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells the user in one line what went wrong; the stack trace is for bugs, and for those who ask. */
final class Failures implements IExecutionExceptionHandler {

  private final BooleanSupplier verbose;

  Failures(BooleanSupplier verbose) {
    this.verbose = verbose;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult arguments) {
    boolean expected = failure instanceof CommandException || failure instanceof ConfigurationException
      || failure instanceof IOException
      || failure instanceof ReplyException && Failure.of(failure) != Failure.INTERNAL;
    String line = expected ? String.valueOf(failure.getMessage()) : "this is a bug: " + failure;
    command.getErr().println("aiconexus: " + line);
    if (!expected || verbose.getAsBoolean()) {
      failure.printStackTrace(command.getErr());
    }
    command.getErr().flush();
    boolean usage = failure instanceof ConfigurationException;
    return usage ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
  }
}
