package io.aiconexus.webrtc.ice;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/** The pairs of one generation, best first, and those whose turn comes before all others (RFC 8445 section 6.1.4). */
final class CheckList {
  private static final Comparator<Pair> BEST_FIRST = Comparator.comparingLong((Pair pair) -> pair.priority).reversed();

  private final int limit;
  private final List<Pair> pairs = new ArrayList<>();
  private final Deque<Pair> triggered = new ArrayDeque<>();
  private int made;

  CheckList(int limit) {
    this.limit = limit;
  }

  Pair find(SocketHandle socket, InetSocketAddress to) {
    for (Pair pair : pairs) {
      if (pair.socket == socket && pair.to.equals(to)) {
        return pair;
      }
    }
    return null;
  }

  /**
   * Adds a pair unless there is one for its path (RFC 8445 section 6.1.2.4) or the list is full of better ones.
   *
   * @return the pair for this path, or null when there was no room
   */
  Pair add(LocalCandidate local, Candidate remote, IceRole role) {
    Pair known = find(local.socket(), remote.address());
    if (known != null) {
      return known;
    }
    Pair pair = new Pair(local, remote);
    pair.prioritise(role);
    if (pairs.size() >= limit && !makeRoomFor(pair)) {
      return null;
    }
    made++;
    pairs.add(pair);
    pairs.sort(BEST_FIRST);
    return pair;
  }

  private boolean makeRoomFor(Pair better) {
    for (int i = pairs.size() - 1; i >= 0; i--) {
      Pair pair = pairs.get(i);
      boolean dead = pair.state == Pair.State.FAILED;
      boolean worse = pair.state == Pair.State.WAITING && pair.priority < better.priority;
      if (dead || worse && !triggered.contains(pair)) {
        pairs.remove(i);
        return true;
      }
    }
    return false;
  }

  void prioritise(IceRole role) {
    pairs.forEach(pair -> pair.prioritise(role));
    pairs.sort(BEST_FIRST);
  }

  /** How many pairs there ever were. */
  int made() {
    return made;
  }

  /** Puts a pair at the end of those that go first. */
  void trigger(Pair pair) {
    if (!triggered.contains(pair)) {
      triggered.add(pair);
    }
  }

  void untrigger(Pair pair) {
    triggered.remove(pair);
  }

  boolean isTriggered(Pair pair) {
    return triggered.contains(pair);
  }

  boolean hasNext() {
    return !triggered.isEmpty() || waiting() != null;
  }

  /** The pair to check next, no longer queued; null when none wants to be. */
  Pair next() {
    boolean urgent = !triggered.isEmpty();
    Pair next = urgent ? triggered.remove() : waiting();
    if (next != null) {
      next.urgent = urgent;
    }
    return next;
  }

  private Pair waiting() {
    for (Pair pair : pairs) {
      if (pair.state == Pair.State.WAITING) {
        return pair;
      }
    }
    return null;
  }

  Pair bestValid() {
    for (Pair pair : pairs) {
      if (pair.isValid()) {
        return pair;
      }
    }
    return null;
  }

  /** How many pairs are waiting for a check or for its outcome. */
  int pending() {
    int count = 0;
    for (Pair pair : pairs) {
      count += pair.isPending() ? 1 : 0;
    }
    return count;
  }

  boolean isPendingAbove(Pair than) {
    for (Pair pair : pairs) {
      if (pair.priority <= than.priority) {
        return false;
      }
      if (pair.isPending()) {
        return true;
      }
    }
    return false;
  }

  /** Gives up every pair but one and, if {@code keepBetter}, those with a higher priority; returns what it removed. */
  List<Pair> keepOnly(Pair chosen, boolean keepBetter) {
    List<Pair> dropped = new ArrayList<>(pairs);
    dropped.removeIf(pair -> pair == chosen || keepBetter && pair.priority > chosen.priority);
    pairs.removeAll(dropped);
    triggered.removeAll(dropped);
    return dropped;
  }

  List<Pair> all() {
    return pairs;
  }

  void clear() {
    pairs.clear();
    triggered.clear();
  }
}
