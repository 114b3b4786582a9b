package io.aiconexus.signaling;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.Did;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Answers who is present, in the whole cluster. */
final class Agents {

  static final int LIMIT = 100;
  static final int LIMIT_MAX = 1000;

  private final Directory directory;
  private final Inboxes inboxes;

  Agents(Directory directory, Inboxes inboxes) {
    this.directory = directory;
    this.inboxes = inboxes;
  }

  /** One agent; fails with {@link Failure#UNKNOWN_AGENT} when it is nowhere. */
  Future<JsonObject> one(Did did) {
    return directory.find(did).compose(entry -> entry == null
      ? Future.failedFuture(Failure.UNKNOWN_AGENT.because(did + " is not present"))
      : described(List.of(entry)).map(agents -> agents.getJsonObject(0)));
  }

  /**
   * A page of agents in the order of their DIDs.
   *
   * @param capability only those that have it; null for all
   * @param limit at most so many, 1 to {@link #LIMIT_MAX}
   * @param cursor the {@code next} of the page before, or null
   */
  Future<JsonObject> page(String capability, int limit, String cursor) {
    if (limit < 1 || limit > LIMIT_MAX) {
      return Future.failedFuture(Failure.BAD_REQUEST.because("limit must be 1 to " + LIMIT_MAX + ", was " + limit));
    }
    return directory.all().compose(all -> {
      List<Entry> matching = all
        .filter(entry -> capability == null || entry.capabilities().contains(capability)).toList();
      List<Entry> rest = matching.stream()
        .filter(entry -> cursor == null || entry.did().toString().compareTo(cursor) > 0).toList();
      List<Entry> page = rest.subList(0, Math.min(limit, rest.size()));
      String next = page.size() < rest.size() ? page.get(page.size() - 1).did().toString() : null;
      return described(page).map(agents ->
        new JsonObject().put("count", matching.size()).put("agents", agents).put("next", next));
    });
  }

  private Future<JsonArray> described(List<Entry> entries) {
    Map<String, List<Entry>> byInbox = entries.stream().collect(Collectors.groupingBy(Entry::inbox));
    List<Future<JsonObject>> answers = byInbox.entrySet().stream()
      .map(each -> activity(each.getKey(), each.getValue())).toList();
    return Future.join(answers).map(all -> {
      JsonObject activity = new JsonObject();
      answers.forEach(answer -> activity.mergeIn(answer.result()));
      JsonArray agents = new JsonArray();
      entries.forEach(entry -> agents.add(describe(entry, activity)));
      return agents;
    });
  }

  /** When each was last heard of; nothing from an instance that does not answer. */
  private Future<JsonObject> activity(String inbox, List<Entry> entries) {
    JsonObject question = new JsonObject().put(Inboxes.ACTION, Inboxes.ACTIVITY)
      .put("dids", new JsonArray(entries.stream().map(entry -> entry.did().toString()).toList()));
    return inboxes.ask(inbox, question).otherwise(new JsonObject());
  }

  private static JsonObject describe(Entry entry, JsonObject activity) {
    String did = entry.did().toString();
    return new JsonObject().put("did", did).put("node_id", entry.node()).put("epoch", entry.epoch())
      .put("capabilities", new JsonArray(entry.capabilities()))
      .put("connected_at", Instant.ofEpochMilli(entry.connectedAt()).toString())
      .put("last_activity", Instant.ofEpochMilli(activity.getLong(did, entry.connectedAt())).toString());
  }
}
