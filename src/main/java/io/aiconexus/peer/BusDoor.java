package io.aiconexus.peer;

import io.aiconexus.bus.Addresses;
import io.aiconexus.bus.BusSocket;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** The way to a gateway in the same process or cluster. */
record BusDoor(Vertx vertx) implements SignalingDoor {

  @Override
  public String audience() {
    return Addresses.SIGNALING_SESSIONS;
  }

  @Override
  public Future<Socket> open(Listener listener) {
    return BusSocket.connect(vertx, Addresses.SIGNALING_SESSIONS, socket -> {
      socket.textHandler(listener::onText);
      socket.closeHandler(listener::onClose);
    }).map(OverBus::new);
  }

  private record OverBus(BusSocket socket) implements Socket {

    @Override
    public Future<Void> write(String text) {
      return socket.write(text);
    }

    @Override
    public void close(int code) {
      socket.close(code);
    }

    @Override
    public void abort() {
      socket.close(BusSocket.ABNORMAL);
    }
  }
}
