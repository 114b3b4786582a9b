package io.aiconexus.webrtc.sctp;

import java.util.Arrays;

/** Gives up messages that may be given up, and tells the peer not to wait for them (RFC 3758). */
final class Abandonment {

  private static final int FIXED = 8;

  private final Outstanding outstanding;
  private final SendQueue queue;
  private long point;
  private boolean due;
  private boolean allowed;
  private long messages;
  private int[] streams = new int[0];
  private int[] ssns = new int[0];

  Abandonment(Outstanding outstanding, SendQueue queue) {
    this.outstanding = outstanding;
    this.queue = queue;
    this.point = outstanding.acked();
  }

  void allow(boolean peerUnderstands) {
    allowed = peerUnderstands;
  }

  long messages() {
    return messages;
  }

  /** Whether the chunk, which would have to be sent again, belongs to a message not worth it any more. */
  boolean isSpent(long tsn, long now) {
    Delivery delivery = outstanding.message(tsn).delivery;
    boolean triedOften = delivery.maxRetransmits() != Delivery.UNLIMITED
      && outstanding.sends(tsn) > delivery.maxRetransmits();
    return isExpired(tsn, now) || allowed && triedOften;
  }

  /** Whether the chunk's message has outlived its time. */
  boolean isExpired(long tsn, long now) {
    return allowed && outstanding.message(tsn).expiresAt <= now;
  }

  /** Gives up the message that the chunk is a part of. */
  void abandon(long tsn) {
    OutboundMessage message = outstanding.message(tsn);
    messages++;
    for (long t = tsn; t > outstanding.acked() && outstanding.message(t) == message; t--) {
      outstanding.abandon(t);
    }
    for (long t = tsn + 1; t < outstanding.next() && outstanding.message(t) == message; t++) {
      outstanding.abandon(t);
    }
    if (message.rest() > 0) {
      // Without a TSN in between, the next message would seem to interrupt this one.
      outstanding.addAbandoned(message);
      queue.drop(message);
    }
    advance();
  }

  /** Moves the point up to which the peer need not wait (rule C2 of section 3.5). */
  void advance() {
    long old = point;
    point = Math.max(point, outstanding.acked());
    while (point + 1 < outstanding.next() && outstanding.state(point + 1) == Outstanding.ABANDONED) {
      point++;
    }
    due |= point > old && isPending();
  }

  /** Whether the peer has yet to confirm that it went on. */
  boolean isPending() {
    return point > outstanding.acked();
  }

  /** Asks for the FORWARD-TSN to be sent (again) with the next packet. */
  void repeat() {
    due = isPending();
  }

  boolean isDue() {
    return due;
  }

  /** Appends the FORWARD-TSN; lists as many streams as one packet holds and goes no further than that. */
  void write(PacketWriter writer) {
    due = false;
    int most = (writer.capacity() - FIXED) / 4;
    int count = 0;
    long upTo = outstanding.acked();
    for (long tsn = upTo + 1; tsn <= point; tsn++) {
      OutboundMessage message = outstanding.message(tsn);
      if (message.delivery.ordered()) {
        int at = indexOf(message.stream.id, count);
        if (at == count && count++ == most) {
          break;
        }
        remember(at, message.stream.id, message.ssn);
      }
      upTo = tsn;
    }
    append(writer, upTo, Math.min(count, most));
  }

  private int indexOf(int stream, int count) {
    int at = 0;
    while (at < count && streams[at] != stream) {
      at++;
    }
    return at;
  }

  private void remember(int at, int stream, int ssn) {
    if (at >= streams.length) {
      streams = Arrays.copyOf(streams, at + 8);
      ssns = Arrays.copyOf(ssns, at + 8);
    }
    streams[at] = stream;
    ssns[at] = ssn;
  }

  private void append(PacketWriter writer, long upTo, int count) {
    writer.makeRoom(FIXED + 4 * count);
    int at = writer.begin(ChunkType.FORWARD_TSN, 0);
    writer.int32((int) upTo);
    for (int i = 0; i < count; i++) {
      writer.uint16(streams[i]);
      writer.uint16(ssns[i]);
    }
    writer.end(at);
  }
}
