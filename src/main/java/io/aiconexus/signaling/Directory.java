package io.aiconexus.signaling;

import io.aiconexus.identity.Did;
import io.vertx.core.Future;
import io.vertx.core.shareddata.AsyncMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Where every agent's session is: a shared map from DID to {@link Entry}, cluster-wide where there is a cluster.
 * <p>
 * It is a hint that may be old; the instance that an entry names has the last word. Entries of nodes that are not
 * members count as absent.
 */
final class Directory {

  /** The name of the shared map. */
  static final String MAP = "aiconexus.signaling.directory";

  private final AsyncMap<String, String> map;
  private final Predicate<String> nodeIsMember;

  Directory(AsyncMap<String, String> map, Predicate<String> nodeIsMember) {
    this.map = map;
    this.nodeIsMember = nodeIsMember;
  }

  /**
   * What a claim found.
   *
   * @param entry the claim, with its epoch
   * @param previous the session that held the DID until now, or null
   */
  record Claim(Entry entry, Entry previous) {
  }

  /** Where an agent is; null when it is nowhere. */
  Future<Entry> find(Did did) {
    return map.get(did.toString()).map(text -> living(did.toString(), text));
  }

  /** Everybody who is present, in the order of their DIDs. */
  Future<Stream<Entry>> all() {
    return map.entries().map(entries -> entries.entrySet().stream()
      .sorted(Map.Entry.comparingByKey())
      .map(each -> living(each.getKey(), each.getValue()))
      .filter(entry -> entry != null));
  }

  /** Makes {@code wanted} the session of its DID, with an epoch above every earlier one. */
  Future<Claim> claim(Entry wanted) {
    String did = wanted.did().toString();
    return map.get(did).compose(text -> {
      Entry found = text == null ? null : Entry.read(did, text);
      long next = Math.max(wanted.connectedAt(), found == null ? 0 : found.epoch() + 1);
      Entry claimed = wanted.withEpoch(next);
      Future<Boolean> swapped = text == null
        ? map.putIfAbsent(did, claimed.text()).map(earlier -> earlier == null)
        : map.replaceIfPresent(did, text, claimed.text());
      return swapped.compose(won -> won
        ? Future.succeededFuture(new Claim(claimed, living(did, text)))
        : claim(wanted));
    });
  }

  /** Removes exactly this session, not a newer one of the same DID; tells whether it was there. */
  Future<Boolean> remove(Entry entry) {
    return map.removeIfPresent(entry.did().toString(), entry.text());
  }

  private Entry living(String did, String text) {
    if (text == null) {
      return null;
    }
    Entry entry = Entry.read(did, text);
    return nodeIsMember.test(entry.node()) ? entry : null;
  }
}
