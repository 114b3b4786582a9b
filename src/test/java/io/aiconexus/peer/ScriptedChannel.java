package io.aiconexus.peer;

import io.aiconexus.webrtc.DataChannel;
import io.aiconexus.webrtc.DataChannelListener;
import io.aiconexus.webrtc.DataChannelOptions;
import io.aiconexus.webrtc.DataChannelState;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** A data channel without a network: it opens when told to and records what is sent on it. */
final class ScriptedChannel implements DataChannel {

  final List<String> sent = new ArrayList<>();
  private final String label;
  private final DataChannelOptions options;
  private final DataChannelListener events;
  private DataChannelState state = DataChannelState.CONNECTING;

  ScriptedChannel(String label, DataChannelOptions options, DataChannelListener events) {
    this.label = label;
    this.options = options;
    this.events = events;
  }

  void open() {
    state = DataChannelState.OPEN;
    events.onOpen();
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public DataChannelOptions options() {
    return options;
  }

  @Override
  public int id() {
    return 1;
  }

  @Override
  public DataChannelState state() {
    return state;
  }

  @Override
  public Future<Void> send(Buffer data, boolean binary) {
    sent.add(data.toString());
    return Future.succeededFuture();
  }

  @Override
  public long bufferedAmount() {
    return 0;
  }

  @Override
  public void bufferedAmountLowThreshold(long bytes) {
    // Nothing is ever queued here.
  }

  @Override
  public void pause() {
    // Nothing ever arrives here.
  }

  @Override
  public void resume() {
    // Nothing ever arrives here.
  }

  @Override
  public void close() {
    state = DataChannelState.CLOSED;
    events.onClose(null);
  }
}
