package io.aiconexus.webrtc.sctp;

/** A message on its way out: first in its stream's queue, then in pieces in flight. */
final class OutboundMessage {

  final OutboundStream stream;
  final byte[] data;
  final int ppid;
  final Delivery delivery;
  final long expiresAt;
  /** The next one in the stream's queue. */
  OutboundMessage next;
  /** How many bytes have become DATA chunks. */
  int taken;
  /** The stream sequence number, given with the first chunk; 0 and meaningless when unordered. */
  int ssn;

  OutboundMessage(OutboundStream stream, int ppid, byte[] data, Delivery delivery, long now) {
    this.stream = stream;
    this.ppid = ppid;
    this.data = data;
    this.delivery = delivery;
    this.expiresAt = delivery.lifetimeNanos() == Delivery.UNLIMITED
      ? Deadlines.NEVER : now + delivery.lifetimeNanos();
  }

  boolean begun() {
    return taken > 0;
  }

  int rest() {
    return data.length - taken;
  }
}
