package io.aiconexus.signaling;

import io.aiconexus.protocol.MessageType;
import io.vertx.core.json.JsonObject;

/** Counts messages by type and outcome until somebody takes the sums. Belongs to one context. */
final class Traffic {

  private static final MessageType[] TYPES = MessageType.values();
  private static final Outcome[] OUTCOMES = Outcome.values();

  private final long[][] counts = new long[TYPES.length][OUTCOMES.length];

  void count(MessageType type, Outcome outcome) {
    counts[type.ordinal()][outcome.ordinal()]++;
  }

  /** The sums since the last call, {@code {"OFFER": {"delivered": 3}}}, without what did not occur. */
  JsonObject take() {
    JsonObject sums = new JsonObject();
    for (MessageType type : TYPES) {
      JsonObject ofType = new JsonObject();
      for (Outcome outcome : OUTCOMES) {
        long count = counts[type.ordinal()][outcome.ordinal()];
        counts[type.ordinal()][outcome.ordinal()] = 0;
        if (count > 0) {
          ofType.put(outcome.label(), ofType.getLong(outcome.label(), 0L) + count);
        }
      }
      if (!ofType.isEmpty()) {
        sums.put(type.name(), ofType);
      }
    }
    return sums;
  }
}
