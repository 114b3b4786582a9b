package io.aiconexus.signaling;

import io.aiconexus.protocol.CloseCode;
import io.vertx.core.Future;

/** The door behind which an agent sits: a WebSocket or the event bus. Belongs to the session's context. */
interface SessionSocket {

  /** Writes a frame; succeeds when it has left this process, fails when it never will. */
  Future<Void> write(String text);

  /** Asks for a pong that names {@code mark}; it comes after everything that was written before has arrived. */
  void ping(long mark);

  /** Starts to close; the session hears of the end when the socket is really closed. */
  void close(CloseCode code);

  /** Drops the connection at once; writes under way fail. */
  void abort();

  /** The client's IP address, or null when the agent sits on the event bus. */
  String address();
}
