package io.aiconexus.signaling;

import io.aiconexus.bus.BusSocket;
import io.aiconexus.protocol.CloseCode;
import io.vertx.core.Future;
import java.util.function.LongConsumer;

/** A session's door on the event bus. */
final class GatewayBusSocket implements SessionSocket {

  private final BusSocket socket;
  private LongConsumer onPong = mark -> { };

  GatewayBusSocket(BusSocket socket) {
    this.socket = socket;
  }

  /** Sets who is told when the other side has answered a ping. */
  void pongHandler(LongConsumer handler) {
    onPong = handler;
  }

  @Override
  public Future<Void> write(String text) {
    return socket.write(text);
  }

  @Override
  public void ping(long mark) {
    socket.ping().onSuccess(pong -> onPong.accept(mark));
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
