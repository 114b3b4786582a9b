package io.aiconexus.webrtc.sctp;

/**
 * A stretch of consecutive TSNs that arrived.
 * <p>
 * Messages inside it are whole and gone; only the one that it begins in the middle of, and the one that it ends in the
 * middle of, are kept. They are the same object when the island lies within one message.
 */
final class Island {

  long first;
  long last;
  Partial head;
  Partial tail;

  /** An island of one TSN; {@code part} is null for a whole message. */
  Island(long tsn, Partial part) {
    first = tsn;
    last = tsn;
    head = part == null || part.begins() ? null : part;
    tail = part == null || part.ends() ? null : part;
  }

  /** Takes over the island that follows; returns the message that this completes, or null. */
  Partial absorb(Island right) {
    if ((tail == null) != (right.head == null)) {
      throw new Violation(tail == null ? "a message without a beginning" : "a message without an end");
    }
    last = right.last;
    if (tail == null) {
      tail = right.tail;
      return null;
    }
    Partial joined = tail;
    joined.join(right.head);
    boolean beginsHere = head != joined;
    tail = right.tail == right.head ? joined : right.tail;
    return joined.ends() && beginsHere ? joined : null;
  }
}
