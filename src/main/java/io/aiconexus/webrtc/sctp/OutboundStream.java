package io.aiconexus.webrtc.sctp;

/** One outgoing stream: its queue, its sequence number, and what its owner wants to know of it. */
final class OutboundStream {

  final int id;
  OutboundMessage head;
  private OutboundMessage tail;
  private int nextSsn;
  private long buffered;
  private long lowThreshold;
  /** Set while the owner has asked for a reset and it is not answered yet; takes no messages then. */
  boolean resetting;
  /** The scheduler's ring: the next stream that has something to send. */
  OutboundStream nextActive;

  OutboundStream(int id) {
    this.id = id;
  }

  void add(OutboundMessage message) {
    if (head == null) {
      head = message;
    } else {
      tail.next = message;
    }
    tail = message;
    buffered += message.data.length;
  }

  OutboundMessage removeHead() {
    OutboundMessage removed = head;
    head = removed.next;
    removed.next = null;
    if (head == null) {
      tail = null;
    }
    return removed;
  }

  int takeSsn() {
    return nextSsn++ & 0xFFFF;
  }

  /** Counts bytes that left the queue; true when that crossed the low threshold. */
  boolean left(int bytes) {
    boolean above = buffered > lowThreshold;
    buffered -= bytes;
    return above && buffered <= lowThreshold;
  }

  long buffered() {
    return buffered;
  }

  void lowThreshold(long bytes) {
    lowThreshold = bytes;
  }
}
