package io.aiconexus.signaling;

import io.aiconexus.protocol.CloseCode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;

/** A session's WebSocket. */
record GatewayWebSocket(ServerWebSocket socket, String address) implements SessionSocket {

  @Override
  public Future<Void> write(String text) {
    return socket.writeTextMessage(text);
  }

  @Override
  public void ping(long mark) {
    socket.writePing(Buffer.buffer(Long.BYTES).appendLong(mark));
  }

  /** What the pong names; 0, which confirms nothing, when it answers no ping of ours. */
  static long markOf(Buffer pong) {
    return pong.length() == Long.BYTES ? pong.getLong(0) : 0;
  }

  @Override
  public void close(CloseCode code) {
    socket.close((short) code.number(), code.reason());
  }

  /** A WebSocket whose peer does not read cannot be closed the ordinary way: its close frame waits behind the rest. */
  @Override
  public void abort() {
    ((WebSocketInternal) socket).channelHandlerContext().close();
  }
}
