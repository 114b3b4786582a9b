package io.aiconexus.webrtc.jvm;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/** A received message as a buffer, without a copy, that its receiver may go on writing to. */
final class Bytes extends UnpooledHeapByteBuf {

  private Bytes(byte[] message) {
    super(UnpooledByteBufAllocator.DEFAULT, message, Integer.MAX_VALUE);
  }

  /** @param message belongs to the buffer from here on */
  static Buffer buffer(byte[] message) {
    return BufferInternal.buffer(new Bytes(message));
  }
}
