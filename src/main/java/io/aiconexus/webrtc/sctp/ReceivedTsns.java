package io.aiconexus.webrtc.sctp;

import java.util.ArrayList;

/**
 * Which TSNs arrived: one mainland, everything up to the cumulative TSN, and islands beyond gaps, in ascending order.
 */
final class ReceivedTsns {

  /** More gaps than this are not remembered: what would open another one is dropped and comes again. */
  static final int MOST_ISLANDS = 512;
  /** Gap blocks are 16-bit offsets. */
  static final int FARTHEST = 65_535;

  private final Island mainland = new Island(0, null);
  private final ArrayList<Island> islands = new ArrayList<>(0);
  /** Whether the mainland ends where a FORWARD-TSN put it: maybe in the middle of a message. */
  private boolean forwarded;
  private int freed;

  void start(long initialTsn) {
    mainland.first = initialTsn - 1;
    mainland.last = initialTsn - 1;
  }

  long cumulative() {
    return mainland.last;
  }

  boolean hasGaps() {
    return !islands.isEmpty();
  }

  int islands() {
    return islands.size();
  }

  Island island(int index) {
    return islands.get(index);
  }

  /** The unfinished message at the end of the mainland, or null. */
  Partial tail() {
    return mainland.tail;
  }

  boolean has(long tsn) {
    if (tsn <= mainland.last) {
      return true;
    }
    int at = before(tsn);
    return at >= 0 && islands.get(at).last >= tsn;
  }

  /** Whether there is room to remember the TSN, which did not arrive yet. */
  boolean accepts(long tsn) {
    return tsn - mainland.last <= FARTHEST && (islands.size() < MOST_ISLANDS || tsn == mainland.last + 1);
  }

  /** The index of the last island that begins at or before {@code tsn}, or -1. */
  private int before(long tsn) {
    int low = 0;
    int high = islands.size();
    while (low < high) {
      int middle = low + high >>> 1;
      if (islands.get(middle).first <= tsn) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  /** Notes a TSN that continues the mainland and its unfinished message; returns what it completes beyond, or null. */
  Partial extendTail(boolean ends) {
    mainland.last++;
    Partial finished = ends && !mainland.tail.isDiscarded() ? mainland.tail : null;
    if (ends) {
      mainland.tail = null;
    }
    Partial beyond = islands.isEmpty() ? null : landfall();
    return finished == null ? beyond : finished;
  }

  /** Notes a TSN with a part of a message, or null for a whole one; returns the message that it completes, or null. */
  Partial add(long tsn, Partial part) {
    if (tsn == mainland.last + 1) {
      return addToMainland(tsn, part);
    }
    int at = before(tsn);
    Island added = new Island(tsn, part);
    Partial whole = null;
    if (at >= 0 && islands.get(at).last == tsn - 1) {
      whole = islands.get(at).absorb(added);
      added = islands.get(at);
    } else {
      islands.add(++at, added);
    }
    if (at + 1 < islands.size() && islands.get(at + 1).first == tsn + 1) {
      Partial beyond = added.absorb(islands.remove(at + 1));
      whole = whole == null ? beyond : whole;
    }
    return whole;
  }

  private Partial addToMainland(long tsn, Partial part) {
    if (part == null && mainland.tail == null) {
      mainland.last = tsn;
      forwarded = false;
      return islands.isEmpty() ? null : landfall();
    }
    Island added = new Island(tsn, part);
    Partial whole = join(added);
    Partial beyond = islands.isEmpty() ? null : landfall();
    return whole == null ? beyond : whole;
  }

  private Partial landfall() {
    return islands.get(0).first == mainland.last + 1 ? join(islands.remove(0)) : null;
  }

  private Partial join(Island next) {
    Partial head = next.head;
    if (forwarded && head != null) {
      // What is left of a message that the peer gave up before it had sent all of it.
      drop(head);
      mainland.tail = next.tail;
      mainland.last = next.last;
      forwarded = false;
      return null;
    }
    forwarded = false;
    if (head != null && mainland.tail != null && mainland.tail.isDiscarded()) {
      drop(head);
    }
    Partial whole = mainland.absorb(next);
    return whole != null && whole.isDiscarded() ? null : whole;
  }

  private void drop(Partial partial) {
    freed += partial.length();
    partial.discard();
  }

  /** Counts everything up to {@code tsn} as arrived and drops the unfinished messages in there. */
  void forward(long tsn) {
    if (mainland.tail != null) {
      drop(mainland.tail);
      mainland.tail = null;
    }
    mainland.last = tsn;
    forwarded = true;
    while (!islands.isEmpty() && islands.get(0).first <= tsn + 1) {
      swallow(islands.remove(0), tsn);
    }
  }

  private void swallow(Island island, long tsn) {
    if (island.head != null) {
      drop(island.head);
    }
    if (island.last > tsn) {
      mainland.last = island.last;
      mainland.tail = island.tail;
      forwarded = false;
    } else if (island.tail != null) {
      drop(island.tail);
    }
  }

  /** The bytes of messages dropped since the last call. */
  int takeFreed() {
    int bytes = freed;
    freed = 0;
    return bytes;
  }
}
