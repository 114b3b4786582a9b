package io.aiconexus.webrtc.sctp;

/** How many bytes of incoming messages are held, and how many more may come (RFC 9260 section 6.2). */
final class ReceiveWindow {

  /** What a whole message costs beside its bytes, so that a flood of tiny ones fills the window too. */
  static final int MESSAGE_COST = 64;

  private final int limit;
  private final int packet;
  /** Parts, and messages that wait for one before them. */
  private long waiting;
  /** Messages given to the owner, who has not said that they are consumed. */
  private long delivered;
  private long advertised;

  ReceiveWindow(int limit, int packet) {
    this.limit = limit;
    this.packet = packet;
    this.advertised = limit;
  }

  void hold(int bytes) {
    waiting += bytes;
  }

  void release(int bytes) {
    waiting -= bytes;
  }

  void deliver(int length) {
    delivered += length + MESSAGE_COST;
  }

  void consume(int length) {
    delivered -= length + MESSAGE_COST;
    if (delivered < 0) {
      throw new IllegalArgumentException("more was consumed than was delivered, by " + -delivered + " bytes");
    }
  }

  /**
   * Whether a chunk may be stored. The one that all others wait for is stored even when they fill the window, because
   * only that can empty it; not while the owner holds that much.
   */
  boolean accepts(int bytes, boolean inSequence) {
    return inSequence ? delivered < limit : waiting + delivered + bytes + MESSAGE_COST <= limit;
  }

  /** What to tell the peer: nothing at all when it is less than a packet, so that it does not send in crumbs. */
  int advertise() {
    advertised = free();
    return (int) advertised;
  }

  private long free() {
    long free = limit - waiting - delivered;
    return free < packet ? 0 : free;
  }

  /** Whether the peer thinks that there is little room while there is much. */
  boolean hasOpened() {
    return advertised < limit / 4 && free() >= limit / 2;
  }

  long held() {
    return waiting + delivered;
  }
}
