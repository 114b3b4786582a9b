package io.aiconexus.peer;

import io.aiconexus.protocol.Fault;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next attempt to reach a gateway: exponential with full jitter, or what the gateway asked
 * for.
 * <p>
 * Full jitter spreads agents that lost the same gateway at the same moment evenly over the whole delay.
 */
final class ReconnectDelay {

  private static final long FIRST_MS = 500;
  private static final long MAX_MS = 30_000;
  private static final long ASKED_MAX_MS = 600_000;
  private static final int DOUBLINGS_MAX = 6;

  private final DoubleSupplier random;
  private int attempts;

  /** @param random numbers from 0 to below 1 */
  ReconnectDelay(DoubleSupplier random) {
    this.random = random;
  }

  /**
   * The delay before the next attempt, in milliseconds.
   *
   * @param farewell the last ERROR of the gateway, or null; its {@code reconnect_after_ms} is kept to, up to ten
   *   minutes
   */
  long next(Fault farewell) {
    Object asked = farewell == null || farewell.details() == null
      ? null : farewell.details().getValue("reconnect_after_ms");
    if (asked instanceof Number millis && millis.longValue() >= 0) {
      return Math.min(millis.longValue(), ASKED_MAX_MS);
    }
    long cap = Math.min(MAX_MS, FIRST_MS << Math.min(attempts, DOUBLINGS_MAX));
    attempts++;
    return (long) (random.getAsDouble() * cap);
  }

  /** Begins anew after a success. */
  void reset() {
    attempts = 0;
  }
}
