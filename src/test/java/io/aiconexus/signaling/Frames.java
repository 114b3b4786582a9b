package io.aiconexus.signaling;

import io.aiconexus.identity.Did;
import io.aiconexus.protocol.MessageType;
import java.util.List;

/** Routed messages for tests that look at nothing but their text. */
final class Frames {

  private Frames() {
  }

  static Delivery of(Did agent, String text) {
    return new Delivery(agent, 1, agent, "id", MessageType.OFFER, text);
  }

  static List<String> texts(List<Delivery> frames) {
    return frames.stream().map(Delivery::text).toList();
  }
}
