package io.aiconexus.signaling;

import io.aiconexus.identity.Did;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What the directory says about one agent. Immutable; its text is what the shared map holds.
 *
 * @param did the agent
 * @param inbox event-bus address of the instance that holds its session
 * @param node that instance's node
 * @param epoch number of the session; of two sessions of an agent the higher one is the newer
 * @param sessionId names the session
 * @param capabilities what the agent registered with
 * @param connectedAt when, in milliseconds since 1970
 */
record Entry(Did did, String inbox, String node, long epoch, String sessionId, List<String> capabilities,
             long connectedAt) {

  static Entry read(String did, String text) {
    JsonObject json = new JsonObject(text);
    return new Entry(Did.parse(did), json.getString("inbox"), json.getString("node"), json.getLong("epoch"),
      json.getString("session_id"), json.getJsonArray("capabilities").stream().map(String.class::cast).toList(),
      json.getLong("connected_at"));
  }

  String text() {
    return new JsonObject().put("inbox", inbox).put("node", node).put("epoch", epoch).put("session_id", sessionId)
      .put("capabilities", new JsonArray(capabilities)).put("connected_at", connectedAt).encode();
  }

  Entry withEpoch(long otherEpoch) {
    return new Entry(did, inbox, node, otherEpoch, sessionId, capabilities, connectedAt);
  }

  boolean isSameSessionAs(Entry other) {
    return other != null && epoch == other.epoch && inbox.equals(other.inbox);
  }
}
