package io.aiconexus.retry;

/**
 * Time, and the one thread that everything of a {@link RetrySupervisor} runs on, as parameters.
 * <p>
 * {@link VertxTimers} is the real one; a virtual one makes a day pass in a test.
 */
public interface Timers {

  /** Milliseconds on a clock that only goes forward; its zero means nothing. */
  long nowMs();

  /** Runs {@code action} once, after {@code delayMs} milliseconds (0 and more), where {@link #execute} runs things. */
  long after(long delayMs, Runnable action);

  /** Forgets a timer; one that has fired, or never was, is no mistake. */
  void cancel(long timer);

  /** Runs {@code task} where the timers fire, one task after the other; callable from any thread. */
  void execute(Runnable task);
}
