package io.aiconexus.peer;

import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What left for the gateway, until the gateway says that it has it: until then a lost socket may take it along.
 * <p>
 * Messages are counted from REGISTERED on, at both ends alike. One context.
 */
final class Receipts {

  private final Deque<Sent> unconfirmed = new ArrayDeque<>();
  private long left;

  /**
   * A message that left.
   *
   * @param text as it left; null for one that is worth nothing on another socket
   * @param sent succeeds when the gateway has it
   */
  record Sent(String text, Promise<Void> sent) { }

  void add(Sent message) {
    unconfirmed.add(message);
    left++;
  }

  /** How many have left since the count began. */
  long left() {
    return left;
  }

  /** How many of them may still be lost. */
  int size() {
    return unconfirmed.size();
  }

  /** The gateway has the first {@code received}. */
  void confirm(long received) {
    while (!unconfirmed.isEmpty() && left - unconfirmed.size() < received) {
      unconfirmed.poll().sent.tryComplete();
    }
  }

  /** Another session begins; gives what is to be sent in it again, in order. */
  List<Sent> startAnew() {
    List<Sent> again = unconfirmed.stream().filter(message -> message.text != null).toList();
    unconfirmed.clear();
    left = 0;
    return again;
  }

  /** No session follows. */
  void fail(Throwable cause) {
    while (!unconfirmed.isEmpty()) {
      unconfirmed.poll().sent.tryFail(cause);
    }
  }
}
