package io.aiconexus.webrtc.jvm;

import io.aiconexus.webrtc.Engine;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Consumer;

/** A network that carries the first DTLS hello of all and loses its repetitions: whoever drops it gets no other. */
public final class OneHello {

  private static final byte HANDSHAKE = 22;
  private static final byte CLIENT_HELLO = 1;
  private static final int TYPE_AT = 13;
  private static final int MESSAGE_SEQUENCE_AT = 17;

  private final Promise<Void> carried = Promise.promise();

  /** An engine on this network. */
  public Future<Engine> engine(Vertx vertx) {
    return JvmEngine.start(vertx, JvmOptions.DEFAULTS, this::pass);
  }

  /** Succeeds when the hello has been sent. */
  public Future<Void> carried() {
    return carried.future();
  }

  private void pass(byte[] datagram, Consumer<byte[]> network) {
    boolean hello = datagram.length > MESSAGE_SEQUENCE_AT + 1 && datagram[0] == HANDSHAKE
      && datagram[TYPE_AT] == CLIENT_HELLO && datagram[MESSAGE_SEQUENCE_AT] == 0
      && datagram[MESSAGE_SEQUENCE_AT + 1] == 0;
    if (!hello) {
      network.accept(datagram);
    } else if (!carried.future().isComplete()) {
      network.accept(datagram);
      carried.complete();
    }
  }
}
