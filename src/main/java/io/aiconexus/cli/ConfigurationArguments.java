package io.aiconexus.cli;

import io.aiconexus.NodeOptions;
import io.aiconexus.config.Configuration;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The arguments of every command that starts a node. */
final class ConfigurationArguments {

  @Option(names = "--config", paramLabel = "FILE",
    description = "Configuration file (JSON); what it does not say keeps the default of conf/aiconexus.json.")
  private Path file;

  @Option(names = "--engine", paramLabel = "NAME",
    description = "WebRTC engine (webrtc.engine): auto, native or loopback.")
  private String engine;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Any other setting, such as signaling.verify=all.")
  private final Map<String, String> settings = new LinkedHashMap<>();

  /** Adds a setting that has an argument of its own; null is left out. */
  ConfigurationArguments set(String key, String value) {
    if (value != null) {
      settings.put(key, value);
    }
    return this;
  }

  /** Defaults, file, environment, system properties, command line; the later wins. */
  NodeOptions load() {
    set("webrtc.engine", engine);
    return NodeOptions.from(Configuration.load(file, settings).toJson());
  }
}
