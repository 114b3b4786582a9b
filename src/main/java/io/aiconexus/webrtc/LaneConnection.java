package io.aiconexus.webrtc;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import io.aiconexus.bus.Failure;
import io.aiconexus.protocol.IceServer;
import io.aiconexus.webrtc.SessionDescription.Type;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lane's half of a connection: everything that touches the native object, on the lane's thread and nowhere else.
 * <p>
 * Descriptions and candidates go through one chain, each step after the one before it; what a callback brings re-enters
 * the lane, so that the steps of one operation need no other thread.
 */
final class LaneConnection {

  private static final Logger log = LoggerFactory.getLogger(LaneConnection.class);

  /** libwebrtc's own bounds are 1,024 streams, half of them for channels made at this end. */
  private static final int MAX_STREAM = 1_023;
  private static final int MAX_CHANNELS = 256;

  private final NativeLane lane;
  private final NativeRelease release;
  private final NativeConfiguration configuration;
  private final Set<LaneChannel> channels = new HashSet<>();
  private Future<?> last = Future.succeededFuture();
  private SignalingState signaling = SignalingState.STABLE;
  private RTCPeerConnection connection;
  private NativeEvents events;
  private String remoteSdp;
  private boolean negotiable;

  LaneConnection(NativeLane lane, NativeRelease release, NativeConfiguration configuration) {
    this.lane = lane;
    this.release = release;
    this.configuration = configuration;
  }

  /**
   * Makes the native object. Servers are set afterwards: a URL that libwebrtc refuses comes back as an exception from
   * there, whereas webrtc-java 0.14.0 crashes the JVM when it words that refusal at the making.
   */
  void open(NativeConnection owner, List<IceServer> servers) {
    if (lane.factory() == null) {
      throw Failure.ENGINE_UNAVAILABLE.because("libwebrtc did not start; the log says why");
    }
    events = new NativeEvents(lane, owner);
    connection = lane.factory().createPeerConnection(configuration.with(List.of()), events);
    if (!servers.isEmpty() && !iceServers(servers)) {
      close();
      throw Failure.BAD_REQUEST.because("the ICE servers cannot be used: " + servers);
    }
  }

  /** Runs one operation after all that were asked for before it; from any thread. */
  <T> void enqueue(Supplier<Future<T>> operation, Handler<AsyncResult<T>> outcome) {
    lane.execute(() -> {
      Future<T> next = last.transform(before -> {
        alive();
        return operation.get();
      });
      last = next;
      next.onComplete(outcome::handle);
    });
  }

  /** Runs something on the lane while the native object is there; from any thread. */
  void whileOpen(Runnable call) {
    lane.execute(() -> {
      if (connection != null) {
        call.run();
      }
    });
  }

  Future<SessionDescription> describe() {
    if (!negotiable) {
      return Future.failedFuture(Failure.BAD_REQUEST.because("make a data channel before the first offer"));
    }
    Type type = signaling.nextLocal();
    return create(type).compose(made -> set(true, made).map(done -> {
      signaling = signaling.afterLocal(type);
      return new SessionDescription(type, made.sdp);
    }));
  }

  Future<Void> rollback() {
    SignalingState next = signaling.afterRollback();
    return set(true, new RTCSessionDescription(RTCSdpType.ROLLBACK, "")).onSuccess(done -> signaling = next);
  }

  Future<Void> applyRemote(SessionDescription description) {
    SignalingState next = signaling.afterRemote(description.type());
    RTCSdpType type = description.type() == Type.OFFER ? RTCSdpType.OFFER : RTCSdpType.ANSWER;
    return set(false, new RTCSessionDescription(type, description.sdp()))
      .recover(e -> Future.failedFuture(Failure.BAD_REQUEST.because("the description was refused: " + e.getMessage())))
      .onSuccess(done -> {
        signaling = next;
        remoteSdp = description.sdp();
        negotiable = true;
      });
  }

  Future<Void> addCandidate(IceCandidate candidate) {
    SdpLines.checkCandidate(remoteSdp, candidate);
    if (!candidate.isEnd()) {
      int index = candidate.sdpMLineIndex() == null ? 0 : candidate.sdpMLineIndex();
      String mid = candidate.sdpMid() == null ? "" : candidate.sdpMid();
      try {
        connection.addIceCandidate(new RTCIceCandidate(mid, index, candidate.candidate()));
      } catch (Error e) {
        return Future.failedFuture(Failure.BAD_REQUEST.because("the candidate was refused: " + e.getMessage()));
      }
    }
    return Future.succeededFuture();
  }

  void createChannel(NativeChannel channel, Handler<AsyncResult<Void>> created) {
    RTCDataChannel made;
    try {
      DataChannelOptions.checkLabel(channel.label());
      checkStream(channel.options());
      made = connection.createDataChannel(channel.label(), NativeConfiguration.of(channel.options()));
    } catch (RuntimeException e) {
      created.handle(Future.failedFuture(e));
      return;
    }
    negotiable = true;
    LaneChannel half = channel.half();
    channels.add(half);
    created.handle(Future.succeededFuture());
    half.open(made, remoteSdp != null);
  }

  /** Takes a channel that the other end made; the owner hears of it before anything else happens to it. */
  void adopt(RTCDataChannel made, NativeConnection owner) {
    NativeChannel channel = owner.channel(made.getLabel(), NativeConfiguration.optionsOf(made), made.getId());
    LaneChannel half = channel.half();
    boolean room = channels.size() < MAX_CHANNELS;
    channels.add(half);
    events.adopted();
    if (room) {
      owner.announce(channel);
    }
    half.open(made, true);
    if (!room) {
      half.closeWhenDrained();
    }
  }

  void forget(LaneChannel channel) {
    channels.remove(channel);
  }

  void restartIce() {
    connection.restartIce();
  }

  /** Replaces the servers; false when libwebrtc refuses them, and those before stay. */
  boolean iceServers(List<IceServer> servers) {
    try {
      connection.setConfiguration(configuration.with(servers));
      return true;
    } catch (RuntimeException e) {
      log.warn("ICE servers {} cannot be used: {}", servers, e.getMessage());
      return false;
    }
  }

  Future<ConnectionStats> stats() {
    Promise<ConnectionStats> promise = Promise.promise();
    connection.getStats(report -> lane.callback(() -> {
      try {
        promise.complete(NativeStats.of(report));
      } catch (RuntimeException e) {
        promise.fail(e);
      }
    }));
    return promise.future();
  }

  /** Closes and releases everything; the second call does nothing. */
  void close() {
    if (connection == null) {
      return;
    }
    events.silence();
    channels.forEach(LaneChannel::silence);
    long handle = release.handleOf(connection);
    connection.close();
    connection = null;
    channels.forEach(LaneChannel::dispose);
    channels.clear();
    if (release.release(handle)) {
      lane.countReleased();
    }
  }

  /**
   * Throws when libwebrtc would refuse the channel: webrtc-java 0.14.0 crashes the JVM while it words that refusal, so
   * it must never come to it. Streams can also be taken by the other end, hence the room that is left.
   */
  private void checkStream(DataChannelOptions options) {
    Integer id = options.id();
    if (channels.size() + events.arriving() >= MAX_CHANNELS) {
      throw Failure.OVERLOADED.because("a connection holds at most " + MAX_CHANNELS + " channels");
    }
    if (id != null && id > MAX_STREAM) {
      throw Failure.BAD_REQUEST.because("id must be 0 to " + MAX_STREAM + " with the native engine, was " + id);
    }
    if (id != null && channels.stream().anyMatch(channel -> channel.stream() == id)) {
      throw Failure.BAD_REQUEST.because("stream " + id + " is in use");
    }
  }

  private void alive() {
    if (connection == null) {
      throw Failure.CANCELLED.because("the connection is closed");
    }
  }

  private Future<RTCSessionDescription> create(Type type) {
    Promise<RTCSessionDescription> promise = Promise.promise();
    CreateSessionDescriptionObserver observer = new CreateSessionDescriptionObserver() {
      @Override
      public void onSuccess(RTCSessionDescription description) {
        lane.execute(() -> promise.complete(description));
      }

      @Override
      public void onFailure(String error) {
        lane.execute(() -> promise.fail(Failure.INTERNAL.because("libwebrtc made no description: " + error)));
      }
    };
    if (type == Type.OFFER) {
      connection.createOffer(new RTCOfferOptions(), observer);
    } else {
      connection.createAnswer(new RTCAnswerOptions(), observer);
    }
    return promise.future();
  }

  private Future<Void> set(boolean local, RTCSessionDescription description) {
    alive();
    Promise<Void> promise = Promise.promise();
    SetSessionDescriptionObserver observer = new SetSessionDescriptionObserver() {
      @Override
      public void onSuccess() {
        lane.execute(promise::complete);
      }

      @Override
      public void onFailure(String error) {
        lane.execute(() -> promise.fail(Failure.INTERNAL.because(error)));
      }
    };
    try {
      if (local) {
        connection.setLocalDescription(description, observer);
      } else {
        connection.setRemoteDescription(description, observer);
      }
    } catch (Error e) {
      // A text that libwebrtc cannot parse comes as a plain java.lang.Error.
      promise.fail(Failure.INTERNAL.because(e.getMessage()));
    }
    return promise.future();
  }
}
