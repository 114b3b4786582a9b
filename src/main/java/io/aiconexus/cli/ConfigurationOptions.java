package io.aiconexus.cli;

import io.aiconexus.config.Configuration;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of every command that needs the configuration of a node. */
final class ConfigurationOptions {

  @Option(names = "--config", paramLabel = "FILE",
    description = "Read settings from FILE (JSON, like conf/aiconexus.json, which has them all); "
      + "otherwise from the file that AICONEXUS_CONFIG names, if any.")
  private Path file;

  @Option(names = "--set", paramLabel = "KEY=VALUE",
    description = "Override one setting, such as --set signaling.port=7001; may be repeated.")
  private Map<String, String> values = new LinkedHashMap<>();

  /** Loads it; an option of a command that stands for a setting comes in {@code more} and wins over {@code --set}. */
  Configuration load(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(values);
    all.putAll(more);
    return Configuration.load(file, all);
  }
}
