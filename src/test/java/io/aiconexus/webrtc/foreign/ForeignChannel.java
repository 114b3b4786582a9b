package io.aiconexus.webrtc.foreign;

import io.aiconexus.webrtc.DataChannel;
import io.aiconexus.webrtc.DataChannelListener;
import io.aiconexus.webrtc.DataChannelOptions;
import io.aiconexus.webrtc.DataChannelState;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Base64;

/** A channel that lives in another process. */
final class ForeignChannel implements DataChannel {

  private final ForeignConnection connection;
  private final String name;
  private final String label;
  private final DataChannelOptions options;
  private DataChannelListener listener;
  private DataChannelState state = DataChannelState.CONNECTING;
  private boolean asked;
  private int stream = -1;

  ForeignChannel(ForeignConnection connection, String name, String label, DataChannelOptions options,
                 DataChannelListener listener) {
    this.connection = connection;
    this.name = name;
    this.label = label;
    this.options = options;
    this.listener = listener;
  }

  void listener(DataChannelListener given) {
    listener = given;
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
    return stream;
  }

  @Override
  public DataChannelState state() {
    return state;
  }

  @Override
  public Future<Void> send(Buffer data, boolean binary) {
    return connection.ask("send", words().put("binary", binary)
      .put("data", Base64.getEncoder().encodeToString(data.getBytes()))).mapEmpty();
  }

  @Override
  public long bufferedAmount() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void bufferedAmountLowThreshold(long bytes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void pause() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void resume() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    asked = true;
    state = DataChannelState.CLOSING;
    connection.ask("shut", words());
  }

  private JsonObject words() {
    return new JsonObject().put("channel", name);
  }

  void hear(JsonObject words) {
    switch (words.getString("event")) {
      case "open" -> {
        stream = words.getInteger("stream");
        state = DataChannelState.OPEN;
        listener.onOpen();
      }
      case "message" -> listener.onMessage(Buffer.buffer(Base64.getDecoder().decode(words.getString("data"))),
        words.getBoolean("binary"));
      case "close" -> {
        state = DataChannelState.CLOSED;
        listener.onClose(asked ? null : DataChannelListener.CLOSED_THERE);
      }
      default -> throw new IllegalArgumentException(words.encode());
    }
  }
}
