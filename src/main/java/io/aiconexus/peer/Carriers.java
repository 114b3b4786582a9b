package io.aiconexus.peer;

import io.aiconexus.webrtc.DataChannel;
import io.aiconexus.webrtc.DataChannelListener;
import io.aiconexus.webrtc.DataChannelState;
import io.vertx.core.buffer.Buffer;
import java.util.stream.Stream;

/**
 * The engine's channels behind one {@link Channel}: one, or two when both ends made a channel of one label at once.
 * <p>
 * Then each end sends on the one it made and hears on the other, so that order holds both ways, and both end together.
 * One context.
 */
final class Carriers {

  private final Channel channel;
  private DataChannel sending;
  private DataChannel hearing;
  private boolean flowing;
  private boolean closing;
  private boolean sendingClosed;
  private boolean hearingClosed;
  private long lowThreshold;

  Carriers(Channel channel) {
    this.channel = channel;
  }

  /** The one that is sent on, or null before it is made. */
  DataChannel sending() {
    return sending;
  }

  boolean isOpen() {
    return sending != null && sending.state() == DataChannelState.OPEN;
  }

  /** Whether the other end made one of this label while this end did. */
  boolean isShared() {
    return hearing != null;
  }

  /** Sends on {@code carrier}, whoever made it. */
  void sendOn(DataChannel carrier) {
    sending = carrier;
    sending.bufferedAmountLowThreshold(lowThreshold);
    take(carrier);
  }

  /** Hears on {@code carrier} too. */
  void hearOn(DataChannel carrier) {
    hearing = carrier;
    take(carrier);
  }

  void lowThreshold(long bytes) {
    lowThreshold = bytes;
    if (sending != null) {
      sending.bufferedAmountLowThreshold(bytes);
    }
  }

  void regulate(boolean go) {
    flowing = go;
    all().forEach(this::regulate);
  }

  /** Closes them, or those that are still being made as soon as they are. */
  void close() {
    closing = true;
    all().forEach(DataChannel::close);
  }

  boolean isClosing() {
    return closing;
  }

  private void take(DataChannel carrier) {
    regulate(carrier);
    if (closing) {
      carrier.close();
    }
  }

  private void regulate(DataChannel carrier) {
    if (flowing) {
      carrier.resume();
    } else {
      carrier.pause();
    }
  }

  private Stream<DataChannel> all() {
    return Stream.of(sending, hearing).filter(carrier -> carrier != null);
  }

  /** The events of the one that is sent on. */
  DataChannelListener sendingEvents() {
    return new Events() {
      @Override
      public void onOpen() {
        channel.onOpen();
      }

      @Override
      public void onBufferedAmountLow() {
        channel.onRoom();
      }

      @Override
      public void onClose(String reason) {
        sendingClosed = true;
        end(reason);
      }
    };
  }

  /** The events of the one that is only heard. */
  DataChannelListener hearingEvents() {
    return new Events();
  }

  /** Over once nothing more can be heard; the other end closes both of two, so what it sent last is waited for. */
  private void end(String reason) {
    boolean inOrder = reason == null || DataChannelListener.CLOSED_THERE.equals(reason);
    if (!inOrder || sendingClosed && (hearing == null || hearingClosed)) {
      channel.closed(inOrder ? null : reason);
    } else if (hearingClosed && sending != null) {
      sending.close();
    }
  }

  private class Events implements DataChannelListener {

    @Override
    public void onOpen() {
      // What is only heard need not be open at this end for anything.
    }

    @Override
    public void onMessage(Buffer bytes, boolean binary) {
      channel.onMessage(bytes, binary);
    }

    @Override
    public void onBufferedAmountLow() {
      // Nothing is sent on it.
    }

    @Override
    public void onClose(String reason) {
      hearingClosed = true;
      end(reason);
    }
  }
}
