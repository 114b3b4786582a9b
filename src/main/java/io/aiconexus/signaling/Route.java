package io.aiconexus.signaling;

import io.aiconexus.identity.Did;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The way to one recipient, as one instance knows it.
 * <p>
 * Messages take it in order. When the recipient has moved, the way is closed until every message under way has come
 * back, and then those go first on the new way: so what one sender sends stays in order.
 */
final class Route {

  private final Did to;
  private final ArrayDeque<Delivery> held = new ArrayDeque<>(0);
  private final List<Delivery> returned = new ArrayList<>(0);
  private Entry target;
  private Entry refused;
  private long heldBytes;
  private int underway;
  private long underwayBytes;
  private boolean leaving;
  private boolean resolving;

  Route(Did to) {
    this.to = to;
  }

  Did to() {
    return to;
  }

  /** Where it leads, or null while that is not known. */
  Entry target() {
    return target;
  }

  /** Whether a message may take it now, with so many messages and characters at most under way before it. */
  boolean isOpen(int window, long windowBytes) {
    return target != null && !leaving && underway < window && underwayBytes < windowBytes;
  }

  /** Whether nobody needs it. */
  boolean isIdle() {
    return underway == 0 && held.isEmpty() && returned.isEmpty() && !resolving;
  }

  boolean hasHeld() {
    return !held.isEmpty();
  }

  /** Keeps a message until the way is open, if those that wait stay within {@code limit} characters. */
  boolean hold(Delivery delivery, long limit) {
    if (heldBytes + delivery.size() > limit) {
      return false;
    }
    held.addLast(delivery);
    heldBytes += delivery.size();
    return true;
  }

  Delivery nextHeld() {
    Delivery next = held.pollFirst();
    heldBytes -= next.size();
    return next;
  }

  void sent(Delivery delivery) {
    underway++;
    underwayBytes += delivery.size();
  }

  void answered(Delivery delivery) {
    underway--;
    underwayBytes -= delivery.size();
  }

  /** The recipient is not where the way leads: this message comes back, and no other goes. */
  void returned(Delivery delivery) {
    returned.add(delivery);
    refused = target;
    leaving = true;
  }

  /** The way may be wrong: no more messages until it was looked up again. */
  void leave() {
    leaving = true;
  }

  /** Whether it is to be looked up now: it leads nowhere, and nothing is under way any more. */
  boolean mustResolve() {
    return (leaving || target == null) && underway == 0 && !resolving;
  }

  void resolving() {
    for (int i = returned.size() - 1; i >= 0; i--) {
      held.addFirst(returned.get(i));
      heldBytes += returned.get(i).size();
    }
    returned.clear();
    target = null;
    leaving = false;
    resolving = true;
  }

  /** Opens the way; false when it leads nowhere, or where the recipient just was not. */
  boolean resolved(Entry found) {
    resolving = false;
    if (found == null || found.isSameSessionAs(refused)) {
      return false;
    }
    target = found;
    refused = null;
    return true;
  }

  /** Takes out everything that waits. */
  List<Delivery> giveUp() {
    List<Delivery> all = new ArrayList<>(held);
    held.clear();
    heldBytes = 0;
    refused = null;
    return all;
  }
}
