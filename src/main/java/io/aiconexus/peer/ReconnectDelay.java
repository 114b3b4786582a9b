package io.aiconexus.peer;

import io.aiconexus.protocol.Fault;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next attempt to reach a gateway: exponential with full jitter, or what the gateway asked for.
 * <p>
 * Full jitter spreads agents that lost the same gateway at the same moment evenly over the whole delay.
 */
final class ReconnectDelay {

  private static final long ASKED_MAX_MS = 600_000;
  private static final int DOUBLINGS_MAX = 20;

  private final long firstMs;
  private final long maxMs;
  private final DoubleSupplier random;
  private int attempts;

  /**
   * @param firstMs longest first delay; it doubles from attempt to attempt
   * @param maxMs longest delay of all
   * @param random numbers from 0 to below 1
   */
  ReconnectDelay(long firstMs, long maxMs, DoubleSupplier random) {
    this.firstMs = firstMs;
    this.maxMs = maxMs;
    this.random = random;
  }

  /**
   * The delay before the next attempt, in milliseconds.
   *
   * @param farewell the last ERROR of the gateway, or null; its {@code reconnect_after_ms} is kept to, up to ten
   *     minutes; what it asks again and again in vain does not shorten the delay
   */
  long next(Fault farewell) {
    Object asked = farewell == null || farewell.details() == null
      ? null : farewell.details().getValue("reconnect_after_ms");
    long grown = Math.min(maxMs, firstMs << Math.min(attempts, DOUBLINGS_MAX));
    long cap = attempts == 0 && asked instanceof Number ? 0 : grown;
    attempts++;
    long delay = (long) (random.getAsDouble() * cap);
    return asked instanceof Number millis ? Math.max(delay, Math.min(millis.longValue(), ASKED_MAX_MS)) : delay;
  }

  /** Begins anew after a success. */
  void reset() {
    attempts = 0;
  }
}
