package io.aiconexus.webrtc;

import io.vertx.core.Context;
import io.vertx.core.Future;

/**
 * Makes WebRTC peer connections: the port behind which the real stacks stand.
 * <p>
 * The shape is that of W3C WebRTC, without media. Nothing here blocks. Every method of an engine may be called on any
 * Vert.x context; every method of what it makes is called on the one context that was given with it, and that is where
 * all its events and futures arrive, whichever threads the engine itself uses.
 */
public interface Engine {

  /** The name by which the configuration chooses it: {@code native}, {@code jvm}, {@code loopback}. */
  String name();

  /**
   * Makes a connection with nothing in it yet.
   * <p>
   * Fails with {@code ENGINE_UNAVAILABLE} when this engine cannot work on this machine, and with {@code OVERLOADED}
   * when it holds as many connections as it may, and with {@code BAD_REQUEST} when an ICE server in {@code options}
   * cannot be used.
   *
   * @param context the event-loop context that owns the connection
   * @param options what it may use
   * @param listener gets its events, on {@code context}
   */
  Future<PeerConnection> connection(Context context, PeerConnectionOptions options, PeerConnectionListener listener);

  /** What it holds at the moment; any thread. */
  EngineStatus status();

  /** Closes every connection and gives back whatever the engine holds. */
  Future<Void> close();
}
