package io.aiconexus.cli;

import io.aiconexus.NodeOptions;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.aiconexus.identity.KeyFile;
import io.aiconexus.peer.Agent;
import io.aiconexus.peer.Channel;
import io.aiconexus.peer.HostOptions;
import io.aiconexus.peer.Link;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One agent on a terminal. */
@Command(name = "agent", description = "Join a gateway as an agent: echo what others send, or talk to one of them.",
  footer = {"", "Examples:",
    "  ./aiconexus agent                                  joins ws://127.0.0.1:8000/ws, prints its DID and echoes",
    "  ./aiconexus agent --connect did:key:z6Mk...        sends the lines you type, prints what comes back",
    "  ./aiconexus agent --key alice.pem --gateway wss://gateway.example/ws"})
final class AgentCommand implements Callable<Integer> {

  private static final String CHANNEL = "data";
  private static final long PATIENCE_SECONDS = 60;
  private static final long QUIET_MS = 500;

  @Mixin
  private NodeArguments configuration;

  @Option(names = "--gateway", paramLabel = "URL", defaultValue = "ws://127.0.0.1:8000/ws",
    description = "Gateway to join (default: ${DEFAULT-VALUE}).")
  private URI gateway;

  @Option(names = "--key", paramLabel = "FILE",
    description = "Key file; made when it is not there. Without it: a new key.")
  private Path keyFile;

  @Option(names = "--connect", paramLabel = "DID", description = "Agent to connect to; without it: echo.")
  private String remote;

  @Override
  public Integer call() throws Exception {
    Did to = remote == null ? null : Did.parse(remote);
    AgentKey key = keyFile == null ? AgentKey.generate() : KeyFile.readOrCreate(keyFile);
    NodeOptions options = configuration.load().withRoles(Set.of(NodeOptions.Role.PEERS));
    try (RunningNode running = RunningNode.start(options)) {
      Agent agent = running.node().host(key, HostOptions.DEFAULTS.at(gateway))
        .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      System.out.println("agent " + agent.did() + " registered at " + gateway);
      if (to == null) {
        return echo(agent, running);
      }
      talk(running.vertx(), agent, to);
      return 0;
    }
  }

  private static int echo(Agent agent, RunningNode running) throws InterruptedException {
    agent.onLink(link -> System.out.println("linked with " + link.remote()));
    agent.onChannel(Echo::back);
    System.out.println("echoing; join it from another terminal: ./aiconexus agent --connect " + agent.did());
    return running.untilAsked();
  }

  private static void talk(Vertx vertx, Agent agent, Did to) throws Exception {
    Link link = agent.connect(to).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    Channel channel = link.channel(CHANNEL).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    System.out.println("connected to " + to + "; type lines, end with ctrl-D");
    Silence silence = new Silence();
    channel.messageHandler(message -> {
      silence.broken();
      System.out.println("< " + message.text());
    });
    Future<Void> lastLine = Future.succeededFuture();
    try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null && channel.isOpen(); line = lines.readLine()) {
        lastLine = channel.writeText(line);
      }
    }
    lastLine.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    silence.lasting(vertx, QUIET_MS).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Tells when nothing has come for a while, so that the last answers are shown before the process ends. */
  private static final class Silence {

    private volatile long sinceNanos = System.nanoTime();

    void broken() {
      sinceNanos = System.nanoTime();
    }

    Future<Void> lasting(Vertx vertx, long millis) {
      sinceNanos = System.nanoTime();
      Promise<Void> quiet = Promise.promise();
      vertx.setPeriodic(millis / 5, timer -> {
        if (System.nanoTime() - sinceNanos > TimeUnit.MILLISECONDS.toNanos(millis)) {
          vertx.cancelTimer(timer);
          quiet.complete();
        }
      });
      return quiet.future();
    }
  }
}
