package io.aiconexus.peer;

import io.aiconexus.protocol.Envelope;
import io.aiconexus.protocol.Fault;
import io.aiconexus.protocol.Pong;
import io.aiconexus.protocol.Registered;
import java.util.OptionalLong;

/** Learns what the gateway says; on the client's context. */
interface SignalingListener {

  /** The agent is registered, for the first time or again. */
  void onRegistered(Registered session);

  /** A message of another agent arrived; nothing about it is verified. */
  void onMessage(Envelope message);

  /** The gateway could not do what the message called {@code correlationId} (or null) asked for. */
  void onFault(String correlationId, Fault fault);

  /** The gateway answered the PING called {@code correlationId}. */
  void onPong(String correlationId, Pong pong);

  /** The session is lost; the client tries to get it back after so many milliseconds, or not when that is empty. */
  void onLost(int closeCode, OptionalLong returningInMs);
}
