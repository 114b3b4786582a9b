package io.aiconexus.peer;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.IceServer;
import io.aiconexus.webrtc.ConnectionStats;
import io.aiconexus.webrtc.IceConnectionState;
import io.vertx.core.eventbus.ReplyException;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** What is learnt of one connection while it comes up, for the report should it fail. One context. */
final class Attempt {

  /** Kinds that are kept: all there are of four types, two transports and three families. */
  private static final int KINDS_MAX = 24;
  private static final int SERVERS_MAX = 64;

  private final Did remote;
  private final boolean relayOnly;
  private final LongSupplier nanos;
  private final Map<ConnectPhase, Long> begun = new EnumMap<>(ConnectPhase.class);
  private final Set<CandidateKind> ours = new LinkedHashSet<>();
  private final Set<CandidateKind> theirs = new LinkedHashSet<>();
  private final Map<String, ServerAnswer> servers = new LinkedHashMap<>();
  private ConnectPhase phase = ConnectPhase.ENGINE;
  private IceConnectionState ice = IceConnectionState.NEW;
  private boolean up;
  private boolean left;
  private boolean forged;
  private boolean gathered;

  /**
   * @param relayOnly whether only relayed candidates count
   * @param nanos a clock that only goes forward
   */
  Attempt(Did remote, boolean relayOnly, LongSupplier nanos) {
    this.remote = remote;
    this.relayOnly = relayOnly;
    this.nanos = nanos;
    begun.put(phase, nanos.getAsLong());
  }

  /** It has come as far as that, unless it was further already. */
  void reach(ConnectPhase next) {
    if (next.compareTo(phase) > 0) {
      phase = next;
      begun.put(next, nanos.getAsLong());
      up |= next == ConnectPhase.UP;
    }
  }

  ConnectPhase phase() {
    return phase;
  }

  /** Whether it has been up; then DTLS and SCTP live, and only the path may be looked for again. */
  boolean isUp() {
    return up;
  }

  /** A new path is offered for a link that is up: signaling and ICE begin again. */
  void restarts() {
    phase = ConnectPhase.SIGNALING;
    begun.clear();
    begun.put(phase, nanos.getAsLong());
    left = false;
    forged = false;
  }

  /** Candidates are gathered, for the first time or anew, with these servers. */
  void gathers(List<IceServer> asked) {
    ours.clear();
    servers.clear();
    gathered = false;
    asked.stream().flatMap(server -> server.urls().stream()).limit(SERVERS_MAX)
      .forEach(url -> servers.put(ServerAnswer.key(url), ServerAnswer.asked(url)));
  }

  /** This end has a candidate. */
  void foundHere(String line) {
    CandidateKind.in(line).forEach(kind -> keep(ours, kind));
  }

  /** There are no more at this end; tells whether there is any at all. */
  boolean foundAllHere() {
    gathered = true;
    servers.replaceAll((key, answer) -> answer.answered());
    return !ours.isEmpty();
  }

  /** The other end tells of candidates, in a line or in a description. */
  void foundThere(String text) {
    CandidateKind.in(text).forEach(kind -> keep(theirs, kind));
  }

  private static void keep(Collection<CandidateKind> kinds, CandidateKind kind) {
    if (kinds.size() < KINDS_MAX) {
      kinds.add(kind);
    }
  }

  /** A server did not do what it was asked for. */
  void serverFailed(String url, int code, String text) {
    String key = ServerAnswer.key(url);
    if (servers.containsKey(key) || servers.size() < SERVERS_MAX) {
      servers.put(key, servers.getOrDefault(key, ServerAnswer.asked(url)).failed(code, text));
    }
  }

  void ice(IceConnectionState state) {
    ice = state;
    boolean path = state == IceConnectionState.CONNECTED || state == IceConnectionState.COMPLETED;
    // Before a restart is answered, it is the path of before that this is about.
    if (path && !(up && phase == ConnectPhase.SIGNALING)) {
      reach(up ? ConnectPhase.UP : ConnectPhase.DTLS);
    }
  }

  /** What this end has to say was handed to the gateway. */
  void offerLeft() {
    left = true;
  }

  /** A message in the other agent's name came that the agent did not sign. */
  void forgedAnswer() {
    forged |= phase.compareTo(ConnectPhase.SIGNALING) <= 0;
  }

  /** Why it failed: for {@code cause}, and after what the engine tells, or null. */
  ConnectReport report(Throwable cause, ConnectionStats stats) {
    if (stats != null && stats.error() != null) {
      // libwebrtc may tell that DTLS failed without ever having told of the path under it.
      reach(ConnectPhase.DTLS);
    }
    boolean lost = ice == IceConnectionState.DISCONNECTED || ice == IceConnectionState.FAILED;
    ConnectFacts facts = new ConnectFacts(Failure.of(cause), phase, left, forged, gathered, lost, relayOnly,
      List.copyOf(ours), List.copyOf(theirs), List.copyOf(servers.values()),
      stats == null ? ConnectionStats.NONE : stats);
    String reason = String.valueOf(cause.getMessage()).replaceAll("\\p{Cntrl}", "?");
    return ConnectReport.of(remote, facts, reason, micros());
  }

  private Map<ConnectPhase, Long> micros() {
    Map<ConnectPhase, Long> micros = new EnumMap<>(ConnectPhase.class);
    long end = nanos.getAsLong();
    for (int i = ConnectPhase.values().length - 1; i >= 0; i--) {
      Long start = begun.get(ConnectPhase.values()[i]);
      if (start != null) {
        micros.put(ConnectPhase.values()[i], TimeUnit.NANOSECONDS.toMicros(end - start));
        end = start;
      }
    }
    return Collections.unmodifiableMap(micros);
  }

  /** The failure that {@code cause} is, with the verdict in its text. */
  static ReplyException explained(Throwable cause, ConnectReport report) {
    return Failure.of(cause).because(report.reason() + " (" + report.verdict() + ": " + report.verdict().meaning()
      + ")");
  }
}
