package io.aiconexus.cli;

import io.aiconexus.AIConexus;
import io.aiconexus.NodeOptions;
import io.aiconexus.webrtc.EngineStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a node until it is told to stop. */
@Command(name = "serve", description = "Run a node: gateway and hosted agents, as conf/aiconexus.json says.",
  footer = {"", "Examples:", "  ./aiconexus serve", "  ./aiconexus serve --host 0.0.0.0 --port 8000 --config my.json"})
final class ServeCommand implements Callable<Integer> {

  @Mixin
  private NodeArguments configuration;

  @Option(names = "--host", paramLabel = "ADDRESS", description = "Address to listen on (signaling.host).")
  private String host;

  @Option(names = "--port", paramLabel = "PORT", description = "TCP port to listen on (signaling.port), 0 for any.")
  private String port;

  @Override
  public Integer call() throws Exception {
    NodeOptions options = configuration.set("signaling.host", host).set("signaling.port", port).load();
    try (RunningNode running = RunningNode.start(options)) {
      System.out.println(readyLine(running.node()));
      running.drainOnSignal();
      return running.untilAsked();
    }
  }

  private static String readyLine(AIConexus node) {
    NodeOptions options = node.options();
    String where = node.signalingPort()
      .map(actual -> "ready at " + Gateways.url(options.signaling(), actual))
      .orElse("ready without a gateway of its own");
    String engine = node.engine().map(ServeCommand::describe).orElse("none");
    return "AIConexus " + options.id() + " " + where + ", gateway " + node.gateway() + ", engine " + engine;
  }

  private static String describe(EngineStatus engine) {
    return engine.available() ? engine.engine() : "unavailable";
  }
}
