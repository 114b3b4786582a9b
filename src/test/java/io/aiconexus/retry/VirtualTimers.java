package io.aiconexus.retry;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;

/** Time that passes when told to; tasks run one after the other on the calling thread. */
public final class VirtualTimers implements Timers {

  private record Due(long atMs, long id, Runnable action) { }

  private final PriorityQueue<Due> due =
    new PriorityQueue<>(Comparator.comparingLong(Due::atMs).thenComparing(Due::id));
  private final Set<Long> live = new HashSet<>();
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private boolean running;
  private long nowMs;
  private long ids;

  @Override
  public long nowMs() {
    return nowMs;
  }

  @Override
  public long after(long delayMs, Runnable action) {
    due.add(new Due(nowMs + delayMs, ++ids, action));
    live.add(ids);
    return ids;
  }

  @Override
  public void cancel(long timer) {
    if (live.remove(timer)) {
      due.removeIf(entry -> entry.id() == timer);
    }
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (running) {
      return;
    }
    running = true;
    try {
      while (!tasks.isEmpty()) {
        tasks.poll().run();
      }
    } finally {
      running = false;
    }
  }

  /** Timers that have not fired. */
  public int pending() {
    return due.size();
  }

  /** Timers that were ever set. */
  public long everSet() {
    return ids;
  }

  /** Lets that much time pass, and everything happen that is due by then. */
  public void advance(long millis) {
    long until = nowMs + millis;
    while (!due.isEmpty() && due.peek().atMs() <= until) {
      Due next = due.poll();
      live.remove(next.id());
      nowMs = next.atMs();
      execute(next.action());
    }
    nowMs = until;
  }
}
