package io.aiconexus.cli;

import io.aiconexus.NodeOptions;
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

  /** Defaults, file, environment, system properties, command line; the later wins. */
  NodeOptions load() {
    set("webrtc.engine", engine);
    return NodeOptions.from(configuration.load(ownSettings).toJson());
  }
}
