package io.aiconexus.retry;

import io.aiconexus.bus.Failure;
import io.vertx.core.json.JsonObject;

/**
 * How far something that is tried again and again has come. Immutable.
 *
 * @param attempts attempts that were begun; stays at 2,147,483,647 once it is there
 * @param lastError why the last attempt failed, or null
 * @param lastAttemptMs when the last attempt began, on the clock of {@link Timers}; -1 before the first
 * @param nextRetryMs when the next one is due, on the same clock; -1 when none waits
 * @param lastDelayMs the delay that was chosen last, 0 before the first
 * @param totalDelayMs how long was waited between attempts, all in all
 */
public record RetryState(int attempts, Throwable lastError, long lastAttemptMs, long nextRetryMs, long lastDelayMs,
                         long totalDelayMs) {

  /** Nothing was tried; going back to it is the reset. */
  public static final RetryState NEW = new RetryState(0, null, -1, -1, 0, 0);

  /** Whether a retry waits for its time. */
  public boolean isWaiting() {
    return nextRetryMs >= 0;
  }

  /** An attempt begins. */
  RetryState attempted(long nowMs) {
    long waited = isWaiting() ? lastDelayMs - Math.max(0, nextRetryMs - nowMs) : 0;
    return new RetryState(attempts == Integer.MAX_VALUE ? attempts : attempts + 1, lastError, nowMs, -1, lastDelayMs,
      totalDelayMs + Math.max(0, waited));
  }

  /** The attempt failed, or all of them are over. */
  RetryState failed(Throwable cause) {
    return new RetryState(attempts, cause, lastAttemptMs, -1, lastDelayMs, totalDelayMs);
  }

  /** The next attempt waits; a wait before it counts as far as it got. */
  RetryState waiting(long nowMs, long delayMs) {
    RetryState before = isWaiting() ? attempted(nowMs) : this;
    return new RetryState(attempts, lastError, lastAttemptMs, nowMs + delayMs, delayMs, before.totalDelayMs);
  }

  /** For the event bus; times as distances from {@code nowMs}. */
  JsonObject toJson(long nowMs) {
    JsonObject json = new JsonObject().put("attempts", attempts).put("total_delay_ms", totalDelayMs);
    if (lastAttemptMs >= 0) {
      json.put("last_attempt_ms_ago", nowMs - lastAttemptMs);
    }
    if (isWaiting()) {
      json.put("next_retry_in_ms", Math.max(0, nextRetryMs - nowMs)).put("delay_ms", lastDelayMs);
    }
    return lastError == null ? json : json.put("error", errorOf(lastError));
  }

  /** A failure for the event bus: its name and its text. */
  static JsonObject errorOf(Throwable cause) {
    return new JsonObject().put("failure", Failure.of(cause).name()).put("message", String.valueOf(cause.getMessage()));
  }
}
