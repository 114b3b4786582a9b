package io.aiconexus.cli;

import io.aiconexus.NodeOptions;
import io.aiconexus.config.Configuration;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The arguments of every command that starts a node. */
final class NodeArguments {

  private final Map<String, String> ownSettings = new LinkedHashMap<>();

  @Mixin
  private ConfigurationOptions configuration;

  @Option(names = "--engine", paramLabel = "NAME",
    description = "WebRTC engine (webrtc.engine): auto, native, jvm or loopback.")
  private String engine;

  /** Adds a setting that has an argument of its own; null is left out. */
  NodeArguments set(String key, String value) {
    if (value != null) {
      ownSettings.put(key, value);
    }
    return this;
  }

  /** What {@link #load} makes of it, before it is checked as a whole. */
  Configuration configuration() {
    set("webrtc.engine", engine);
    return configuration.load(ownSettings);
  }

  /** Defaults, file, environment, system properties, command line; the later wins. */
  NodeOptions load() {
    return NodeOptions.from(configuration().toJson());
  }
}
