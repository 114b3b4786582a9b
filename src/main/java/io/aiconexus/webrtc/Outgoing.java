package io.aiconexus.webrtc;

import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;

/** One message on its way out, and who waits until it is taken. Two equal messages are still two. */
final class Outgoing {

  private final Buffer data;
  private final boolean binary;
  private final Promise<Void> taken = Promise.promise();

  Outgoing(Buffer data, boolean binary) {
    this.data = data;
    this.binary = binary;
  }

  Buffer data() {
    return data;
  }

  boolean binary() {
    return binary;
  }

  Promise<Void> taken() {
    return taken;
  }
}
