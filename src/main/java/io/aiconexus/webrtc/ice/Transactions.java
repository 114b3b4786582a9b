package io.aiconexus.webrtc.ice;

import io.aiconexus.webrtc.stun.TransactionId;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Requests that wait for their response: repeated at doubling intervals, then given up (RFC 8489 section 6.2.1).
 *
 * @param <T> what a request is about
 */
final class Transactions<T> {
  /** The last wait, in first intervals: Rm of RFC 8489 section 6.2.1. */
  private static final int LAST_WAIT = 16;

  private static final class Open<T> {
    final SocketHandle socket;
    final InetSocketAddress to;
    final byte[] request;
    final T subject;
    final long first;
    int left;
    long interval;
    long sentAt;
    long at;

    Open(SocketHandle socket, InetSocketAddress to, byte[] request, T subject, long first, int left) {
      this.socket = socket;
      this.to = to;
      this.request = request;
      this.subject = subject;
      this.first = first;
      this.interval = first;
      this.left = left;
    }

    void send(long now) {
      socket.send(to, request);
      sentAt = now;
      left--;
      at = now + (left == 0 ? LAST_WAIT * first : interval);
      interval *= 2;
    }
  }

  private final Map<TransactionId, Open<T>> open = new HashMap<>();

  void start(TransactionId id, SocketHandle socket, InetSocketAddress to, byte[] request, T subject, long interval,
      int transmissions, long now) {
    Open<T> transaction = new Open<>(socket, to, request, subject, interval, transmissions);
    open.put(id, transaction);
    transaction.send(now);
  }

  /** What the response is about, if it came from where the request went, to where it went from; otherwise null. */
  T match(TransactionId id, SocketHandle socket, InetSocketAddress from) {
    Open<T> transaction = open.get(id);
    boolean symmetric = transaction != null && transaction.socket == socket && transaction.to.equals(from);
    return symmetric ? transaction.subject : null;
  }

  void end(TransactionId id) {
    open.remove(id);
  }

  /** Sends a request no more, but still takes its response (RFC 8445 section 7.3.1.4). */
  void silence(TransactionId id) {
    Open<T> transaction = open.get(id);
    if (transaction != null) {
      transaction.left = 0;
    }
  }

  /** Repeats a request out of turn, because there is hope now, but not more often than at its first interval. */
  void hasten(TransactionId id, long now) {
    Open<T> transaction = open.get(id);
    if (transaction != null && now - transaction.sentAt >= transaction.first) {
      transaction.sentAt = now;
      transaction.socket.send(transaction.to, transaction.request);
    }
  }

  void clear() {
    open.clear();
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  void onTimer(long now, Consumer<T> timedOut) {
    List<T> over = new ArrayList<>(0);
    for (Iterator<Open<T>> all = open.values().iterator(); all.hasNext(); ) {
      Open<T> transaction = all.next();
      if (transaction.at > now) {
        continue;
      }
      if (transaction.left > 0) {
        transaction.send(now);
      } else {
        all.remove();
        over.add(transaction.subject);
      }
    }
    over.forEach(timedOut);
  }

  long nextDeadline() {
    long next = IceAgent.NEVER;
    for (Open<T> transaction : open.values()) {
      next = Math.min(next, transaction.at);
    }
    return next;
  }
}
