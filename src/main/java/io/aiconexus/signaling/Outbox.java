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
 * to another instance. What the kernel had taken when the link died is lost, unless the reader counts what it gets:
 * then a frame stays until a pong confirms it, or the reader's count says so.
 */
final class Outbox {

  /** Characters handed to the socket and not taken yet; enough to keep any network busy between two wake-ups. */
  static final int WINDOW = 128 * 1024;

  /** Characters taken by the socket and not confirmed after which a receipt is asked for at once. */
  static final int RECEIPT_AT = 16 * 1024;
  /** How long what the socket took waits until a receipt is asked for: 500 ms. */
  private static final long RECEIPT_NANOS = 500_000_000;

  private final SessionSocket socket;
  private final Tally tally;
  private final ArrayDeque<Delivery> taken = new ArrayDeque<>(0);
  private final ArrayDeque<Delivery> underway = new ArrayDeque<>(2);
  private final ArrayDeque<Delivery> waiting = new ArrayDeque<>(2);
  private final Handler<AsyncResult<Void>> onWritten = this::written;
  private long underwayBytes;
  private long bytes;
  private long takenBytes;
  private long handed;
  private long handedBefore;
  private long asked;
  private long unaskedBytes;
  private long askedNanos;
  private boolean receipts;
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

  /** From now on the reader counts what it gets, and confirms it with pongs; or it does not. */
  void awaitReceipts(boolean counts) {
    receipts = counts;
    handedBefore = handed;
  }

  /** Frames handed to the socket: what a ping's mark says. */
  long handed() {
    return handed;
  }

  /** A pong came: the reader has the first {@code mark} frames. */
  void confirmed(long mark) {
    while (!taken.isEmpty() && handed - underway.size() - taken.size() < mark) {
      int size = taken.pollFirst().size();
      takenBytes -= size;
      count(-size);
    }
  }

  /** Asks for a receipt when something has waited for one long enough. */
  void tick(long nowNanos) {
    if (!taken.isEmpty() && nowNanos - askedNanos >= RECEIPT_NANOS) {
      askedNanos = nowNanos;
      askForReceipt();
    }
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
    if (receipts) {
      // The reader's count will tell which of them it has.
      taken.addAll(underway);
      takenBytes += underwayBytes;
      underway.clear();
    }
    while (!underway.isEmpty()) {
      waiting.addFirst(underway.pollLast());
    }
    underwayBytes = 0;
    waiting.removeIf(frame -> !frame.outlivesSocket());
    count(takenBytes + waiting.stream().mapToLong(Delivery::size).sum() - bytes);
  }

  /** Takes out everything that was not handed to the socket. */
  List<Delivery> drain() {
    List<Delivery> all = new ArrayList<>(waiting);
    waiting.clear();
    count(takenBytes + underwayBytes - bytes);
    return all;
  }

  /** Takes out what was handed to the socket and neither confirmed nor known to be lost. */
  List<Delivery> drainUnconfirmed() {
    List<Delivery> unconfirmed = taken.stream().filter(Delivery::outlivesSocket).toList();
    taken.clear();
    count(-takenBytes);
    takenBytes = 0;
    return unconfirmed;
  }

  /** Takes out everything but the first {@code received} frames that were handed to the socket since it is counted. */
  List<Delivery> drainBut(long received) {
    taken.addAll(underway);
    underway.clear();
    underwayBytes = 0;
    confirmed(handedBefore + received);
    List<Delivery> missing = new ArrayList<>(taken);
    missing.addAll(waiting);
    missing.removeIf(frame -> !frame.outlivesSocket());
    taken.clear();
    takenBytes = 0;
    waiting.clear();
    count(-bytes);
    return missing;
  }

  /** Number of frames, handed to the socket or not; those that only wait for their receipt are not counted. */
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
      handed++;
      socket.write(next.text()).onComplete(onWritten);
    }
  }

  private void written(AsyncResult<Void> result) {
    if (result.succeeded() && !underway.isEmpty()) {
      Delivery frame = underway.pollFirst();
      underwayBytes -= frame.size();
      if (receipts) {
        taken.addLast(frame);
        takenBytes += frame.size();
        unaskedBytes += frame.size();
        if (unaskedBytes >= RECEIPT_AT) {
          askForReceipt();
        }
      } else {
        count(-frame.size());
      }
      pump();
    }
  }

  private void askForReceipt() {
    unaskedBytes = 0;
    if (open && asked < handed) {
      asked = handed;
      socket.ping(handed);
    }
  }
}
