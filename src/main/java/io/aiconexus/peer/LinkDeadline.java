package io.aiconexus.peer;

import java.util.function.LongConsumer;

/** The time by which a link must be usable: put off by each who asks for more, never brought forward. */
final class LinkDeadline {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final LinkOwner owner;
  private final LongConsumer late;
  private long deadlineNanos;
  private long timer = -1;

  /** @param late called once the time is over, with the milliseconds that were allowed last */
  LinkDeadline(LinkOwner owner, LongConsumer late) {
    this.owner = owner;
    this.late = late;
  }

  /** Allows at least that much time from now on. */
  void allow(long millis) {
    long deadline = owner.nanos() + millis * NANOS_PER_MILLI;
    if (timer >= 0 && deadline - deadlineNanos < 0) {
      return;
    }
    owner.cancel(timer);
    deadlineNanos = deadline;
    timer = owner.after(millis, () -> {
      timer = -1;
      late.accept(millis);
    });
  }

  /** There is none any more. */
  void lift() {
    owner.cancel(timer);
    timer = -1;
  }
}
