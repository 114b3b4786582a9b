package io.aiconexus.peer;

import io.aiconexus.identity.Did;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The last report of each agent that could not be reached, until it can be; of so many agents and no more. */
final class FailedAttempts {

  static final int AGENTS_MAX = 100;

  private final Map<Did, ConnectReport> latest = new LinkedHashMap<>();

  void add(ConnectReport report) {
    latest.remove(report.remote());
    latest.put(report.remote(), report);
    if (latest.size() > AGENTS_MAX) {
      latest.remove(latest.keySet().iterator().next());
    }
  }

  /** That agent was reached. */
  void forget(Did remote) {
    latest.remove(remote);
  }

  Optional<ConnectReport> of(Did remote) {
    return Optional.ofNullable(latest.get(remote));
  }

  List<ConnectReport> all() {
    return List.copyOf(latest.values());
  }
}
