package io.aiconexus.webrtc;

import io.aiconexus.bus.Failure;
import io.aiconexus.protocol.IceServer;
import io.aiconexus.webrtc.SessionDescription.Type;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One end in memory. Everything of it runs on its own context; the two ends only ever send each other tasks.
 * <p>
 * Ends become a pair when both have both descriptions and one of them has a candidate: that one knocks, and whoever is
 * ready, now or later, answers.
 */
final class LoopbackConnection implements PeerConnection {

  private final LoopbackEngine engine;
  private final Context context;
  private final PeerConnectionListener listener;
  private final boolean mute;
  private final LoopbackStreams streams = new LoopbackStreams(this);
  private SignalingState signaling = SignalingState.STABLE;
  /** Who we are as far as both ends agreed, and as far as we have said; the first is null before that. */
  private LoopbackSdp agreed;
  private LoopbackSdp said;
  private String agreedRemote;
  private String remote;
  private int version = 1;
  private int maxMessageSize;
  private boolean restart;
  private boolean offerer;
  private boolean candidate;
  private LoopbackKnock knock;
  private LoopbackConnection peer;
  private ConnectionState state = ConnectionState.NEW;
  private ErrorDetail error;
  private IceConnectionState iceState = IceConnectionState.NEW;
  private boolean closed;

  LoopbackConnection(LoopbackEngine engine, Context context, boolean mute, PeerConnectionListener listener) {
    this.engine = engine;
    this.context = context;
    this.mute = mute;
    this.listener = listener;
  }

  @Override
  public Future<SessionDescription> setLocalDescription() {
    return ask(this::describe);
  }

  @Override
  public Future<Void> rollback() {
    return ask(() -> {
      signaling = signaling.afterRollback();
      if (agreed == null || !agreed.ufrag().equals(said.ufrag())) {
        engine.unregister(said.ufrag());
      }
      said = agreed;
      return null;
    });
  }

  @Override
  public Future<Void> setRemoteDescription(SessionDescription description) {
    return ask(() -> {
      SdpLines.check(description.sdp());
      signaling = signaling.afterRemote(description.type());
      candidate &= remote != null && SdpLines.ufrag(remote).equals(SdpLines.ufrag(description.sdp()));
      candidate |= description.sdp().contains("\na=candidate:");
      remote = description.sdp();
      maxMessageSize = SdpLines.maxMessageSize(remote);
      agreeIfStable();
      return null;
    });
  }

  @Override
  public Future<Void> addIceCandidate(IceCandidate found) {
    return ask(() -> {
      SdpLines.checkCandidate(remote, found);
      candidate |= !found.isEnd();
      knockIfReady();
      return null;
    });
  }

  @Override
  public Future<DataChannel> createDataChannel(String label, DataChannelOptions options,
                                               DataChannelListener channelListener) {
    return ask(() -> streams.make(label, options, channelListener));
  }

  @Override
  public void restartIce() {
    restart = true;
  }

  @Override
  public void setIceServers(List<IceServer> servers) {
    // Nothing is gathered from servers here.
  }

  @Override
  public int maxMessageSize() {
    return maxMessageSize;
  }

  @Override
  public Future<ConnectionStats> stats() {
    return ask(() -> peer == null ? LoopbackStats.alone(error) : LoopbackStats.paired(streams));
  }

  @Override
  public Future<Void> close() {
    if (!closed) {
      closed = true;
      engine.gone(this, said, agreed);
      streams.abandon();
      if (peer != null) {
        peer.hop(peer::onPeerGone);
        peer = null;
      }
    }
    Promise<Void> done = Promise.promise();
    context.runOnContext(now -> done.complete());
    return done.future();
  }

  Context context() {
    return context;
  }

  /** Runs a task on this end's context unless it is closed by then; from any thread. */
  void hop(Runnable task) {
    context.runOnContext(now -> {
      if (!closed) {
        task.run();
      }
    });
  }

  PeerConnectionListener listener() {
    return listener;
  }

  /** Streams of the pair's other end; only while paired. */
  void toPeer(Consumer<LoopbackStreams> message) {
    LoopbackConnection to = peer;
    if (to != null) {
      to.hop(() -> message.accept(to.streams));
    }
  }

  boolean isPaired() {
    return peer != null;
  }

  /** Who answered is the DTLS client and has the even streams (RFC 8832, section 6). */
  boolean isClient() {
    return !offerer;
  }

  private SessionDescription describe() {
    if (remote == null && streams.isEmpty()) {
      throw Failure.BAD_REQUEST.because("make a data channel before the first offer");
    }
    Type type = signaling.nextLocal();
    boolean renewed = said == null || type == Type.OFFER && restart && said == agreed
      || type == Type.ANSWER && agreedRemote != null && !SdpLines.ufrag(agreedRemote).equals(SdpLines.ufrag(remote));
    if (renewed) {
      said = said == null ? LoopbackSdp.make() : said.renewed();
      engine.register(said.ufrag(), this);
    }
    signaling = signaling.afterLocal(type);
    offerer = agreed == null ? type == Type.OFFER : offerer;
    String setup = type == Type.OFFER ? "actpass" : isClient() ? "active" : "passive";
    SessionDescription description = new SessionDescription(type, said.text(version++, setup));
    if (renewed) {
      hop(() -> gather(said));
    }
    agreeIfStable();
    return description;
  }

  private void gather(LoopbackSdp generation) {
    if (!mute) {
      hop(() -> listener.onIceCandidate(generation.candidate()));
    }
    hop(() -> listener.onIceCandidate(generation.end()));
  }

  private void agreeIfStable() {
    if (signaling != SignalingState.STABLE) {
      return;
    }
    if (agreed != null && agreed != said) {
      engine.unregister(agreed.ufrag());
      restart = false;
    }
    agreed = said;
    agreedRemote = remote;
    knockIfReady();
    answerKnock();
  }

  private boolean isReady() {
    return signaling == SignalingState.STABLE && agreed != null && agreedRemote != null && !mute;
  }

  private void knockIfReady() {
    if (!isReady() || !candidate || peer != null) {
      return;
    }
    become(IceConnectionState.CHECKING, ConnectionState.CONNECTING);
    String ufrag = SdpLines.ufrag(agreedRemote);
    LoopbackConnection other = engine.find(ufrag);
    if (other == null) {
      fail(null);
    } else {
      LoopbackKnock mine = new LoopbackKnock(this, agreed.ufrag(), ufrag, agreed.fingerprint());
      other.hop(() -> {
        other.knock = mine;
        other.answerKnock();
      });
    }
  }

  private void answerKnock() {
    if (knock == null || !isReady() || peer != null || !knock.toUfrag().equals(agreed.ufrag())
        || !knock.fromUfrag().equals(SdpLines.ufrag(agreedRemote))) {
      return;
    }
    LoopbackConnection from = knock.from();
    boolean genuine = agreedRemote.contains("sha-256 " + knock.fingerprint());
    knock = null;
    become(IceConnectionState.CHECKING, ConnectionState.CONNECTING);
    if (genuine) {
      from.hop(() -> from.pair(this));
      pair(from);
    } else {
      from.hop(() -> from.fail(ErrorDetail.DTLS_FAILURE));
      fail(ErrorDetail.FINGERPRINT_FAILURE);
    }
  }

  private void pair(LoopbackConnection other) {
    if (peer == null) {
      peer = other;
      become(IceConnectionState.CONNECTED, ConnectionState.CONNECTED);
      if (offerer) {
        become(IceConnectionState.COMPLETED, ConnectionState.CONNECTED);
      }
      streams.open();
    }
  }

  private void onPeerGone() {
    peer = null;
    streams.end();
    become(IceConnectionState.DISCONNECTED, ConnectionState.DISCONNECTED);
  }

  /** Fails for want of a path when {@code why} is null. */
  private void fail(ErrorDetail why) {
    error = why;
    become(why == null ? IceConnectionState.FAILED : IceConnectionState.CONNECTED, ConnectionState.FAILED);
  }

  private void become(IceConnectionState ice, ConnectionState whole) {
    if (iceState != ice) {
      iceState = ice;
      hop(() -> listener.onIceConnectionState(ice));
    }
    if (state != whole) {
      state = whole;
      hop(() -> listener.onConnectionState(whole));
    }
  }

  /** Carries an operation out in a task of its own: after those asked for before, and never within the call. */
  private <T> Future<T> ask(Supplier<T> operation) {
    Promise<T> outcome = Promise.promise();
    context.runOnContext(now -> Future.succeededFuture()
      .map(start -> {
        if (closed) {
          throw Failure.CANCELLED.because("the connection is closed");
        }
        return operation.get();
      })
      .onComplete(outcome));
    return outcome.future();
  }
}
