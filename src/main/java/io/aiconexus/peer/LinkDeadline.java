package io.aiconexus.peer;

import java.util.function.LongConsumer;

/** Until when a link must have come up: whoever asks for it may give it more time, nobody less. One context. */
final class LinkDeadline {

  private static final long NO_TIMER = -1;

  private final LinkOwner owner;
  private final LongConsumer onLate;
  private long deadlineNanos;
  private long timer = NO_TIMER;

  /** @param onLate is told the time that was allowed last, in milliseconds, when it is over */
  LinkDeadline(LinkOwner owner, LongConsumer onLate) {
    this.owner = owner;
    this.onLate = onLate;
  }

  /** Gives the attempt that is under way at least that much time from now on. */
  void allow(long timeoutMs) {
    long deadline = owner.nanos() + timeoutMs * 1_000_000;
    if (timer != NO_TIMER && deadline - deadlineNanos < 0) {
      return;
    }
    cancel();
    deadlineNanos = deadline;
    timer = owner.after(timeoutMs, () -> {
      timer = NO_TIMER;
      onLate.accept(timeoutMs);
    });
  }

  /** The attempt is over. */
  void cancel() {
    owner.cancel(timer);
    timer = NO_TIMER;
  }
}
