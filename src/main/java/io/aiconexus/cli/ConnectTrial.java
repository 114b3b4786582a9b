package io.aiconexus.cli;

import io.aiconexus.NodeOptions;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.aiconexus.peer.Agent;
import io.aiconexus.peer.ConnectReport;
import io.aiconexus.peer.HostOptions;
import io.aiconexus.peer.Link;
import io.aiconexus.webrtc.ConnectionStats;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code aiconexus doctor --connect}: joins a gateway, tries to reach one agent, and tells how that went. */
final class ConnectTrial {

  private static final long JOIN_SECONDS = 60;
  /** What comes on top of the time that a connect may take: its report. */
  private static final long REPORT_SECONDS = 5;
  private static final String PAGE = "docs/troubleshooting.md#";

  private final NodeOptions options;
  private final PrintWriter out;
  private final boolean json;

  /** @param json whether one JSON object is printed, for a program, instead of lines for a person */
  ConnectTrial(NodeOptions options, PrintWriter out, boolean json) {
    this.options = options.withRoles(Set.of(NodeOptions.Role.PEERS));
    this.out = out;
    this.json = json;
  }

  /** Tells whether {@code remote} could be reached. Fails like any command when the gateway cannot be joined. */
  boolean run(URI gateway, AgentKey key, Did remote) throws TimeoutException {
    try (RunningNode running = RunningNode.start(options)) {
      Agent agent = running.node().host(key, HostOptions.DEFAULTS.at(gateway)).await(JOIN_SECONDS, TimeUnit.SECONDS);
      long asked = System.nanoTime();
      try {
        Link link = agent.connect(remote).await(patience(), TimeUnit.SECONDS);
        connected((System.nanoTime() - asked) / 1e6, link.stats().await(REPORT_SECONDS, TimeUnit.SECONDS));
        return true;
      } catch (ReplyException e) {
        failed(agent.failure(remote).await(REPORT_SECONDS, TimeUnit.SECONDS).orElseThrow(() -> e));
        return false;
      }
    } finally {
      out.flush();
    }
  }

  private long patience() {
    return options.peer().connectTimeout().toSeconds() + REPORT_SECONDS;
  }

  private void connected(double millis, ConnectionStats stats) {
    if (json) {
      out.println(stats.toJson().put("connected", true).put("connect_ms", millis).encodePrettily());
    } else {
      out.printf(Locale.ROOT, "OK    connect   %s, in %.1f ms; DTLS %s%n", stats.candidatePair(), millis,
        stats.dtlsState());
    }
  }

  private void failed(ConnectReport report) {
    if (json) {
      out.println(report.toJson().put("connected", false).encodePrettily());
      return;
    }
    out.printf("FAIL  connect   %s: %s%n", report.verdict(), report.verdict().meaning());
    line("reason", report.reason());
    StringBuilder phases = new StringBuilder();
    report.micros().forEach((phase, micros) ->
      phases.append(String.format(Locale.ROOT, "%s%s %.1f ms", phases.isEmpty() ? "" : ", ", phase, micros / 1e3)));
    line("phases", phases.toString());
    line("here", types(report.localCandidates()));
    line("there", types(report.remoteCandidates()));
    report.servers().forEach(server -> line("server", of(server)));
    line("checks", (report.checks().lastPair() == null ? "no pair" : report.checks().lastPair() + " "
      + report.checks().lastState()) + "; " + report.checks().sent() + " sent, " + report.checks().answered()
      + " answered, " + report.checks().received() + " received");
    line("dtls", report.dtls());
    line("to do", PAGE + report.verdict().name().toLowerCase(Locale.ROOT));
  }

  private void line(String topic, String text) {
    out.printf("      %-9s %s%n", topic, text);
  }

  private static String types(List<String> candidates) {
    return candidates.isEmpty() ? "no candidate" : "candidates " + String.join(", ", candidates);
  }

  private static String of(JsonObject server) {
    return server.getString("url") + " " + server.getString("state")
      + (server.containsKey("code") ? " " + server.getInteger("code") + " " + server.getString("text") : "");
  }
}
