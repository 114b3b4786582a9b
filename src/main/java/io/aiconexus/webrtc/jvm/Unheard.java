package io.aiconexus.webrtc.jvm;

import io.aiconexus.webrtc.DataChannelListener;
import io.vertx.core.buffer.Buffer;

/** Stands for the listener of a channel that the application did not take, until that channel is closed. */
enum Unheard implements DataChannelListener {

  INSTANCE;

  @Override
  public void onOpen() {
  }

  @Override
  public void onMessage(Buffer data, boolean binary) {
  }

  @Override
  public void onBufferedAmountLow() {
  }

  @Override
  public void onClose(String reason) {
  }
}
