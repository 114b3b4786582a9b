package io.aiconexus.peer;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.Did;
import io.aiconexus.webrtc.IceChecks;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Why a link did not come up, or was lost: what was tried, how far it came and what it most likely failed for.
 * <p>
 * Holds no address of an agent, no description, no candidate and no credential; the servers are named by their URLs.
 *
 * @param remote the agent at the other end
 * @param verdict the cause in one word
 * @param failure the failure that the caller gets
 * @param reason what ended it, for a person
 * @param phase how far it came
 * @param micros how long each phase took, in microseconds, in their order; phases that were not reached are absent
 * @param localCandidates the types of this end's candidates, such as {@code host} and {@code relay}
 * @param remoteCandidates those of the other end
 * @param servers the STUN and TURN servers asked, each with {@code url}, {@code state} ({@code asked},
 *   {@code answered}, {@code failed}), and {@code code} and {@code text} of what failed
 * @param checks how the search for a path went
 * @param dtls W3C RTCDtlsTransportState in lower case
 */
public record ConnectReport(Did remote, ConnectVerdict verdict, Failure failure, String reason, ConnectPhase phase,
                            Map<ConnectPhase, Long> micros, List<String> localCandidates,
                            List<String> remoteCandidates, List<JsonObject> servers, IceChecks checks, String dtls) {

  private static final double MICROS_PER_MILLI = 1_000;

  /** Copies the lists. */
  public ConnectReport {
    localCandidates = List.copyOf(localCandidates);
    remoteCandidates = List.copyOf(remoteCandidates);
    servers = List.copyOf(servers);
  }

  static ConnectReport of(Did remote, ConnectFacts facts, String reason, Map<ConnectPhase, Long> micros) {
    return new ConnectReport(remote, Diagnosis.of(facts), facts.failure(), reason, facts.phase(), micros,
      types(facts.local()), types(facts.remote()), facts.servers().stream().map(ServerAnswer::toJson).toList(),
      facts.stats().checks(), facts.stats().dtlsState());
  }

  private static List<String> types(List<CandidateKind> kinds) {
    return kinds.stream().map(CandidateKind::type).distinct().sorted().toList();
  }

  /** The same as JSON, for the event bus. */
  public JsonObject toJson() {
    JsonObject phases = new JsonObject();
    micros.forEach((phase, time) -> phases.put(phase.toString(), time));
    return new JsonObject().put("remote", remote.toString()).put("verdict", verdict.name())
      .put("meaning", verdict.meaning()).put("failure", failure.name()).put("reason", reason)
      .put("phase", phase.toString()).put("phases_us", phases)
      .put("local_candidates", new JsonArray(localCandidates)).put("remote_candidates", new JsonArray(remoteCandidates))
      .put("ice_servers", new JsonArray(servers)).put("checks", checks.toJson()).put("dtls", dtls);
  }

  /** All of it in one line, for a log and a person. */
  @Override
  public String toString() {
    String times = micros.entrySet().stream()
      .map(phase -> String.format(Locale.ROOT, "%s %.1f ms", phase.getKey(), phase.getValue() / MICROS_PER_MILLI))
      .collect(Collectors.joining(", "));
    return verdict + ", " + verdict.meaning() + "; ended in phase " + phase + " (" + times + "); candidates here "
      + names(localCandidates) + ", there " + names(remoteCandidates) + "; servers "
      + names(servers.stream().map(ConnectReport::server).toList()) + "; pair "
      + (checks.lastPair() == null ? "none" : checks.lastPair() + " " + checks.lastState()) + ", " + checks.sent()
      + " checks sent, " + checks.answered() + " answered, " + checks.received() + " received; DTLS " + dtls;
  }

  private static String server(JsonObject server) {
    return server.getString("url") + " " + (server.containsKey("code") ? server.getInteger("code")
      : server.getString("state"));
  }

  private static String names(List<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }
}
