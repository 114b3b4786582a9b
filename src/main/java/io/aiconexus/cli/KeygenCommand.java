package io.aiconexus.cli;

import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.KeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aiconexus keygen}: a new key file, or the DID of one that exists. */
@Command(
  name = "keygen",
  description = {
    "Make the key of a new agent and print the agent's DID.",
    "",
    "The file (PKCS#8 in PEM, readable by its owner only) is the agent: who has it can speak in its name, and who "
      + "loses it loses the DID. An existing file is never overwritten."},
  footer = {"%nExamples:",
    "  aiconexus keygen alice.pem           make alice.pem and print her DID",
    "  aiconexus keygen --show alice.pem    print the DID of a key file that exists"})
final class KeygenCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The key file.")
  private Path file;

  @Option(names = "--show", description = "Make nothing; print the DID of the key that FILE holds.")
  private boolean show;

  @Override
  public Integer call() throws IOException {
    spec.commandLine().getOut().println((show ? KeyFile.read(file) : create()).did());
    return CommandLine.ExitCode.OK;
  }

  private AgentKey create() throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null && !Files.isDirectory(directory)) {
      throw new CommandException("there is no directory " + directory + " to put the key file into");
    }
    if (!Files.isWritable(directory) && Files.notExists(file)) {
      throw new CommandException("this user may not make files in " + directory);
    }
    AgentKey key = AgentKey.generate();
    KeyFile.create(file, key);
    return key;
  }
}
