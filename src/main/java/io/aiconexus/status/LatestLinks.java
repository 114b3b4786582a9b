package io.aiconexus.status;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** The links that changed last, each with its present state; at most 50. Belongs to one context. */
final class LatestLinks {

  private static final int LINKS_MAX = 50;

  private final Map<String, JsonObject> links = new LinkedHashMap<>() {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, JsonObject> eldest) {
      return size() > LINKS_MAX;
    }
  };

  /** A hosted agent's link changed its state. */
  void onLink(JsonObject event, String at) {
    String agent = String.valueOf(event.getValue("agent"));
    String remote = String.valueOf(event.getValue("remote"));
    links.remove(agent + " " + remote);
    links.put(agent + " " + remote, new JsonObject().put("agent", agent).put("remote", remote)
      .put("state", String.valueOf(event.getValue("state"))).put("reason", event.getValue("reason"))
      .put("connection_id", event.getValue("connection_id")).put("at", at));
  }

  /** The latest first. */
  JsonArray toJson() {
    Deque<JsonObject> latest = new ArrayDeque<>();
    links.values().forEach(latest::addFirst);
    return new JsonArray(latest.stream().map(JsonObject::copy).toList());
  }
}
