package io.aiconexus.retry;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.Did;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** All links that one node supervises, and who of them is told what. One context. */
final class SupervisedLinks {

  private final SupervisedLink.Surroundings around;
  private final Function<Did, Runnable> watch;
  private final Map<Did, Local> locals = new LinkedHashMap<>();
  private final Map<String, Set<SupervisedLink>> byRemote = new HashMap<>();
  private int size;

  private record Local(Runnable unwatch, Map<String, SupervisedLink> links) { }

  /** @param watch begins to listen to the events of an agent; what it gives ends that */
  SupervisedLinks(SupervisedLink.Surroundings around, Function<Did, Runnable> watch) {
    this.around = around;
    this.watch = watch;
  }

  /** Begins, or begins anew with another policy. */
  SupervisedLink supervise(Did local, Did remote, RetryPolicy policy) {
    if (local.equals(remote)) {
      throw Failure.BAD_REQUEST.because("an agent has no link to itself: " + local);
    }
    int max = around.options().maxLinks();
    if (!remove(local, remote) && size >= max) {
      throw Failure.OVERLOADED.because("this node supervises " + max + " links already (retry.max_links)");
    }
    SupervisedLink link = new SupervisedLink(local, remote, policy, around);
    locals.computeIfAbsent(local, first -> new Local(watch.apply(first), new LinkedHashMap<>()))
      .links.put(remote.toString(), link);
    byRemote.computeIfAbsent(remote.toString(), first -> new LinkedHashSet<>()).add(link);
    size++;
    link.start();
    return link;
  }

  void release(Did local, Did remote) {
    if (!remove(local, remote)) {
      throw Failure.NOT_FOUND.because("this node does not supervise a link of " + local + " to " + remote);
    }
  }

  void releaseAll() {
    all().forEach(link -> remove(link.local(), link.remote()));
  }

  JsonArray describe() {
    JsonArray links = new JsonArray();
    all().forEach(link -> links.add(link.describe()));
    return links;
  }

  /** How many links are in which state. */
  JsonObject counts() {
    Map<Supervision, Integer> counts = new EnumMap<>(Supervision.class);
    all().forEach(link -> counts.merge(link.status(), 1, Integer::sum));
    JsonObject json = new JsonObject();
    counts.forEach((status, count) -> json.put(status.toString(), count));
    return json;
  }

  /** An agent came, or the gateway told of it again. */
  void onJoined(String did) {
    Set<SupervisedLink> links = byRemote.get(did);
    if (links != null) {
      List.copyOf(links).forEach(link -> link.onHint(Hint.PRESENCE));
    }
  }

  /** Something happened to one of the agents at the near ends. */
  void onAgentEvent(Did local, JsonObject event) {
    String kind = event.getString("event");
    if ("link".equals(kind)) {
      SupervisedLink link = linksOf(local).get(event.getString("remote"));
      if (link != null) {
        link.onLinkState(event.getString("state"));
      }
    } else if ("registered".equals(kind)) {
      List.copyOf(linksOf(local).values()).forEach(link -> link.onHint(Hint.PRESENCE));
    }
  }

  void onNetworkChanged() {
    all().forEach(link -> link.onHint(Hint.NETWORK_CHANGED));
  }

  /** Compares desired and actual state, for what no event told. */
  void check() {
    List.copyOf(locals.keySet()).forEach(local -> around.agents().links(local).onComplete(
      actual -> compare(local, actual),
      cause -> {
        if (Failure.of(cause) == Failure.UNAVAILABLE) {
          compare(local, Map.of());
        }
      }));
  }

  private void compare(Did local, Map<String, String> actual) {
    List.copyOf(linksOf(local).values()).forEach(link ->
      link.onLinkState(actual.getOrDefault(link.remote().toString(), "closed")));
  }

  private Map<String, SupervisedLink> linksOf(Did local) {
    Local there = locals.get(local);
    return there == null ? Map.of() : there.links;
  }

  private boolean remove(Did local, Did remote) {
    SupervisedLink link = linksOf(local).get(remote.toString());
    if (link == null) {
      return false;
    }
    link.release();
    locals.get(local).links.remove(remote.toString());
    size--;
    Set<SupervisedLink> others = byRemote.get(remote.toString());
    others.remove(link);
    if (others.isEmpty()) {
      byRemote.remove(remote.toString());
    }
    if (linksOf(local).isEmpty()) {
      locals.remove(local).unwatch.run();
    }
    return true;
  }

  private List<SupervisedLink> all() {
    return locals.values().stream().flatMap(local -> local.links.values().stream()).toList();
  }
}
