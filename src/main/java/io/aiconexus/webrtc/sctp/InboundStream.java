package io.aiconexus.webrtc.sctp;

import java.util.Map;
import java.util.TreeMap;

/** One incoming stream: which message is next, and those that came too early. */
final class InboundStream {

  /** A whole message that waits for its turn. */
  record Waiting(int ppid, byte[] data) {
  }

  private long nextSsn;
  private TreeMap<Long, Waiting> early;

  boolean isNext(int ssn) {
    return (nextSsn & 0xFFFF) == ssn;
  }

  void passed() {
    nextSsn++;
  }

  /** The 64-bit number nearest to the next one with these low 16 bits. */
  private long extend(int ssn) {
    return nextSsn + (short) (ssn - (int) nextSsn);
  }

  /** Keeps a message for later; false when its turn is over, or another with its number waits. */
  boolean keep(int ssn, Waiting message) {
    long number = extend(ssn);
    if (number < nextSsn) {
      return false;
    }
    if (early == null) {
      early = new TreeMap<>();
    }
    return early.putIfAbsent(number, message) == null;
  }

  boolean hasEarly() {
    return early != null;
  }

  /** Moves on past {@code ssn}, which was given up. */
  void skip(int ssn) {
    nextSsn = Math.max(nextSsn, extend(ssn) + 1);
  }

  /** Takes out the next message whose turn has come, or null. */
  Waiting poll() {
    if (early == null) {
      return null;
    }
    Map.Entry<Long, Waiting> first = early.firstEntry();
    if (first.getKey() > nextSsn) {
      return null;
    }
    early.remove(first.getKey());
    nextSsn = Math.max(nextSsn, first.getKey() + 1);
    if (early.isEmpty()) {
      early = null;
    }
    return first.getValue();
  }
}
