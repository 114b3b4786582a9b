package io.aiconexus.signaling;

import io.aiconexus.identity.Did;
import io.aiconexus.protocol.MessageType;

/**
 * A message on its way to a session: the text as it arrived, and what is needed to answer for it. Immutable.
 *
 * @param to the recipient; null only for what a gateway tells a session that has no name yet
 * @param epoch which of the recipient's sessions it is meant for
 * @param from the sender
 * @param id the message's id, or null when a gateway wrote it
 * @param type the kind of message
 * @param text the message
 */
record Delivery(Did to, long epoch, Did from, String id, MessageType type, String text) {

  static Delivery ofGateway(Did gateway, Did to, MessageType type, String text) {
    return new Delivery(to, 0, gateway, null, type, text);
  }

  Delivery at(long otherEpoch) {
    return otherEpoch == epoch ? this : new Delivery(to, otherEpoch, from, id, type, text);
  }

  boolean fromGateway() {
    return id == null;
  }

  /** Whether it outlives the socket that it was meant for: agents' messages and ERRORs do, a PONG does not. */
  boolean outlivesSocket() {
    return !fromGateway() || type == MessageType.ERROR;
  }

  /** Whether its sender must learn that it was not delivered: an ERROR that fails makes no further ERROR. */
  boolean wantsAnswer() {
    return !fromGateway() && type != MessageType.ERROR;
  }

  int size() {
    return text.length();
  }
}
