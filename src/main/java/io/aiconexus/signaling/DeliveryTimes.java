package io.aiconexus.signaling;

import io.vertx.core.json.JsonArray;
import java.util.function.LongSupplier;

/**
 * Measures how long some messages take from one session to the other, one at a time.
 * <p>
 * Of a second's messages the first 16 are measured and then every 64th, 128 at most: the clock costs as much as a look
 * into the route cache. A message that begins while another one is measured is let pass. Belongs to one context.
 */
final class DeliveryTimes {

  private static final int FIRST = 16;
  private static final int EVERY = 64;
  private static final int MOST = 128;
  private static final long NANOS_PER_MICRO = 1_000;

  private final LongSupplier nanos;
  private JsonArray micros = new JsonArray();
  private Delivery measured;
  private long since;
  private int begun;

  DeliveryTimes(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** The gateway takes responsibility for the message. */
  void begun(Delivery delivery) {
    begun++;
    if (measured == null && micros.size() < MOST && (begun <= FIRST || begun % EVERY == 0)) {
      measured = delivery;
      since = nanos.getAsLong();
    }
  }

  /** The way of the message, the very one that was begun, is over. */
  void ended(Delivery delivery, Outcome outcome) {
    if (delivery == measured) {
      measured = null;
      if (outcome == Outcome.DELIVERED) {
        micros.add((nanos.getAsLong() - since) / NANOS_PER_MICRO);
      }
    }
  }

  /** The times since the last call, in microseconds. */
  JsonArray take() {
    JsonArray taken = micros;
    micros = new JsonArray();
    begun = 0;
    return taken;
  }
}
