package io.aiconexus.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A checkout with the real launcher, around which everything else is a stand-in: a JDK that prints its arguments, a
 * Maven that writes a jar of one line, and a PATH with nothing but what a small system has.
 */
final class Checkout {

  private static final List<String> SYSTEM = List.of("sh", "awk", "basename", "cat", "cksum", "dirname", "find", "grep",
    "head", "id", "mkdir", "ps", "readlink", "rm", "sed", "sleep", "sort", "tr", "uname");
  private static final long LIMIT_SECONDS = 30;

  final Path home;
  final Path bin;
  final Path jdk;
  final Path mavenLog;
  private final Map<String, String> environment = new LinkedHashMap<>();

  private Checkout(Path home, Path bin, Path jdk) {
    this.home = home;
    this.bin = bin;
    this.jdk = jdk;
    this.mavenLog = home.resolveSibling("maven.log");
  }

  record Result(int status, String out, String err) { }

  static Checkout in(Path directory) throws IOException {
    Checkout checkout =
      new Checkout(directory.resolve("a check out"), directory.resolve("bin"), directory.resolve("jdk"));
    checkout.write("pom.xml", "<project/>");
    checkout.write("conf/aiconexus.json", "{}");
    checkout.write("src/main/java/A.java", "class A { }");
    checkout.write("src/main/java/B.java", "class B { }");
    Files.copy(Path.of("aiconexus"), checkout.home.resolve("aiconexus"));
    checkout.home.resolve("aiconexus").toFile().setExecutable(true);
    Files.createDirectories(checkout.bin);
    for (String tool : SYSTEM) {
      checkout.systemTool(tool);
    }
    checkout.jdk("17.0.1");
    checkout.maven("""
      while [ $# -gt 0 ]; do
        case $1 in
          package) mkdir -p target; echo jar >target/aiconexus-1-all.jar ;;
          -Dmdep.outputFile=*) echo /lib/a.jar:/lib/b.jar >"${1#*=}" ;;
        esac
        shift
      done""");
    checkout.environment.put("PATH", checkout.bin.toString());
    checkout.environment.put("JAVA_HOME", checkout.jdk.toString());
    checkout.environment.put("JVM_ROOT", directory.resolve("no-jvms").toString());
    checkout.environment.put("AICONEXUS_NO_INSTALL", "1");
    return checkout;
  }

  /** Sets a variable for what is run from now on; null takes it away. */
  Checkout with(String variable, String value) {
    if (value == null) {
      environment.remove(variable);
    } else {
      environment.put(variable, value);
    }
    return this;
  }

  void write(String file, String text) throws IOException {
    Path path = home.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  /** Makes the JDK one of that version; its java prints one argument a line. */
  void jdk(String version) throws IOException {
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
    script(jdk.resolve("bin/java"), "printf '%s\\n' \"$@\"");
    script(jdk.resolve("bin/javac"), "exit 1");
  }

  /** Makes a Maven that notes its arguments and then does {@code body}. */
  void maven(String body) throws IOException {
    tool("mvn", "[ \"$1\" != -v ] || { echo 'Apache Maven 3.8.1 (x)'; exit; }\n"
      + "echo \"$*\" >>'" + mavenLog + "'\n" + body);
  }

  void tool(String name, String body) throws IOException {
    script(bin.resolve(name), body);
  }

  /** Makes a tool of this system one that the launcher finds. */
  void systemTool(String name) throws IOException {
    tool(name, "exec '" + find(name) + "' \"$@\"");
  }

  List<String> mavenRuns() throws IOException {
    return Files.exists(mavenLog) ? Files.readAllLines(mavenLog) : List.of();
  }

  Result run(String... arguments) throws Exception {
    return result(start(arguments));
  }

  Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(home.resolve("aiconexus").toString()));
    command.addAll(Arrays.asList(arguments));
    return start(command);
  }

  Process start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.getParent().toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  static Result result(Process process) throws Exception {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("the launcher did not end within " + LIMIT_SECONDS + " s");
      }
      return new Result(process.exitValue(), new String(process.getInputStream().readAllBytes()),
        new String(process.getErrorStream().readAllBytes()));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static Path find(String name) {
    for (String directory : System.getenv("PATH").split(File.pathSeparator)) {
      Path tool = Path.of(directory, name);
      if (Files.isExecutable(tool)) {
        return tool;
      }
    }
    throw new AssertionError("this system has no " + name);
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    file.toFile().setExecutable(true);
  }
}
