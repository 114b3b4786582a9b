package io.aiconexus.peer;

import io.vertx.core.Future;

/** A way to a gateway: over a WebSocket, or over the event bus of the same cluster. */
interface SignalingDoor {

  /** What REGISTER names as {@code audience} on this way. */
  String audience();

  /** Opens a socket; the listener hears nothing before the future succeeds. */
  Future<Socket> open(Listener listener);

  /** One open socket; text frames in order. */
  interface Socket {

    /** Sends a frame; the future tells whether it left. */
    Future<Void> write(String text);

    /** Closes with a WebSocket close code; the listener hears {@link Listener#onClose} too. */
    void close(int code);

    /** Drops the connection at once, whether or not the other side still answers. */
    void abort();
  }

  /** Learns what comes in; on the context that opened the socket. */
  interface Listener {

    /** A frame arrived. */
    void onText(String text);

    /** The socket is closed; once, and the last event. */
    void onClose(int code);
  }
}
