package io.aiconexus.signaling;

import io.aiconexus.bus.BusSocket;
import io.aiconexus.protocol.CloseCode;
import io.vertx.core.Future;

/** A session's door on the event bus. */
final class GatewayBusSocket implements SessionSocket {

  private final BusSocket socket;
  private Runnable onPong = () -> { };

  GatewayBusSocket(BusSocket socket) {
    this.socket = socket;
  }

  /** Sets who is told when the other side has answered a ping. */
  void pongHandler(Runnable handler) {
    onPong = handler;
  }

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
