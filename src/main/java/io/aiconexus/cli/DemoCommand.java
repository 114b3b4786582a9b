package io.aiconexus.cli;

import io.aiconexus.AIConexus;
import io.aiconexus.NodeOptions;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the whole thing in one process. */
@Command(name = "demo", description = "Two agents meet through a gateway and talk over real WebRTC, with measurements.",
  footer = {"", "Examples:", "  ./aiconexus demo --once", "  ./aiconexus demo --once --json --engine native"})
final class DemoCommand implements Callable<Integer> {

  private static final long DEMO_SECONDS = 120;

  @Mixin
  private NodeArguments configuration;

  @Option(names = "--once",
    description = "End after the measurements; otherwise the gateway stays for ./aiconexus agent.")
  private boolean once;

  @Option(names = "--json", description = "Print one JSON object instead of the story.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    NodeOptions options = configuration.load();
    options = options.withSignaling(options.signaling().listeningOn("127.0.0.1", 0));
    try (RunningNode running = RunningNode.start(options)) {
      AIConexus node = running.node();
      String url = Gateways.url(node.options().signaling(), node.signalingPort().orElseThrow());
      Demo demo = new Demo(running.vertx(), node, url);
      DemoResult result = demo.run(json ? line -> { } : System.out::println).await(DEMO_SECONDS, TimeUnit.SECONDS);
      System.out.println(json ? result.toJson().encode() : result.summary());
      if (once) {
        return 0;
      }
      System.out.println(demo.invitation());
      return running.untilAsked();
    }
  }
}
