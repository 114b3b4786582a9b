package io.aiconexus.webrtc.foreign;

import io.aiconexus.protocol.IceServer;
import io.aiconexus.webrtc.ConnectionState;
import io.aiconexus.webrtc.ConnectionStats;
import io.aiconexus.webrtc.DataChannel;
import io.aiconexus.webrtc.DataChannelListener;
import io.aiconexus.webrtc.DataChannelOptions;
import io.aiconexus.webrtc.IceCandidate;
import io.aiconexus.webrtc.PeerConnection;
import io.aiconexus.webrtc.PeerConnectionListener;
import io.aiconexus.webrtc.SessionDescription;
import io.aiconexus.webrtc.SessionDescription.Type;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A connection that lives in another process; everything of it here on its context. */
final class ForeignConnection implements PeerConnection {

  private final ForeignEngine engine;
  private final int number;
  private final Context context;
  private final PeerConnectionListener listener;
  private final Map<String, ForeignChannel> channels = new HashMap<>();
  private int made;

  ForeignConnection(ForeignEngine engine, int number, Context context, PeerConnectionListener listener) {
    this.engine = engine;
    this.number = number;
    this.context = context;
    this.listener = listener;
  }

  @Override
  public Future<SessionDescription> setLocalDescription() {
    return ask("describe", new JsonObject()).map(said -> {
      JsonObject description = (JsonObject) said;
      return new SessionDescription(Type.valueOf(description.getString("type").toUpperCase(Locale.ROOT)),
        description.getString("sdp"));
    });
  }

  @Override
  public Future<Void> rollback() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Void> setRemoteDescription(SessionDescription description) {
    return ask("accept", new JsonObject().put("type", description.type().name().toLowerCase(Locale.ROOT))
      .put("sdp", description.sdp())).mapEmpty();
  }

  @Override
  public Future<Void> addIceCandidate(IceCandidate candidate) {
    return ask("candidate", new JsonObject().put("candidate", candidate.candidate()).put("mid", candidate.sdpMid())
      .put("index", candidate.sdpMLineIndex())).mapEmpty();
  }

  @Override
  public Future<DataChannel> createDataChannel(String label, DataChannelOptions options, DataChannelListener to) {
    String name = "here-" + ++made;
    ForeignChannel channel = new ForeignChannel(this, name, label, options, to);
    channels.put(name, channel);
    JsonObject init = new JsonObject().put("ordered", options.ordered()).put("protocol", options.protocol())
      .put("maxRetransmits", options.maxRetransmits()).put("maxPacketLifeTime", options.maxPacketLifeTime())
      .put("negotiated", options.negotiated()).put("id", options.id());
    return ask("create", new JsonObject().put("channel", name).put("label", label).put("options", init)).map(channel);
  }

  @Override
  public void restartIce() {
    ask("restart", new JsonObject());
  }

  @Override
  public void setIceServers(List<IceServer> servers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int maxMessageSize() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<ConnectionStats> stats() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Void> close() {
    return ask("close", new JsonObject()).onComplete(done -> engine.gone(number)).mapEmpty();
  }

  Future<Object> ask(String what, JsonObject words) {
    Promise<Object> outcome = Promise.promise();
    engine.ask(number, what, words).onComplete(done -> context.runOnContext(now -> outcome.handle(done)));
    return outcome.future();
  }

  void hear(JsonObject words) {
    context.runOnContext(now -> onEvent(words));
  }

  private void onEvent(JsonObject words) {
    switch (words.getString("event")) {
      case "candidate" -> listener.onIceCandidate(new IceCandidate(words.getString("candidate"),
        words.getString("mid"), words.getInteger("index"), null));
      case "state" -> listener.onConnectionState(ConnectionState.valueOf(words.getString("state")
        .toUpperCase(Locale.ROOT)));
      case "channel" -> announce(words);
      default -> channels.get(words.getString("channel")).hear(words);
    }
  }

  private void announce(JsonObject words) {
    DataChannelOptions options = new DataChannelOptions(words.getBoolean("ordered"),
      words.getInteger("maxRetransmits"), words.getInteger("maxPacketLifeTime"), words.getString("protocol"), false,
      null);
    ForeignChannel channel = new ForeignChannel(this, words.getString("channel"), words.getString("label"), options,
      null);
    channels.put(words.getString("channel"), channel);
    channel.listener(listener.onDataChannel(channel));
  }
}
