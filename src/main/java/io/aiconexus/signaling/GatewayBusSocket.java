package io.aiconexus.signaling;

import io.aiconexus.bus.BusSocket;
import io.aiconexus.protocol.CloseCode;
import io.vertx.core.Future;

/** A session's door on the event bus; {@code onPong} is told when the other side answered a ping. */
record GatewayBusSocket(BusSocket socket, Runnable onPong) implements SessionSocket {

  @Override
  public Future<Void> write(String text) {
    return socket.write(text);
  }

  @Override
  public void ping() {
    socket.ping().onSuccess(pong -> onPong.run());
  }

  @Override
  public void close(CloseCode code) {
    socket.close(code.number());
  }

  @Override
  public void abort() {
    socket.close(BusSocket.ABNORMAL);
  }

  @Override
  public String address() {
    return null;
  }
}
