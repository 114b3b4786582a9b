package io.aiconexus.webrtc.sctp;

import java.util.Arrays;

/**
 * The messages that wait to be sent, and whose turn it is: streams take turns message by message, because without
 * interleaving (RFC 8260) the parts of a message must follow each other.
 */
final class SendQueue {

  /** What a queued message costs beside its bytes. */
  static final int MESSAGE_COST = 64;

  private final int limit;
  private final StreamTable<OutboundStream> streams = new StreamTable<>();
  /** The ring's last stream; the one after it has the turn. */
  private OutboundStream lastActive;
  private long bytes;
  private int messages;
  private int[] low = new int[4];
  private int lowCount;

  SendQueue(int limit) {
    this.limit = limit;
  }

  OutboundStream stream(int id) {
    OutboundStream stream = streams.get(id);
    if (stream == null) {
      stream = new OutboundStream(id);
      streams.put(id, stream);
    }
    return stream;
  }

  /** The stream if it was ever used, or null. */
  OutboundStream existing(int id) {
    return streams.get(id);
  }

  void forget(int id) {
    streams.remove(id);
  }

  /** Queues a message, unless its stream is being reset or there is no room. */
  SendOutcome offer(int id, int ppid, byte[] data, Delivery delivery, long now) {
    OutboundStream stream = stream(id);
    if (stream.resetting) {
      return SendOutcome.CLOSED;
    }
    if (bytes + data.length + (messages + 1L) * MESSAGE_COST > limit) {
      return SendOutcome.FULL;
    }
    if (stream.head == null) {
      activate(stream);
    }
    stream.add(new OutboundMessage(stream, ppid, data, delivery, now));
    bytes += data.length;
    messages++;
    return SendOutcome.QUEUED;
  }

  private void activate(OutboundStream stream) {
    if (lastActive == null) {
      stream.nextActive = stream;
    } else {
      stream.nextActive = lastActive.nextActive;
      lastActive.nextActive = stream;
    }
    lastActive = stream;
  }

  boolean isEmpty() {
    return messages == 0;
  }

  long bytes() {
    return bytes;
  }

  /** The message whose turn it is, expired ones dropped; null when nothing waits. */
  OutboundMessage current(long now) {
    while (lastActive != null) {
      OutboundMessage message = lastActive.nextActive.head;
      if (message.begun() || message.expiresAt > now) {
        return message;
      }
      drop(message);
    }
    return null;
  }

  /** Notes that the current message's next {@code length} bytes became a chunk; the turn passes on after the last. */
  void took(OutboundMessage message, int length) {
    if (!message.begun() && message.delivery.ordered()) {
      message.ssn = message.stream.takeSsn();
    }
    message.taken += length;
    left(message.stream, length);
    if (message.rest() == 0) {
      finish(message.stream);
    }
  }

  /** Throws away what is left of the message whose turn it is; a message that was begun keeps its turn to its end. */
  void drop(OutboundMessage message) {
    OutboundStream stream = message.stream;
    left(stream, message.rest());
    message.taken = message.data.length;
    finish(stream);
  }

  /** Removes the head of the stream that has the turn. */
  private void finish(OutboundStream stream) {
    stream.removeHead();
    messages--;
    if (stream.head != null) {
      lastActive = stream;
    } else if (lastActive == stream) {
      lastActive = null;
    } else {
      lastActive.nextActive = stream.nextActive;
    }
  }

  private void left(OutboundStream stream, int length) {
    bytes -= length;
    if (stream.left(length)) {
      if (lowCount == low.length) {
        low = Arrays.copyOf(low, 2 * lowCount);
      }
      low[lowCount++] = stream.id;
    }
  }

  /** Tells the listener which streams fell to their low threshold since the last call; false when none did. */
  boolean announceLow(SctpListener listener) {
    if (lowCount == 0) {
      return false;
    }
    int[] ids = Arrays.copyOf(low, lowCount);
    lowCount = 0;
    for (int id : ids) {
      listener.bufferedAmountLow(id);
    }
    return true;
  }
}
