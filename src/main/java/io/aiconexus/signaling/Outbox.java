package io.aiconexus.signaling;

import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What waits for one session's reader, oldest first, bounded in characters.
 * <p>
 * A frame stays in here until the socket has really taken it, so that after the socket's death the outbox knows exactly
 * which frames never left. At most {@link #WINDOW} characters are handed to the socket at once; the rest can still move
 * to another instance. What the kernel had taken when the link died is lost: the protocol has no receipts.
 */
final class Outbox {

  /** Characters handed to the socket and not taken yet; enough to keep any network busy between two wake-ups. */
  static final int WINDOW = 128 * 1024;

  private final SessionSocket socket;
  private final Tally tally;
  private final ArrayDeque<Delivery> underway = new ArrayDeque<>(2);
  private final ArrayDeque<Delivery> waiting = new ArrayDeque<>(2);
  private final Handler<AsyncResult<Void>> onWritten = this::written;
  private long underwayBytes;
  private long bytes;
  private boolean open = true;
  private boolean held;

  /**
   * An empty outbox.
   *
   * @param tally where its characters are counted together with those of all others
   */
  Outbox(SessionSocket socket, Tally tally) {
    this.socket = socket;
    this.tally = tally;
  }

  /** Takes a frame if what waits stays within {@code limit} characters. */
  boolean offer(Delivery frame, long limit) {
    if (bytes + frame.size() > limit) {
      return false;
    }
    add(frame);
    return true;
  }

  /** Takes a frame whatever waits; only for the gateway's own short messages. */
  void add(Delivery frame) {
    count(frame.size());
    waiting.addLast(frame);
    pump();
  }

  /** Writes a frame past everything that waits, and nothing after it: the last words before a close. */
  void last(Delivery frame) {
    if (open) {
      open = false;
      socket.write(frame.text());
    }
  }

  /** Keeps frames back until {@link #release}. */
  void hold() {
    held = true;
  }

  /** Lets frames go, {@code first} ones before those that were kept back. */
  void release(List<Delivery> first) {
    for (int i = first.size() - 1; i >= 0; i--) {
      waiting.addFirst(first.get(i));
      count(first.get(i).size());
    }
    held = false;
    pump();
  }

  /** Hands nothing more to the socket. */
  void shut() {
    open = false;
  }

  /** Whether everything handed to the socket has left. */
  boolean isSettled() {
    return underway.isEmpty();
  }

  /** The socket is closed: what it did not take waits again, in its place, unless it does not outlive the socket. */
  void settle() {
    open = false;
    while (!underway.isEmpty()) {
      waiting.addFirst(underway.pollLast());
    }
    underwayBytes = 0;
    waiting.removeIf(frame -> !frame.outlivesSocket());
    count(waiting.stream().mapToLong(Delivery::size).sum() - bytes);
  }

  /** Takes out everything that was not handed to the socket. */
  List<Delivery> drain() {
    List<Delivery> all = new ArrayList<>(waiting);
    waiting.clear();
    count(underwayBytes - bytes);
    return all;
  }

  /** Number of frames, handed to the socket or not. */
  int size() {
    return underway.size() + waiting.size();
  }

  /** Characters, handed to the socket or not. */
  long bytes() {
    return bytes;
  }

  private void count(long characters) {
    bytes += characters;
    tally.add(characters);
  }

  private void pump() {
    while (open && !held && underwayBytes < WINDOW && !waiting.isEmpty()) {
      Delivery next = waiting.pollFirst();
      underway.addLast(next);
      underwayBytes += next.size();
      socket.write(next.text()).onComplete(onWritten);
    }
  }

  private void written(AsyncResult<Void> result) {
    if (result.succeeded() && !underway.isEmpty()) {
      int size = underway.pollFirst().size();
      underwayBytes -= size;
      count(-size);
      pump();
    }
  }
}
