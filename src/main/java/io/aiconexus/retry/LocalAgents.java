package io.aiconexus.retry;

import io.aiconexus.identity.Did;
import io.vertx.core.Future;
import java.util.Map;

/** What supervision asks of the agents at the near ends. */
interface LocalAgents {

  /** Succeeds when there is a link that carries data: the one that is there, else a new one. */
  Future<Void> connect(Did local, Did remote, long timeoutMs);

  /** Makes the link look for a new path; succeeds when that has begun. */
  Future<Void> restartIce(Did local, Did remote);

  /** The state of each link of that agent, by the remote agent's DID. */
  Future<Map<String, String>> links(Did local);
}
